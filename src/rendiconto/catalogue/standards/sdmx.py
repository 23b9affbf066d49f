"""The catalogue's structures as an SDMX-ML 3.0 structure message, for registries and whoever reuses the data."""

from datetime import UTC, datetime

from rendiconto.catalogue.declarations import Catalogue
from rendiconto.catalogue.standards.identifiers import AGENCY
from rendiconto.errors import RendicontoError


def export_structures(catalogue: Catalogue, prepared: datetime | None = None) -> bytes:
    """The structure message, as UTF-8 XML valid against the schema of SDMX-ML 3.0; names are in Italian.

    ``prepared`` is the time in the header (by default the first instant of the edition's year, so that the same catalogue gives
    the same bytes). Raises ``RendicontoError`` without the extra ``sdmx``, ``CatalogueError`` for a name that SDMX forbids.
    """
    try:
        from pysdmx.io.format import Format
        from pysdmx.io.writer import write_sdmx
        from pysdmx.model import Organisation
        from pysdmx.model.message import Header

        from rendiconto.catalogue.standards.artefacts import Artefacts
    except ImportError as missing:
        todo = 'Install it: pip install "rendiconto[sdmx]"'
        raise RendicontoError("writing SDMX needs the library pysdmx", todo=todo) from missing

    header = Header(
        id=f"RENDICONTO_{catalogue.year}",
        prepared=prepared or datetime(catalogue.year, 1, 1, tzinfo=UTC),
        sender=Organisation(id=AGENCY),
    )
    artefacts = list(Artefacts(catalogue).all())
    text = write_sdmx(artefacts, sdmx_format=Format.STRUCTURE_SDMX_ML_3_0, header=header, prettyprint=True)
    assert text is not None, "without a path, the message comes back as text"
    # pysdmx calls every text English; ours are Italian. A "<" within a text is escaped, so that only tags match.
    for tag in ("Name", "Description"):
        text = text.replace(f'<com:{tag} xml:lang="en">', f'<com:{tag} xml:lang="it">')
    return text.encode()
