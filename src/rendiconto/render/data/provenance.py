"""Whose figures these are and under which terms they may be used again, as far as publicly known.

Istat releases its content under Creative Commons Attribution (legal notice of istat.it). INPS releases the datasets of
its open data section under the Italian Open Data License 2.0, but states no licence for the Rendiconto Sociale; what an
administration publishes without a licence is open by law (art. 52 of the Codice dell'amministrazione digitale).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Descriptor = dict[str, object]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the rights on figures."""

    title: str
    path: str
    licence: tuple[tuple[str, str], ...]

    def as_licence(self) -> Descriptor:
        """An item of ``licenses``."""
        return dict(self.licence)

    def as_contributor(self) -> Descriptor:
        """An item of ``contributors``; roles are DataCite's."""
        return {"title": self.title, "path": self.path, "roles": ["dataCollector", "rightsHolder"]}


ISTAT = Holder(
    title="Istat – Istituto nazionale di statistica",
    path="https://www.istat.it/",
    licence=(
        ("name", "CC-BY-4.0"),
        ("path", "https://creativecommons.org/licenses/by/4.0/"),
        ("title", "Creative Commons Attribuzione 4.0 (dati Istat)"),
    ),
)
INPS = Holder(
    title="INPS – Istituto nazionale della previdenza sociale",
    path="https://www.inps.it/",
    licence=(
        (
            "path",
            "https://www.normattiva.it/uri-res/N2Ls?urn:nir:stato:decreto.legislativo:2005-03-07;82~art52",
        ),
        ("title", "Dati aperti per legge, articolo 52 del Codice dell'amministrazione digitale (dati INPS)"),
    ),
)
_ISTAT_LINE = "Istat"


def holders(lines: Iterable[str]) -> tuple[Holder, ...]:
    """Who holds the figures that these source lines name, Istat first. All other offices are INPS's."""
    names = {name.strip() for line in lines for name in line.split(";")}
    found = []
    if _ISTAT_LINE in names:
        found.append(ISTAT)
    if names - {_ISTAT_LINE}:
        found.append(INPS)
    return tuple(found)


def source_items(lines: Sequence[str]) -> list[Descriptor]:
    """Items of ``sources``: each source line, with its holder's address where there is only one."""
    items: list[Descriptor] = []
    for line in lines:
        item: Descriptor = {"title": line}
        known = holders([line])
        if len(known) == 1:
            item["path"] = known[0].path
        items.append(item)
    return items
