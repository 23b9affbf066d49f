"""Which of the figures that a record may be it is: the texts decide; where they fit several alike, the numbers may.

A name that fits several cubes is that of the one in which most of the figures under it are found, each at its key. Whoever
decides by numbers says so.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rendiconto.audit.reconcile.binding import Bound, Candidate
from rendiconto.audit.reconcile.numbers import Reading
from rendiconto.audit.reconcile.ours import Ours, Verdict
from rendiconto.audit.reconcile.records import Record
from rendiconto.audit.reconcile.rules import SETTLED
from rendiconto.audit.reconcile.words import scale_of, words_of
from rendiconto.document.values import Status
from rendiconto.findings import Finding
from rendiconto.italian.numbers import decimals_of, format_number

_LISTED = 4


@dataclass(frozen=True)
class Judged:
    """A record with its figure of ours, how the two compare, and the value that was compared; or the reason why not.

    ``open`` are the cubes that its name fits alike, where nothing decided between them.
    """

    record: Record
    reading: Reading
    verdict: Verdict = Verdict.ABSENT
    candidate: Candidate | None = None
    value: Decimal | None = None
    scale: int = 1
    reason: str = ""
    reason_it: str = ""
    open: tuple[Candidate, ...] = ()

    @property
    def number(self) -> Decimal | None:
        """Their figure in our units, nil as zero; None where there is no number."""
        if self.reading.status is Status.NIL:
            return Decimal(0)
        if self.value is None:
            return None
        return self.value * self.scale if self.scaled else self.value

    @property
    def scaled(self) -> bool:
        """Whether the figure is in thousands or millions of our unit."""
        return self.scale > 1 and self.verdict is Verdict.ROUNDED

    @property
    def shown(self) -> str:
        """Their figure as the file has it."""
        return str(self.record.raw) if isinstance(self.record.raw, str) else f"{self.record.raw:f}"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A readable record and what it may be."""

    record: Record
    reading: Reading
    bound: Bound
    scale: int


def judge_records(
    records: Sequence[Record], readings: Sequence[Reading], bounds: Sequence[Bound], ours: Ours
) -> tuple[list[Judged], list[Finding]]:
    """Every readable record judged, in the file's order, and what the numbers settled."""
    entries = [
        _Entry(record, reading, bound, _scale(record))
        for record, reading, bound in zip(records, readings, bounds, strict=True)
        if reading.readable
    ]
    groups: dict[tuple[str, ...], list[_Entry]] = {}
    for entry in entries:
        if _contested(entry.bound):
            groups.setdefault(_group(entry), []).append(entry)
    chosen = {group: _elected(members, ours) for group, members in groups.items()}
    # A series that does not decide by itself follows the rest of the file, where that bears the same name.
    named: dict[tuple[str, ...], list[_Entry]] = {}
    for group, members in groups.items():
        named.setdefault(group[1:], []).extend(members)
    for name, members in named.items():
        whole = _elected(members, ours)
        chosen |= {group: whole for group in groups if group[1:] == name and not chosen[group]}
    settled: dict[tuple[str, ...], list[_Entry]] = {}
    for group, members in groups.items():
        if chosen[group]:
            settled.setdefault((chosen[group], *group[1:]), []).extend(members)
    findings = [_settled_name(group, members, ours) for group, members in settled.items()]
    judged = []
    for entry in entries:
        cube = chosen[_group(entry)] if _contested(entry.bound) else ""
        one = _judge(entry, cube, ours)
        judged.append(one)
    return judged, [*findings, *_settled_numbers(judged)]


def _scale(record: Record) -> int:
    return scale_of(frozenset(word for text in record.texts for word in words_of(text.text)))


def _contested(bound: Bound) -> bool:
    return len({candidate.cell[0] for candidate in bound.candidates}) > 1


def _group(entry: _Entry) -> tuple[str, ...]:
    """What is decided together: the figures of a series under names that fit the same cubes."""
    best = entry.bound.candidates[0]
    return (entry.record.series, " / ".join(best.subject), *sorted({candidate.cell[0] for candidate in entry.bound.candidates}))


def _elected(members: Sequence[_Entry], ours: Ours) -> str:
    """The cube in which most figures are found at their keys; empty where none has most of them, or two have as many."""
    hits: Counter[str] = Counter()
    for entry in members:
        found = {
            candidate.cell[0]
            for candidate in entry.bound.candidates
            if entry.reading.values and ours.compare(entry.reading, candidate.cell, entry.scale)[0] is Verdict.MATCHED
        }
        hits.update(found)
    ranked = hits.most_common(2)
    if not ranked or 2 * ranked[0][1] < len(members):
        return ""
    if len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
        # As many in both: the better name, if one is better.
        best: dict[str, float] = {}
        for candidate in members[0].bound.candidates:
            best[candidate.cell[0]] = max(candidate.score, best.get(candidate.cell[0], 0.0))
        tied = sorted((name for name, count in hits.items() if count == ranked[0][1]), key=lambda name: -best.get(name, 0.0))
        return tied[0] if best.get(tied[0], 0.0) > best.get(tied[1], 0.0) else ""
    return ranked[0][0]


