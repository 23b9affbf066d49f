"""A workspace: the folder where an edition is made. Commands work in the one they stand in, or on the packaged data with none.

::

    rendiconto.toml   edition and territories
    catalogue/        what this edition says otherwise: files at the package's own relative paths, profiles of deliveries
    deliveries/       what offices sent, and every state of the data
    texts/            hand-written pieces
    waivers.yaml      findings that somebody has accepted
    out/              what was built
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from rendiconto.catalogue.formulas import Strict
from rendiconto.errors import Place, RendicontoError
from rendiconto.italian.sorting import fold_words
from rendiconto.territory import Gazetteer, Territory, area
from rendiconto.texts import EXAMPLE

SETTINGS = "rendiconto.toml"
ALL = "all"


class AreaSettings(Strict):
    """An ``[[areas]]`` of ``rendiconto.toml``: a report's territory that is no unit of Istat's.

    ``units`` are the provinces that it is made of; a part of a province has none, and says ``within`` which one it lies.
    ``title`` and ``of`` ("della Lunigiana") are made from the name where they are not given.
    """

    name: str
    units: tuple[str, ...] = ()
    within: str = ""
    title: str = ""
    of: str = ""


class Settings(Strict):
    """``rendiconto.toml``."""

    edition: int = 2024
    territories: tuple[str, ...] = Field(default=())
    base: Literal["packaged", "none"] = "packaged"
    areas: tuple[AreaSettings, ...] = ()


@dataclass(frozen=True)
class Workspace:
    """A folder with its settings."""

    root: Path
    settings: Settings

    @property
    def edition(self) -> int:
        """The year of the edition."""
        return self.settings.edition

    @property
    def catalogue(self) -> Path:
        """The folder that extends the packaged catalogue."""
        return self.root / "catalogue"

    @property
    def profiles(self) -> Path:
        """Where profiles of deliveries are saved."""
        return self.catalogue / "profiles"

    @property
    def deliveries(self) -> Path:
        """The folder of the ledger."""
        return self.root / "deliveries"

    @property
    def texts(self) -> Path:
        """The folder of texts written by hand."""
        return self.root / "texts"

    @property
    def waivers(self) -> Path:
        """The file of accepted findings."""
        return self.root / "waivers.yaml"

    @property
    def out(self) -> Path:
        """Where reports are built."""
        return self.root / "out"

    def territories(self) -> tuple[Territory, ...] | None:
        """The territories whose reports the workspace is for; None where the settings leave it to the data."""
        gazetteer = Gazetteer.load()
        if ALL in self.settings.territories:
            return gazetteer.all(self.edition)
        if not self.settings.territories:
            return None
        return tuple(gazetteer.find(name, self.edition) for name in self.settings.territories)


def find_workspace(start: Path | None = None) -> Workspace | None:
    """The workspace that a folder stands in, itself or the nearest above it."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / SETTINGS).is_file():
            return read_workspace(folder)
    return None


def read_workspace(root: Path) -> Workspace:
    """The workspace in a folder; settings that cannot be are an error that names the key."""
    file = root / SETTINGS
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        settings = Settings.model_validate(content)
    except OSError as error:
        raise RendicontoError(f"the settings cannot be read: {error.strerror}", str(file)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RendicontoError(f"the settings are not TOML: {error}", str(file)) from None
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(step) for step in first["loc"])
        known = ", ".join(Settings.model_fields)
        raise RendicontoError(first["msg"], Place(file, None, key), f"The settings are {known}.") from None
    workspace = Workspace(root, settings)
    Gazetteer.name_areas(())
    Gazetteer.name_areas([_area(each, settings.edition, file) for each in settings.areas])
    workspace.territories()
    return workspace


def _area(settings: AreaSettings, year: int, file: Path) -> Territory:
    """A named area as a territory; its region is that of its units, Italy where they are of several."""
    gazetteer = Gazetteer.load()
    slug = fold_words(settings.name).replace(" ", "-")
    place = Place(file, None, f"areas: {settings.name}")
    if not slug or gazetteer.named(settings.name, year) is not None:
        raise RendicontoError("an area needs a name of its own", place, "Name it as no province or region is named.")
    units = [gazetteer.find(name, year) for name in settings.units or (settings.within,) if name]
    if not units or any(not unit.is_province for unit in units):
        raise RendicontoError("an area is made of provinces", place, "Give units, or within for a part of one.")
    regions = {gazetteer.region_of(unit, year).code for unit in units}
    region = regions.pop() if len(regions) == 1 else gazetteer.country().code
    parts = tuple(unit.code for unit in units) if settings.units else ()
    return area(settings.name, slug, region, parts, settings.title, settings.of)


_SETTINGS_TEXT = """\
# A workspace of Rendiconto. Commands given in this folder, or below it, work on it.

# The year of the edition.
edition = {edition}

# Territories whose reports are made, by name, slug or Istat code; ["all"] for every one, [] for those that the data have.
territories = [{territories}]

# What deliveries lie over: "packaged" (the figures published with the edition) or "none".
base = "{base}"

# Territories that are no province: several of them, or a part of one (whose figures must be delivered). For example:
# [[areas]]
# name = "Ascoli Piceno e Fermo"
# units = ["ascoli-piceno", "fermo"]
"""

_WAIVERS_TEXT = """\
# Findings that somebody has looked at and accepted: `rendiconto check` passes over them until `expires`, or until one of the
# figures changes. `rendiconto waive ID --reason TEXT --author NAME` adds one.
[]
"""


def init_workspace(root: Path, *, edition: int, territories: tuple[str, ...], base: Literal["packaged", "none"]) -> Workspace:
    """Make a workspace in a folder that is empty or not there; nothing that is there is touched."""
    gazetteer = Gazetteer.load()
    slugs = [name if name == ALL else gazetteer.find(name, edition).slug for name in territories]
    if (root / SETTINGS).exists():
        raise RendicontoError("this is a workspace already", str(root / SETTINGS))
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise RendicontoError("the folder is not empty", str(root), "Name a new folder, or an empty one.")
    try:
        for name in ("catalogue/profiles", "deliveries", "texts", "out"):
            (root / name).mkdir(parents=True, exist_ok=True)
        (root / "waivers.yaml").write_text(_WAIVERS_TEXT, encoding="utf-8")
        (root / "texts" / "_esempio.md").write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
        quoted = ", ".join(f'"{slug}"' for slug in slugs)
        text = _SETTINGS_TEXT.format(edition=edition, territories=quoted, base=base)
        (root / SETTINGS).write_text(text, encoding="utf-8")
    except OSError as error:
        raise RendicontoError(f"the workspace was not made: {error.strerror}", str(root)) from None
    return read_workspace(root)
