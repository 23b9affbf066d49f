"""Profiles: how one office's file maps to a cube. Inferred once, shown, saved in the catalogue, used again the next year.

A profile says only what cannot be told from the file and the catalogue: which cube, what odd labels stand for, what marks mean,
in which unit the figures come. Rows and columns are found by their labels each time, so that a new year or a new row is no new
profile; where a file defeats that, header rows and columns can be said outright.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, ValidationError, field_validator

from rendiconto.catalogue.declarations import Catalogue
from rendiconto.catalogue.formulas import Strict
from rendiconto.catalogue.yamltext import read_yaml
from rendiconto.document.values import Status
from rendiconto.errors import CatalogueError, Place, RendicontoError, UnknownName, nearest_names
from rendiconto.italian.sorting import fold_words
from rendiconto.observations.intake.labels import YEAR
from rendiconto.wholefiles import write_whole

IGNORED = "ignore"
"""What a label or column is called that says nothing."""


class Profile(Strict):
    """``profiles/NAME.yaml``.

    ``header`` are the first and last header row, ``columns`` what a column (by letter) holds: a dimension, or ``ignore``;
    both from 1, as a spreadsheet counts, and only where they cannot be found. ``labels`` are texts by dimension with their
    codes. ``scale`` multiplies the figures (1000: thousands). ``signature`` is what the file's headers look like, years aside.
    """

    title: str = ""
    cube: str | None = None
    office: str | None = None
    sheet: str | None = None
    header: tuple[int, int] | None = None
    last_row: int | None = None
    columns: dict[str, str] = Field(default_factory=dict)
    fix: dict[str, str] = Field(default_factory=dict)
    labels: dict[str, dict[str, str]] = Field(default_factory=dict)
    marks: dict[str, Status] = Field(default_factory=dict)
    scale: Decimal = Decimal(1)
    notation: Literal["italian", "plain"] | None = None
    signature: str | None = None

    @field_validator("scale")
    @classmethod
    def _positive(cls, value: Decimal) -> Decimal:
        if not (value.is_finite() and value > 0):
            raise ValueError("a scale is a positive number such as 1000")
        return value


NO_PROFILE = Profile()


def read_profiles(folders: tuple[Path, ...]) -> dict[str, Profile]:
    """The profiles of some folders by name; a later folder's take the place of an earlier's."""
    found = {}
    for folder in folders:
        for file in sorted(folder.glob("*.yaml")):
            found[file.stem] = read_profile(file)
    return found


def read_profile(file: Path) -> Profile:
    """A profile; what it gets wrong is an error with file, line and key."""
    source = read_yaml(file)
    try:
        return Profile.model_validate(source.content or {})
    except ValidationError as error:
        first = error.errors()[0]
        path = tuple(step for step in first["loc"] if isinstance(step, str | int))
        if first["type"] == "extra_forbidden":
            word = str(path[-1])
            near = nearest_names(word, Profile.model_fields, limit=1)
            raise CatalogueError(
                f"unknown key {word!r}", source.place(*path), f"Did you mean {near[0]!r}?" if near else None
            ) from None
        raise CatalogueError(first["msg"].removeprefix("Value error, "), source.place(*path)) from None


def find_profile(profiles: Mapping[str, Profile], name: str) -> Profile:
    """The profile of that name; an unknown one suggests the near."""
    if name not in profiles:
        raise UnknownName("profile", name, nearest_names(name, profiles) or tuple(sorted(profiles))[:5])
    return profiles[name]


def check_profile(catalogue: Catalogue, profile: Profile, name: str) -> None:
    """Refuse a profile that names a cube, dimension or code which the catalogue has not."""
    if profile.cube is None:
        return
    cube = catalogue.cube(profile.cube, Place(f"profile {name}"))
    for dimension_name, code in [
        *profile.fix.items(),
        *((d, c) for d, texts in profile.labels.items() for c in texts.values()),
    ]:
        dimension = cube.dimension(dimension_name)
        if dimension is None:
            raise UnknownName(
                "dimension", dimension_name, nearest_names(dimension_name, cube.dimension_names), f"profile {name}"
            )
        if dimension.codelist is not None and code not in dimension.codelist and code != IGNORED:
            raise UnknownName("code", code, nearest_names(code, dimension.codelist.codes), f"profile {name}")


def profile_text(profile: Profile) -> str:
    """The YAML of a profile, without what it leaves at its default."""
    content = profile.model_dump(mode="json", exclude_defaults=True)
    header = "# How a delivery maps to a cube; written by `rendiconto ingest`, to be mended by hand where it errs.\n"
    return header + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120, default_flow_style=None)


def save_profile(profile: Profile, folder: Path, name: str) -> Path:
    """Write a profile under a name made of its words; the file is there whole or not at all."""
    target = folder / f"{profile_name(name)}.yaml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(target, profile_text(profile).encode())
    except OSError as error:
        raise RendicontoError(f"the profile was not saved: {error.strerror}", str(target)) from None
    return target


def profile_name(text: str) -> str:
    """A name for a profile: the words of a file's name, years and numbers left out."""
    words = re.sub(r"\d+", " ", fold_words(YEAR.sub(" ", text)))
    return "-".join(words.split()) or "profilo"
