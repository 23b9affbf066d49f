"""Perimeters mixed: a figure under another indicator's name, a series of two indicators, a total of what are not its parts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from rendiconto.audit.reconcile.choosing import Judged
from rendiconto.audit.reconcile.names import derive_names
from rendiconto.audit.reconcile.ours import TELLING, Ours, Verdict, digits_of
from rendiconto.audit.reconcile.rules import PERIMETER
from rendiconto.audit.reconcile.slips import Slips
from rendiconto.audit.reconcile.words import TOTAL_WORDS, words_of
from rendiconto.catalogue.declarations import Cube
from rendiconto.check.checking import describe
from rendiconto.check.evidence import Cell, key_address
from rendiconto.check.places import PrintedPlaces
from rendiconto.document.values import Status
from rendiconto.findings import Finding

_LISTED = 3


def find_misnamed(judged: Sequence[Judged], slips: Slips, places: PrintedPlaces) -> Iterator[Finding]:
    """Figures that are not the indicator's whose name they bear, and exactly another's: one finding for each such pair.

    A slip of the hand explains a figure better than the chance that another indicator has it too.
    """
    ours = slips.ours
    groups: dict[tuple[str, str, str], list[tuple[Judged, Cell]]] = {}
    for one in judged:
        named = one.candidate or next(iter(one.open), None)
        other = _bearer(one, named.cell, ours) if named is not None and _unexplained(one, slips) else None
        if named is not None and other is not None:
            name = next(iter(named.subject), "") or ours.cube(named.cell).title
            groups.setdefault((name, named.cell[0], other[0]), []).append((one, other))
    for (name, own, bearer), members in groups.items():
        if len(members) == 1 and digits_of(members[0][0].value or Decimal(0)) < TELLING:
            continue
        yield _misnamed(name, ours.catalogue.cubes[own], ours.catalogue.cubes[bearer], members, ours, places)


def _unexplained(one: Judged, slips: Slips) -> bool:
    if one.value is None:
        return False
    if one.open:
        return True
    if one.verdict is not Verdict.DIFFERS or slips.ours.figure(_cell(one)).status is Status.CONFIDENTIAL:
        return False
    return slips.likely(one.value, _cell(one)) is None


def _bearer(one: Judged, named: Cell, ours: Ours) -> Cell | None:
    """The cell of another cube, at the same territory, period and shared codes, that has the figure; the likest name first."""
    assert one.value is not None
    own = dict(zip(ours.cube(named).dimension_names, named[1], strict=True))
    likely = {candidate.cell[0] for candidate in one.open}
    words = frozenset(word for text in one.record.texts for word in words_of(text.text))
    names = derive_names(ours.catalogue)

    def rank(cell: Cell) -> tuple[int, int, float]:
        cube = ours.cube(cell)
        apart = sum(own.get(name, code) != code for name, code in zip(cube.dimension_names, cell[1], strict=True))
        beside = sum(
            code != dimension.codelist.total
            for dimension, code in zip(cube.dimensions, cell[1], strict=True)
            if dimension.codelist is not None and dimension.name not in own
        )
        return (apart + beside, cell[0] in likely, -names.likeness(cell[0], words))

    found = [cell for cell in ours.alike(one.value, named) if cell[0] not in likely]
    return min(found, key=rank, default=None)


def _misnamed(
    name: str, own: Cube, other: Cube, members: Sequence[tuple[Judged, Cell]], ours: Ours, places: PrintedPlaces
) -> Finding:
    shown = ", ".join(one.shown for one, _ in members[:_LISTED]) + (" …" if len(members) > _LISTED else "")
    first = describe(ours.catalogue, members[0][1])
    said = (
        f"under {name!r} ({own.title}) stands {shown}: {first}. {own.title}: {own.perimeter}. {other.title}: {other.perimeter}."
    )
    said_it = (
        f"sotto «{name}» ({own.title}) c'è {shown}: {first}. {own.title}: {own.perimeter}. {other.title}: {other.perimeter}."
    )
    cited = [(one.record.place, one.record.place, one.shown) for one, _ in members]
    cited += [(key_address(cell), places.address(cell), ours.shown(cell)) for _, cell in members]
    finding = PERIMETER.finding(
        tuple(key for key, _, _ in cited), {"said": said, "said_it": said_it}, values=tuple(value for _, _, value in cited)
    )
    return replace(finding, cells=tuple(cell for _, cell, _ in cited))


def find_mixed(judged: Sequence[Judged], ours: Ours) -> Iterator[Finding]:
    """Series of several indicators or divisions under one name, and totals of what are not their parts."""
    named: dict[tuple[str, ...], list[Judged]] = {}
    shown: dict[tuple[str, ...], list[Judged]] = {}
    for one in judged:
        if one.candidate is not None and one.number is not None:
            place = one.candidate.cell[1][:2]
            if one.candidate.subject:
                named.setdefault((one.record.series, *place, *one.candidate.subject), []).append(one)
            shown.setdefault((one.record.series, *place), []).append(one)
    for members in named.values():
        yield from _mixed_cubes(members, ours)
        yield from _mixed_divisions(members, ours)
    for members in shown.values():
        yield from _strange_total(members, ours)


def _cell(one: Judged) -> Cell:
    assert one.candidate is not None
    return one.candidate.cell


def _mixed_cubes(members: Sequence[Judged], ours: Ours) -> Iterator[Finding]:
    """One name over figures of cubes that count other things; a total computed from the others is theirs."""
    cubes = {_cell(one)[0]: ours.cube(_cell(one)) for one in members}
    for one in members:
        cube = ours.cube(_cell(one))
        if cube.formula is not None and {need.cube for need in cube.formula.inputs()} & set(cubes) and _whole(cube, _cell(one)):
            cubes.pop(cube.name, None)
    if len(cubes) < 2 or len({cube.unit for cube in cubes.values()}) > 1 or len({c.perimeter for c in cubes.values()}) < 2:
        return
    perimeters = " ".join(f"{cube.title}: {cube.perimeter}." for cube in cubes.values())
    name = " / ".join(_subject(members[0])) or members[0].record.series
    yield _about(
        members,
        f"under {name!r} stand figures of {len(cubes)} perimeters. {perimeters}",
        f"sotto «{name}» stanno cifre di {len(cubes)} perimetri. {perimeters}",
    )


def _whole(cube: Cube, cell: Cell) -> bool:
    """Whether a cell stands at the totals of all dimensions of its own."""
    return all(
        code == dimension.codelist.total
        for dimension, code in zip(cube.dimensions, cell[1], strict=True)
        if dimension.codelist is not None
    )


def _subject(one: Judged) -> tuple[str, ...]:
    return () if one.candidate is None else one.candidate.subject


def _mixed_divisions(members: Sequence[Judged], ours: Ours) -> Iterator[Finding]:
    """A plotted series that divides one whole in two ways, as if all were parts of it."""
    if not members[0].record.plotted or len({_cell(one)[0] for one in members}) != 1:
        return
    cube = ours.cube(_cell(members[0]))
    divided = []
    for one in members:
        apart = {
            dimension.title
            for dimension, code in zip(cube.dimensions, _cell(one)[1], strict=True)
            if dimension.codelist is not None and dimension.codelist.total not in (None, code)
        }
        divided.append(apart)
    ways = sorted(frozenset().union(*divided))
    if len(ways) < 2 or any(len(apart) > 1 for apart in divided):
        return
    yield _about(
        members,
        f"the series divides {cube.title} by {' and by '.join(ways)}: the same are counted twice",
        f"la serie divide {cube.title} per {' e per '.join(ways)}: gli stessi sono contati due volte",
    )


def _strange_total(members: Sequence[Judged], ours: Ours) -> Iterator[Finding]:
    """A total that is the sum of what stands with it, and not the figure that its name says."""
    totals = [one for one in members if _is_total(one)]
    if len(totals) != 1 or totals[0].verdict is not Verdict.DIFFERS:
        return
    parts = [one for one in members if one is not totals[0]]
    numbers = [one.number or Decimal(0) for one in parts]
    if len(parts) < 2 or sum(numbers, Decimal(0)) != totals[0].number or Decimal(0) in numbers:
        return
    what = "; ".join(describe(ours.catalogue, _cell(one)) for one in parts[:_LISTED]) + (" …" if len(parts) > _LISTED else "")
    yield _about(
        [totals[0], *parts],
        f"{totals[0].shown} adds up what are not parts of one total: {what}",
        f"{totals[0].shown} somma ciò che non è parte di un totale: {what}",
    )


def _is_total(one: Judged) -> bool:
    words = words_of(one.record.texts[-1].text) if one.record.texts else ()
    return bool(words) and set(words) <= TOTAL_WORDS


def _about(members: Sequence[Judged], said: str, said_it: str) -> Finding:
    return PERIMETER.finding(
        tuple(one.record.place for one in members),
        {"said": said, "said_it": said_it},
        values=tuple(one.shown for one in members),
    )