def _judge(entry: _Entry, cube: str, ours: Ours) -> Judged:
    record, reading, bound = entry.record, entry.reading, entry.bound
    bare = Judged(record, reading, value=reading.values[0] if reading.values else None, scale=entry.scale)
    if not bound.candidates:
        return replace(bare, reason=bound.reason, reason_it=bound.reason_it)
    if _contested(bound) and not cube:
        names = dict.fromkeys(ours.cube(candidate.cell).title for candidate in bound.candidates)
        listed = "; ".join(list(names)[:_LISTED])
        return replace(bare, reason=f"it may be {listed}", reason_it=f"può essere {listed}", open=bound.candidates)
    candidates = [candidate for candidate in bound.candidates if not cube or candidate.cell[0] == cube]
    compared = [(candidate, *ours.compare(reading, candidate.cell, entry.scale)) for candidate in candidates]
    candidate, verdict, value = min(compared, key=lambda each: each[1].value)
    if len(candidates) > 1 and verdict is Verdict.DIFFERS and not _at_totals(candidates, ours):
        return replace(
            bare,
            reason="its texts fit several figures of ours, and it is none of them",
            open=bound.candidates,
            reason_it="i testi valgono per più cifre nostre, e non è nessuna di queste",
        )
    judged = replace(bare, candidate=candidate, verdict=verdict, value=value)
    if verdict is Verdict.ABSENT:
        missing = ours.figure(candidate.cell).status is Status.MISSING
        return replace(
            judged,
            reason="we have no such figure" if missing else "the file has none",
            reason_it="non abbiamo questa cifra" if missing else "nel file non c'è",
        )
    return judged


def _at_totals(candidates: Sequence[Candidate], ours: Ours) -> bool:
    """Whether the first of several keys stands at the total wherever they part: what "totale" means before all else."""
    dimensions = ours.cube(candidates[0].cell).dimensions
    for position, dimension in enumerate(dimensions):
        codes = {candidate.cell[1][position] for candidate in candidates}
        total = None if dimension.codelist is None else dimension.codelist.total
        if len(codes) > 1 and candidates[0].cell[1][position] != total:
            return False
    return True


def _settled_name(group: tuple[str, ...], members: Sequence[_Entry], ours: Ours) -> Finding:
    """That the numbers decided what a name means: ``group`` has the cube taken, the name, and all that it fits."""
    catalogue, cube = ours.catalogue, group[0]
    others = "; ".join(catalogue.cubes[name].title for name in group[2:] if name != cube)
    found = sum(
        any(
            candidate.cell[0] == cube and ours.compare(entry.reading, candidate.cell, entry.scale)[0] is Verdict.MATCHED
            for candidate in entry.bound.candidates
        )
        for entry in members
    )
    name = group[1] or members[0].record.place
    title, count = catalogue.cubes[cube].title, len(members)
    said = f"{name!r} fits {title} and {others}: taken for the first, where {found} of {count} figures are found"
    said_it = f"«{name}» vale per {title} e per {others}: si intende il primo, dove si ritrovano {found} cifre su {count}"
    return SETTLED.finding(tuple(entry.record.place for entry in members), {"said": said, "said_it": said_it})


def _settled_numbers(judged: Sequence[Judged]) -> Iterator[Finding]:
    """That our figures decided how the numbers of a column are to be read."""
    columns: dict[str, list[Judged]] = {}
    for one in judged:
        if one.reading.ambiguous and one.verdict in (Verdict.MATCHED, Verdict.ROUNDED):
            columns.setdefault(one.record.column, []).append(one)
    for members in columns.values():
        first = members[0]
        value = first.value or Decimal(0)
        shown = format_number(value, decimals_of(value))
        said = f"{first.shown!r} may be two numbers: read as {shown}, which is our figure ({len(members)} so in this column)"
        said_it = f"«{first.shown}» può essere due numeri: letto {shown}, che è la nostra cifra ({len(members)} nella colonna)"
        yield SETTLED.finding(
            tuple(one.record.place for one in members),
            {"said": said, "said_it": said_it},
            values=tuple(one.shown for one in members),
        )
