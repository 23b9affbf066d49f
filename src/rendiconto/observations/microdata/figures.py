"""From what was counted to observations, as tidy records, and to findings for all that was left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from rendiconto.catalogue.declarations import PERIOD, TERRITORY
from rendiconto.document.values import Origin, Status
from rendiconto.errors import UnknownName
from rendiconto.findings import Finding, Severity
from rendiconto.italian.numbers import format_number
from rendiconto.observations.microdata.plan import AggregationPlan
from rendiconto.observations.microdata.rules import microdata_finding
from rendiconto.observations.microdata.tally import Count, Refused, Tally
from rendiconto.territory import Gazetteer

if TYPE_CHECKING:
    import pyarrow as pa

_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Aggregate:
    """A cube counted from microdata: its observations as tidy records, and what was found on the way."""

    plan: AggregationPlan
    records: "pa.Table"
    findings: tuple[Finding, ...]
    rows: int

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Why the figures do not have all that there is."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)


def figures_of(plan: AggregationPlan, tally: Tally, *, complete: bool = False) -> Aggregate:
    """The observations that a tally gives, and findings on what it left out.

    A combination of codes without rows is nil. A territory without rows has no figures, nor has a region or Italy with such a
    province, unless ``complete`` says that the file has all there is.
    """
    findings = list(_findings(plan, tally))
    years, rows = [], []
    for year in plan.years:
        bare = () if complete else _bare_provinces(tally, year)
        if bare:
            findings.append(_coverage(plan, year, bare))
        without = _with_wholes(bare, year)
        for codes in plan.keys(year):
            if codes[0] not in without:
                years.append(year)
                rows.append((codes, tally.counts.get((year, codes))))
    return Aggregate(plan, _records(plan, years, rows), tuple(findings), tally.rows)


def _records(plan: AggregationPlan, years: list[int], rows: list[tuple[tuple[str, ...], Count | None]]) -> "pa.Table":
    import pyarrow as pa

    values = [None if count is None else _value(plan, count) for _, count in rows]
    names = [axis.name for axis in plan.axes]
    columns = {name: pa.array([codes[i] for codes, _ in rows], pa.string()) for i, name in enumerate(names)}
    columns[PERIOD] = pa.array([str(year) for year in years], pa.string())
    ordered = {name: columns[name] for name in plan.cube.dimension_names}
    ordered["value"] = pa.array([None if value is None else f"{value:f}" for value in values], pa.string())
    ordered["status"] = pa.array(["" if value is not None else str(Status.NIL) for value in values], pa.string())
    if any(count is not None and count.synthetic for _, count in rows):
        marks = [count is None or count.synthetic for _, count in rows]
        ordered["origin"] = pa.array([str(Origin.SYNTHETIC if mark else Origin.DELIVERED) for mark in marks])
    return pa.table(ordered)


def _value(plan: AggregationPlan, count: Count) -> Decimal | None:
    """An exact count or sum; a mean or share rounded once to the cube's decimals; None where nothing has a value."""
    if not count.valued:
        return None
    if plan.kind not in ("mean", "share"):
        return count.amount
    whole = _HUNDRED if plan.kind == "share" else Decimal(1)
    return (count.amount * whole / count.valued).quantize(Decimal(1).scaleb(-plan.cube.decimals), ROUND_HALF_UP)


def _bare_provinces(tally: Tally, year: int) -> tuple[str, ...]:
    """The provinces of a year that have no row in it."""
    held = {codes[0] for at, codes in tally.counts if at == year}
    return tuple(province.code for province in Gazetteer.load().provinces(year) if province.code not in held)


def _with_wholes(bare: tuple[str, ...], year: int) -> set[str]:
    """Provinces, and all that is a sum with one of them."""
    wholes = set(bare)
    hierarchy = Gazetteer.load().sum_hierarchy(year)
    for _ in range(2):
        wholes |= {whole for whole, parts in hierarchy.items() if wholes.intersection(parts)}
    return wholes


def _coverage(plan: AggregationPlan, year: int, bare: tuple[str, ...]) -> Finding:
    names = [Gazetteer.load().by_code(code).name for code in bare]
    shown = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
    place = f"{plan.table.name}!{plan.declared.columns[TERRITORY].column} {plan.cube.name} {year}"
    return microdata_finding("micro_coverage", place, year=str(year), rows=str(len(bare)), examples=shown)


def _findings(plan: AggregationPlan, tally: Tally) -> Iterator[Finding]:
    table = plan.table.name
    keyed = " + ".join(plan.key)

    def found(rule: str, column: str, rows: int, **words: str) -> Finding:
        place = f"{table}!{column} {plan.cube.name}"
        return microdata_finding(rule, place, column=column, rows=format_number(Decimal(rows), 0), **words)

    if tally.without_key:
        yield found("micro_key", keyed, tally.without_key)
    if tally.repeated:
        yield found("micro_repeated", keyed, tally.repeated, examples=", ".join(tally.repeated_keys))
    for column, rows in tally.blank.items():
        if rows:
            yield found("micro_blank", column, rows)
    unmeasured = _unmeasured(plan, tally)
    if unmeasured and plan.declared.measure.column is not None:
        yield found("micro_blank", plan.declared.measure.column, unmeasured)
    if tally.other_years:
        years = ", ".join(map(str, plan.years))
        yield found("micro_years", plan.declared.period.columns[0], tally.other_years, years=years)
    for name, refused in tally.refused.items():
        column = plan.declared.columns[name].column
        if name == TERRITORY:
            words = {"examples": _provinces(refused, "in {}"), "examples_it": _provinces(refused, "nel {}")}
            yield found("micro_territory", column, refused.rows, **words)
        else:
            yield found("micro_code", column, refused.rows, dimension=name, examples=_values(refused))


def _unmeasured(plan: AggregationPlan, tally: Tally) -> int:
    """Rows without a value of the measure, among those that were placed: each is looked at once, at its own codes."""
    own = [{codes[0] for codes in axis.members.values()} for axis in plan.axes]
    placed = ((codes, count) for (_, codes), count in tally.counts.items())
    return sum(
        count.rows - count.valued
        for codes, count in placed
        if all(code in leaves for code, leaves in zip(codes, own, strict=True))
    )


def _values(refused: Refused) -> str:
    return ", ".join(f"{_shown(raw)} ({rows})" for raw, _, rows in refused.examples)


def _provinces(refused: Refused, when: str) -> str:
    return ", ".join(f"{_place(raw)} {when.format(year)} ({rows})" for raw, year, rows in refused.examples)


def _place(raw: str | None) -> str:
    """A refused code with the name of the territory that it is in other years, if any."""
    try:
        name = Gazetteer.load().by_code(raw or "").name
    except UnknownName:
        return _shown(raw)
    return f"{_shown(raw)} {name}"


def _shown(raw: str | None) -> str:
    return "∅" if raw is None else repr(raw)
