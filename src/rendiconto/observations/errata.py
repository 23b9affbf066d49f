"""Errata: figures that the published source errs on, with what they should be and whether the data can decide it.

They lie over the observations, which stay as published. A decidable erratum changes the figure that is printed; one that
only the source can decide prints what was published, with a note. An erratum with ``table`` and ``part`` concerns one place
where the figure stands: the same figure may have been printed right elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError

from rendiconto.catalogue.declarations import Catalogue
from rendiconto.catalogue.gridplan import Codes
from rendiconto.catalogue.models import ErratumModel
from rendiconto.catalogue.yamltext import YamlFile, read_yaml
from rendiconto.document.values import Status
from rendiconto.errors import DataError, Place, UnknownName, nearest_names


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, or the status that says why there is none."""

    value: Decimal | None
    status: Status


@dataclass(frozen=True, slots=True)
class Erratum:
    """One entry, with its cell's cube and full key."""

    id: str
    cube: str
    codes: Codes
    published: Figure
    proposed: Figure
    reason: str
    reason_en: str
    decidable: bool
    table: str | None
    part: int | None
    place: Place

    def corrects(self, value: Decimal | None, status: Status) -> bool:
        """Whether the erratum changes this figure: the data decide it, and it is still the one that was published."""
        return self.decidable and self.part is None and (value, status) == (self.published.value, self.published.status)

    def concerns(self, table: str, part: int) -> bool:
        """Whether the erratum is about the figure as printed in this part."""
        return self.part is None or (self.table == table and self.part == part)


def read_errata(file: Path, catalogue: Catalogue) -> tuple[Erratum, ...]:
    """The errata of a data folder; none when the file is not there."""
    if not file.exists():
        return ()
    source = read_yaml(file)
    seen: dict[str, int] = {}
    errata = []
    for index, content in enumerate(source.content or []):
        erratum = _erratum(source, index, content, catalogue)
        if erratum.id in seen:
            raise DataError(f"the id {erratum.id!r} is given twice", erratum.place)
        seen[erratum.id] = index
        errata.append(erratum)
    return tuple(errata)


def _erratum(source: YamlFile, index: int, content: object, catalogue: Catalogue) -> Erratum:
    try:
        model = ErratumModel.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(f"{first['msg']}", source.place(index, *first["loc"])) from None
    place = source.place(index)
    cube = catalogue.cube(model.cube, place)
    if model.table is not None and model.table not in catalogue.tables:
        raise UnknownName("table", model.table, nearest_names(model.table, catalogue.tables), place)
    return Erratum(
        id=model.id,
        cube=cube.name,
        codes=_codes(cube.name, model.key, catalogue, place),
        published=_figure(model.published, source.place(index, "published")),
        proposed=_figure(model.proposed, source.place(index, "proposed")),
        reason=model.reason,
        reason_en=model.reason_en,
        decidable=model.decidable,
        table=model.table,
        part=model.part,
        place=place,
    )


def _codes(name: str, key: Mapping[str, str], catalogue: Catalogue, place: Place) -> Codes:
    cube = catalogue.cubes[name]
    for given in key:
        if cube.dimension(given) is None:
            raise UnknownName("dimension", given, nearest_names(given, cube.dimension_names), place)
    codes = []
    for dimension in cube.dimensions:
        total = dimension.codelist.total if dimension.codelist else None
        code = key.get(dimension.name, total)
        if code is None:
            raise DataError(f"the key lacks {dimension.name}", place)
        if dimension.codelist and code not in dimension.codelist:
            raise UnknownName("code", code, nearest_names(code, dimension.codelist.codes), place)
        codes.append(code)
    return tuple(codes)


def _figure(text: str, place: Place) -> Figure:
    if text in set(Status):
        return Figure(None, Status(text))
    try:
        return Figure(Decimal(text), Status.NORMAL)
    except ArithmeticError:
        raise DataError(f"{text!r} is neither a number nor a status", place) from None
