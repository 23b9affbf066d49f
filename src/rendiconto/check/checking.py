"""All rules over an edition, as findings: worded, addressed, the likely culprit first, worst first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from rendiconto.catalogue.declarations import PERIOD, TERRITORY, Catalogue
from rendiconto.check.culprits import SLIPS, Mend, find_culprits
from rendiconto.check.evidence import Cell, Evidence, Violation, key_address, printed_decimals
from rendiconto.check.places import PrintedPlaces
from rendiconto.check.rules import RULES, DataRule
from rendiconto.document.values import Status
from rendiconto.errors import UnknownName, nearest_names
from rendiconto.findings import Finding, Severity
from rendiconto.italian.numbers import decimals_of, format_number
from rendiconto.observations.store import ObservationStore
from rendiconto.territory import Gazetteer, Territory

LISTED_TERMS = 12
"""Terms that a message spells out; the cells have them all."""


def check_data(
    catalogue: Catalogue,
    store: ObservationStore,
    *,
    focus: Sequence[Territory] | None = None,
    as_published: bool = False,
    rules: Iterable[str] | None = None,
) -> list[Finding]:
    """All findings, worst first, then by rule and cells.

    ``focus`` are the territories whose reports are to be printed (those of the level of provinces that have data, by default):
    they say what must be there and where figures stand. ``rules`` restricts to some rules by id.
    """
    evidence = Evidence(catalogue, store, territories_with_data(catalogue, store) if focus is None else focus, as_published)
    found: list[tuple[DataRule, Violation]] = []
    for name in RULES if rules is None else _known(rules):
        found.extend((RULES[name], violation) for violation in RULES[name].find(evidence))
    mends = find_culprits(evidence, [violation for _, violation in found])
    wording = _Wording(evidence)
    findings = [wording.finding(rule, violation, mends.get(at)) for at, (rule, violation) in enumerate(found)]
    return sorted(findings, key=lambda finding: (finding.severity.rank, finding.rule, finding.cells))


def _known(rules: Iterable[str]) -> list[str]:
    wanted = list(rules)
    for name in wanted:
        if name not in RULES:
            raise UnknownName("rule", name, nearest_names(name, RULES) or tuple(RULES))
    return wanted


def territories_with_data(catalogue: Catalogue, store: ObservationStore) -> tuple[Territory, ...]:
    """Provinces that stand in most cubes, by code (some cubes list a province's neighbours); else regions and Italy."""
    counts: Counter[str] = Counter()
    for observations in store.cubes.values():
        counts.update(set(observations.columns.labels[0]))
    most = {code for code, count in counts.items() if 2 * count > len(store.cubes)}
    found = [territory for territory in Gazetteer.load().all(catalogue.year) if territory.code in most]
    return tuple(territory for territory in found if territory.is_province) or tuple(found)


class _Wording:
    """Turns violations into findings."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.places = PrintedPlaces(evidence.catalogue, evidence.focus)

    def finding(self, rule: DataRule, violation: Violation, mend: Mend | None) -> Finding:
        keys = tuple(key_address(cell) for cell in violation.cells)
        shared = self._words(violation)
        finding = rule.finding(
            keys,
            {**shared, **violation.words},
            severity=violation.severity,
            values=self._values(violation),
            expected=violation.expected,
            observed=violation.observed,
            tolerance=violation.tolerance,
        )
        italian = rule.template_it.format_map({**shared, **violation.words, **violation.words_it})
        finding = replace(finding, message_it=italian, office=self._office(violation.cells[0]))
        cells = dict(zip(keys, violation.cells, strict=True))
        if mend is not None:
            hint, hint_it = self._hint(mend)
            finding = replace(
                finding.led_by(key_address(mend.cell)), hint=hint, hint_it=hint_it, office=self._office(mend.cell)
            )
        table = violation.because if rule.id == "twice" else None
        refs = tuple(self.places.address(cells[key], table=self._printed_in(table)) for key in finding.keys)
        return replace(finding, cells=refs)

    def _values(self, violation: Violation) -> tuple[str, ...]:
        if violation.absent:
            return (Status.MISSING.symbol,) * len(violation.cells)
        return tuple(self.evidence.shown(cell) for cell in violation.cells)

    @staticmethod
    def _printed_in(because: str | None) -> str | None:
        return None if because is None else because.removeprefix("T")

    def _words(self, violation: Violation) -> dict[str, str]:
        decimals = violation.decimals

        def shown(value: Decimal | None) -> str:
            return Status.NIL.symbol if value is None else format_number(value, max(decimals, decimals_of(value)))

        first = violation.cells[0]
        return {
            "total": describe(self.evidence.catalogue, first),
            "place": _territory_name(first[1][0]),
            "observed": shown(violation.observed),
            "expected": shown(violation.expected),
            "because": violation.because,
            "arithmetic": self._arithmetic(violation),
        }

    def _arithmetic(self, violation: Violation) -> str:
        """``310 ≠ 100 + 200``; bounds have no signs and are set side by side."""
        values = [self.evidence.shown(cell) for cell in violation.cells]
        if not violation.signs:
            return " | ".join(values[:LISTED_TERMS])
        text = ""
        for sign, value in zip(violation.signs[1 : LISTED_TERMS + 1], values[1:], strict=False):
            operator = " − " if sign > 0 else " + "
            text += operator + value if text else ("−" if sign > 0 else "") + value
        more = len(values) - 1 - LISTED_TERMS
        return f"{values[0]} ≠ {text}" + (f" + … ({more})" if more > 0 else "")

    def _hint(self, mend: Mend) -> tuple[str, str]:
        cube = self.evidence.catalogue.cubes[mend.cell[0]]
        decimals = max(printed_decimals(cube, mend.cell[1]), decimals_of(mend.mended))
        value = format_number(mend.mended, decimals)
        slip, slip_it = SLIPS.get(mend.slip, (mend.slip, mend.slip))
        described = describe(self.evidence.catalogue, mend.cell)
        count = len(mend.explains)
        hint = f"with {value} in {described} " + ("this sum holds" if count == 1 else f"{count} sums hold")
        hint_it = f"con {value} in {described} " + ("la somma torna" if count == 1 else f"tornano {count} somme")
        return hint + (f" ({slip})" if slip else ""), hint_it + (f" ({slip_it})" if slip_it else "")

    def _office(self, cell: Cell) -> str:
        catalogue = self.evidence.catalogue
        offices = (catalogue.sources[name].office for name in catalogue.cubes[cell[0]].sources)
        return ", ".join(dict.fromkeys(offices))


def describe(catalogue: Catalogue, cell: Cell) -> str:
    """A figure in words: title, territory, period, and the codes that are not totals."""
    cube = catalogue.cubes[cell[0]]
    words = [cube.title]
    for dimension, code in zip(cube.dimensions, cell[1], strict=True):
        if dimension.name == TERRITORY:
            words.append(_territory_name(code))
        elif dimension.name == PERIOD:
            words.append(code)
        elif dimension.codelist is not None and code != dimension.codelist.total:
            words.append(dimension.codelist.codes[code].label)
    return ", ".join(words)


def _territory_name(code: str) -> str:
    return Gazetteer.load().by_code(code).name


def reaching(findings: Iterable[Finding], severity: Severity) -> list[Finding]:
    """The findings at or above a severity."""
    return [finding for finding in findings if finding.severity.reaches(severity)]
