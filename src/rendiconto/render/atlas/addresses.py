"""Where every page of the site of all territories stands. Links are relative, as in the site of a report."""

from rendiconto.document.atlas import AtlasPlace, Indicator
from rendiconto.render.site.addresses import link

__all__ = [
    "COMPARISON",
    "DOWNLOADS",
    "HOME",
    "INDICATORS",
    "METHOD",
    "SEARCH",
    "SECTIONS",
    "TERRITORIES",
    "data_file",
    "indicator_page",
    "link",
    "map_data",
    "place_data",
    "place_file",
    "place_folder",
    "place_page",
    "report_page",
]

HOME = "index.html"
TERRITORIES = "territori/index.html"
INDICATORS = "indicatori/index.html"
COMPARISON = "confronto/index.html"
METHOD = "metodo/index.html"
SEARCH = "cerca/index.html"
DOWNLOADS = "scarica/index.html"

SECTIONS = (
    (HOME, "Inizio"),
    (TERRITORIES, "Territori"),
    (INDICATORS, "Indicatori"),
    (COMPARISON, "Confronto"),
    (METHOD, "Metodo e fonti"),
    (DOWNLOADS, "Scarica"),
)
"""The main navigation."""


def place_folder(place: AtlasPlace) -> str:
    """``territori/massa-carrara``."""
    return f"territori/{place.slug}"


def place_page(place: AtlasPlace) -> str:
    """``territori/massa-carrara/index.html``: its profile."""
    return f"{place_folder(place)}/index.html"


def place_file(place: AtlasPlace, path: str) -> str:
    """``territori/massa-carrara/rendiconto/…``: a file of its report."""
    return f"{place_folder(place)}/rendiconto/{path}"


def report_page(place: AtlasPlace, page: str = "index.html") -> str:
    """``territori/massa-carrara/rendiconto/site/index.html``: a page of its report's own site."""
    return place_file(place, f"site/{page}")


def indicator_page(indicator: Indicator) -> str:
    """``indicatori/tasso-occupazione/index.html``."""
    return f"indicatori/{indicator.id}/index.html"


def map_data(indicator: Indicator) -> str:
    """``risorse/mappe/tasso-occupazione.js``: what the map of the home page shows of an indicator."""
    return f"risorse/mappe/{indicator.id}.js"


def place_data(place: AtlasPlace) -> str:
    """``risorse/confronto/massa-carrara.js``: what the comparison shows of a territory."""
    return f"risorse/confronto/{place.slug}.js"


def data_file(path: str) -> str:
    """``dati/cubes/popolazione.csv``."""
    return f"dati/{path}"
