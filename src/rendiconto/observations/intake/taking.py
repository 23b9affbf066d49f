"""Taking a file in: read it, find out what it is of, turn it into observations, say all that is wrong together.

Nothing is stored here. A file is tidy records, a workbook of ours (a request filled in, or a report's tables), or an office's
own layout, found with the catalogue's labels.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rendiconto.catalogue.declarations import Catalogue, Cube
from rendiconto.errors import Place
from rendiconto.findings import Finding, Severity
from rendiconto.observations.columns import merge_columns
from rendiconto.observations.deliveries.ledger import Delivered, Refusal
from rendiconto.observations.intake import read_file
from rendiconto.observations.intake.assembly import Taken
from rendiconto.observations.intake.choosing import choose_cube, cube_of_columns
from rendiconto.observations.intake.content import Content, Records, Sheet
from rendiconto.observations.intake.delimited import VALUE_NAMES
from rendiconto.observations.intake.layout import Grid, grid_of
from rendiconto.observations.intake.profiles import NO_PROFILE, Profile, check_profile, find_profile, profile_name
from rendiconto.observations.intake.reporttables import own_table, take_own_table
from rendiconto.observations.intake.rules import intake_finding
from rendiconto.observations.intake.sheets import signature_of, take_sheet
from rendiconto.observations.intake.tidy import row_numbers, take_records
from rendiconto.observations.intake.tidysheets import CUBE_COLUMN, tidy_records

_FLOW = re.compile(r"\bD(?:F|SD)_([A-Z0-9_]+)")


@dataclass(frozen=True)
class Intake:
    """A file as it would be stored.

    ``profile`` is how it was mapped, ``profile_name`` its name where it has one, ``inferred`` that nobody had said so before.
    ``notes`` say in words what was understood.
    """

    path: Path
    format: str
    office: str | None
    taken: tuple[Taken, ...]
    findings: tuple[Finding, ...]
    profile: Profile
    profile_name: str | None
    inferred: bool
    notes: tuple[str, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What keeps the file from being stored whole."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    @property
    def rows(self) -> int:
        """How many observations hold."""
        return sum(len(taken.columns) for taken in self.taken)

    def delivered(self) -> Delivered:
        """What is to be stored."""
        cubes = {taken.cube.name: (taken.cube, taken.columns) for taken in self.taken if len(taken.columns)}
        refused = tuple(Refusal(cell=finding.keys[0], reason=finding.message_it) for finding in self.errors)
        return Delivered(self.path, self.format, self.office, self.profile_name, cubes, refused)


def take_file(
    catalogue: Catalogue,
    path: Path,
    *,
    cube: str | None = None,
    profile: str | None = None,
    profiles: Mapping[str, Profile] | None = None,
    office: str | None = None,
) -> Intake:
    """What a file holds. ``cube`` and ``profile`` say what it is; else it is found out, with the profiles there are."""
    profiles = profiles or {}
    wanted = find_profile(profiles, profile) if profile else None
    if wanted is not None:
        check_profile(catalogue, wanted, profile or "")
    name, contents = read_file(path)
    taker = _Taker(catalogue, path, contents, catalogue.cube(cube) if cube else None, wanted, profiles)
    taken = tuple(_merged(taker.all()))
    findings = tuple(finding for each in taken for finding in each.findings) + tuple(taker.findings)
    if not taken and not findings and not taker.notes:
        findings = (intake_finding("layout", path.name, **_nothing_found()),)
    used = taker.used or NO_PROFILE
    sources = [catalogue.sources[source].office for each in taken for source in each.cube.sources]
    office = office or used.office or (sources[0] if len(set(sources)) == 1 else None)
    known = profile or taker.profile_name
    return Intake(path, name, office, taken, findings, used, known, taker.inferred, tuple(taker.notes))


def _nothing_found() -> dict[str, str]:
    return {
        "expected": "no table was found; say which cube it is with --cube, or write a profile",
        "expected_it": "nessuna tabella trovata: indicare l'insieme con --cube, o scrivere un profilo",
    }


def _merged(parts: Iterator[Taken]) -> Iterator[Taken]:
    """One ``Taken`` for each cube: several sheets or parts may hold the same one."""
    found: dict[str, Taken] = {}
    for part in parts:
        before = found.get(part.cube.name)
        if before is None:
            found[part.cube.name] = part
            continue
        filled = [each.columns for each in (before, part) if len(each.columns)]
        columns = merge_columns(part.cube, filled) if filled else before.columns
        findings = (*before.findings, *part.findings)
        found[part.cube.name] = replace(before, columns=columns, findings=findings, refused=(*before.refused, *part.refused))
    yield from found.values()


class _Taker:
    """Goes through the contents of one file."""

    def __init__(
        self,
        catalogue: Catalogue,
        path: Path,
        contents: Sequence[Content],
        cube: Cube | None,
        profile: Profile | None,
        profiles: Mapping[str, Profile],
    ) -> None:
        self.catalogue = catalogue
        self.path = path
        self.contents = contents
        self.cube = cube or (catalogue.cubes[profile.cube] if profile and profile.cube else None)
        self.given = profile
        self.profiles = profiles
        self.used: Profile | None = profile
        self.profile_name: str | None = None
        self.inferred = False
        self.findings: list[Finding] = []
        self.notes: list[str] = []

    def all(self) -> Iterator[Taken]:
        """Everything in the file that is figures. Where some sheets say what they are, the others are covers and codes."""
        wanted = [c for c in self.contents if not (self.given and self.given.sheet) or c.name == self.given.sheet]
        grids = {c.name: grid_of(c) for c in wanted if isinstance(c, Sheet) and c.rows}
        tidy = {c.name: tidy_records(c, self.path.name, self.findings) for c in wanted if isinstance(c, Sheet) and c.rows}
        own = {name: own_table(self.catalogue, grid) for name, grid in grids.items()} if self._says_nothing else {}
        plain = not any(tidy.values()) and not any(own.values())
        for content in wanted:
            name = content.name
            if isinstance(content, Records):
                yield from self._records(content)
            elif (records := tidy.get(name)) is not None:
                yield from self._records(records)
            elif (table := own.get(name)) is not None:
                self.notes.append(f"{name}: table {table.table.number} of {table.territory.name}")
                yield from take_own_table(self.catalogue, table, grids[name], content, self.path.name)
            elif plain and name in grids:
                yield from self._laid_out(content, grids[name])

    @property
    def _says_nothing(self) -> bool:
        """Whether nobody said what the file is."""
        return self.cube is None and self.given is None

    def _records(self, records: Records) -> Iterator[Taken]:
        names = list(records.table.column_names)
        if not {name.casefold() for name in names} & VALUE_NAMES and len(self.contents) > 1:
            return
        if CUBE_COLUMN in names:
            yield from self._by_cube(records)
            return
        cube = self.cube or self._named(records.name) or self._named(self.path.stem)
        if cube is None:
            fitting = cube_of_columns(self.catalogue, names)
            cube = fitting[0] if len(fitting) == 1 else None
            if cube is None:
                if len(self.contents) == 1:
                    self._unknown(records.name, [each.name for each in fitting])
                return
        self.notes.append(f"{records.name or self.path.name}: tidy records of {cube.name}")
        yield take_records(self.catalogue, cube, records, self.path.name, self.used or NO_PROFILE)

    def _named(self, name: str) -> Cube | None:
        """The cube of that name, or of that dataflow (``DF_DURC``, with agency and version around it)."""
        flow = _FLOW.search(name)
        return self.catalogue.cubes.get(flow[1].casefold() if flow else name)

    def _by_cube(self, records: Records) -> Iterator[Taken]:
        import pyarrow.compute as pc

        column = records.table.column(CUBE_COLUMN)
        for name in sorted(text for text in pc.unique(column).to_pylist() if text):
            cube = self.catalogue.cube(name, Place(f"{self.path.name} {records.name}".strip()))
            rows = pc.indices_nonzero(pc.equal(column, name)).to_pylist()
            table = records.table.take(rows).drop_columns([CUBE_COLUMN])
            lines = tuple(row_numbers(records)[rows].tolist())
            part = Records(records.name, table, _Locate(records, tuple(rows)), lines, letter=records.letter)
            self.notes.append(f"{records.name or self.path.name}: tidy records of {name}")
            yield take_records(self.catalogue, cube, part, self.path.name, self.used or NO_PROFILE)

    def _laid_out(self, sheet: Sheet, grid: Grid) -> Iterator[Taken]:
        title = f"{sheet.name}\n{self.path.stem.replace('_', ' ')}"
        profile = self.given or self._known_profile(sheet, grid, title)
        cube = self.cube or (self.catalogue.cubes.get(profile.cube) if profile and profile.cube else None)
        if cube is None:
            cube, rivals = choose_cube(self.catalogue, grid, title)
            if cube is None:
                if len(self.contents) == 1 or rivals:
                    self._unknown(sheet.name, [each.name for each in rivals])
                return
        taken, layout_notes, signature = take_sheet(
            self.catalogue, cube, sheet, grid, self.path.name, profile or NO_PROFILE, title
        )
        self.notes.extend(layout_notes)
        if profile is None:
            self.inferred = True
            self.profile_name = profile_name(self.path.stem)
            self.used = Profile(title=self.path.stem, cube=cube.name, signature=signature)
        if taken is not None:
            yield taken

    def _known_profile(self, sheet: Sheet, grid: Grid, title: str) -> Profile | None:
        """A saved profile whose headers looked like these."""
        for name, profile in sorted(self.profiles.items()):
            cube = self.catalogue.cubes.get(profile.cube or "")
            fits = cube is not None and self.cube in (None, cube) and profile.sheet in (None, sheet.name)
            if cube is None or not fits or profile.signature is None:
                continue
            if signature_of(self.catalogue, cube, grid, profile, title) == profile.signature:
                self.profile_name, self.used = name, profile
                self.notes.append(f"{sheet.name or self.path.name}: headers known, profile {name}")
                return profile
        return None

    def _unknown(self, sheet: str, near: Sequence[str]) -> None:
        offered = f": it may be {' or '.join(near)}" if near else ""
        offered_it = f": forse {' o '.join(near)}" if near else ""
        self.findings.append(
            intake_finding(
                "layout",
                f"{self.path.name} {sheet}".strip(),
                expected=f"which cube this is cannot be told{offered}; say it with --cube",
                expected_it=f"non si capisce di quale insieme sia{offered_it}; indicarlo con --cube",
            )
        )


@dataclass(frozen=True)
class _Locate:
    """Where the records of a selection stood."""

    records: Records
    rows: tuple[int, ...]

    def __call__(self, record: int, column: str) -> str:
        return self.records.locate(self.rows[record], column)
