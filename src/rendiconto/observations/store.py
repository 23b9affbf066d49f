"""The observation store: every delivered value by cube and key, as it was published.

One CSV per cube: a column for each dimension in the cube's order, then ``value`` (a plain decimal) and ``status`` (empty for
normal). What a file gets wrong stops the load with its file and row: a code that no codelist has is never guessed at.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from rendiconto.catalogue.declarations import PERIOD, TERRITORY, Catalogue, Cube
from rendiconto.catalogue.gridplan import Codes
from rendiconto.catalogue.models import DataVersionModel
from rendiconto.catalogue.yamltext import read_yaml
from rendiconto.document.values import Status
from rendiconto.errors import DataError, Place, UnknownName, nearest_names
from rendiconto.observations.columns import CubeObservations, Observation
from rendiconto.observations.errata import Erratum, read_errata
from rendiconto.territory import Gazetteer

PACKAGED_DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True, slots=True)
class Revision:
    """A figure of an earlier year that a later delivery gave another value."""

    cube: str
    codes: Codes
    before: Observation
    now: Observation


@dataclass(frozen=True)
class ObservationStore:
    """All observations of an edition, the errata over them, and which state of the data this is.

    ``revised`` are the figures of earlier years that deliveries changed.
    """

    cubes: Mapping[str, CubeObservations]
    errata: tuple[Erratum, ...]
    version: str
    date: str
    sha256: str
    revised: tuple[Revision, ...] = ()

    def get(self, cube: str, codes: Codes) -> Observation | None:
        """The observation as published, if there is one."""
        found = self.cubes.get(cube)
        return None if found is None else found.rows.get(codes)


def load_observations(catalogue: Catalogue, folder: Path | None = None) -> ObservationStore:
    """Read a folder of observations (the packaged data of the edition by default)."""
    folder = folder or PACKAGED_DATA / str(catalogue.year)
    if not folder.is_dir():
        raise DataError("there is no data for this edition", Place(folder))
    cubes = {}
    digest = sha256()
    for file in sorted(folder.iterdir()):
        if file.suffix not in {".csv", ".yaml"}:
            continue
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
        if file.suffix == ".csv":
            if file.stem not in catalogue.cubes:
                raise UnknownName("cube", file.stem, nearest_names(file.stem, catalogue.cubes), Place(file))
            cube = catalogue.cubes[file.stem]
            cubes[file.stem] = CubeObservations(cube, rows=_read_cube(cube, file))
    version = DataVersionModel.model_validate(read_yaml(folder / "version.yaml").content)
    errata = read_errata(folder / "errata.yaml", catalogue)
    return ObservationStore(cubes, errata, version.version, version.date, digest.hexdigest())


def _read_cube(cube: Cube, file: Path) -> dict[Codes, Observation]:
    with file.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        expected = [*cube.dimension_names, "value", "status"]
        header = next(rows, [])
        if header != expected:
            raise DataError(f"the columns are {','.join(header)}", Place(file, 1), f"Expected {','.join(expected)}.")
        found: dict[Codes, Observation] = {}
        for codes, observation in _observations(cube, file, rows):
            if codes in found:
                first = found[codes].place.line
                raise DataError(f"the key {'/'.join(codes)} is given twice", observation.place, f"First in row {first}.")
            found[codes] = observation
    return found


def _observations(cube: Cube, file: Path, rows: Iterator[list[str]]) -> Iterator[tuple[Codes, Observation]]:
    checkers = [_CodeChecker(dimension.name, cube, file) for dimension in cube.dimensions]
    width = len(checkers)
    for line, row in enumerate(rows, start=2):
        if len(row) != width + 2:
            raise DataError(f"{len(row)} fields where {width + 2} were expected", Place(file, line))
        codes = tuple(checker.check(code, line) for checker, code in zip(checkers, row[:width], strict=True))
        yield codes, _observation(row[width], row[width + 1], Place(file, line))


def _observation(value: str, status: str, place: Place) -> Observation:
    if status:
        if status not in set(Status):
            raise UnknownName("status", status, nearest_names(status, Status), place)
        if value and status != Status.NORMAL:
            raise DataError(f"a value ({value}) with the status {status!r}", place, "Leave one of them out.")
    if status and status != Status.NORMAL:
        return Observation(None, Status(status), place)
    try:
        number = Decimal(value)
    except ArithmeticError:
        raise DataError(f"{value!r} is not a number", place, "Write a plain decimal such as 1347 or -0.9.") from None
    if not number.is_finite():
        raise DataError(f"{value!r} is not a number", place, "Use the status column for what has no number.")
    return Observation(number, Status.NORMAL, place)


class _CodeChecker:
    """Whether codes belong to a dimension; remembers the good ones, since they recur in every row.

    A territory known by several codes (Valle d'Aosta, metropolitan cities) is kept under its own.
    """

    def __init__(self, name: str, cube: Cube, file: Path) -> None:
        self.name = name
        self.file = file
        self.good: dict[str, str] = {}
        dimension = cube.dimension(name)
        codelist = dimension.codelist if dimension else None
        self.codes = set(codelist.codes) if codelist else None

    def check(self, code: str, line: int) -> str:
        """The code as the store keeps it."""
        if code not in self.good:
            self.good[code] = self._checked(code, Place(self.file, line, self.name))
        return self.good[code]

    def _checked(self, code: str, place: Place) -> str:
        if self.name == TERRITORY:
            return Gazetteer.load().by_code(code, place).code
        if self.name == PERIOD:
            if not (len(code) == 4 and code.isdecimal()):
                raise DataError(f"{code!r} is not a period", place, "Write a year such as 2024.")
        elif self.codes is not None and code not in self.codes:
            raise UnknownName("code", code, nearest_names(code, self.codes), place)
        return code
