"""Completeness and consistency of what arrived: what nobody delivered, what was printed twice, what was revised."""

from collections.abc import Iterator

from rendiconto.catalogue.declarations import TableDeclaration
from rendiconto.catalogue.gridplan import plan_table
from rendiconto.check.evidence import Cell, Evidence, Violation, printed_decimals
from rendiconto.document.values import Status
from rendiconto.observations.store import Revision
from rendiconto.territory import Territory


def find_missing(evidence: Evidence) -> Iterator[Violation]:
    """What the reports of the edition print and nobody delivered, by cube and territory."""
    absent: dict[tuple[str, str], dict[Cell, str]] = {}
    for territory in evidence.focus:
        for table in evidence.catalogue.tables.values():
            for cell in _absent(evidence, table, territory):
                absent.setdefault((cell[0], cell[1][0]), {}).setdefault(cell, table.number)
    for (cube, _), cells in sorted(absent.items()):
        tables = ", ".join(dict.fromkeys(cells.values()))
        title = evidence.catalogue.cubes[cube].title
        words = {"title": title, "count": str(len(cells)), "tables": tables}
        sources = (evidence.catalogue.sources[name].office for name in evidence.catalogue.cubes[cube].sources)
        words["office"] = ", ".join(dict.fromkeys(sources))
        yield Violation(tuple(cells), absent=True, words=words, words_it=words)


def _absent(evidence: Evidence, table: TableDeclaration, territory: Territory) -> Iterator[Cell]:
    for plan in plan_table(evidence.catalogue, table, territory):
        for line in plan.cells:
            for planned in line:
                if evidence.resolver.resolve(planned.cube, planned.codes).status is Status.MISSING:
                    yield (planned.cube.name, planned.codes)


def find_twice(evidence: Evidence) -> Iterator[Violation]:
    """A figure that was printed in two places with two values (only as published: an erratum has settled it since)."""
    for erratum in evidence.store.errata if evidence.as_published else ():
        observation = evidence.store.get(erratum.cube, erratum.codes)
        if erratum.part is None or observation is None or observation.value == erratum.published.value:
            continue
        cube = evidence.catalogue.cubes[erratum.cube]
        yield Violation(
            ((erratum.cube, erratum.codes),),
            observed=erratum.published.value,
            expected=observation.value,
            decimals=printed_decimals(cube, erratum.codes),
            because=f"T{erratum.table}.{erratum.part}".replace("TG", "G"),
        )


def find_revised(evidence: Evidence) -> Iterator[Violation]:
    """A figure of an earlier year that a later delivery changed."""
    for revision in evidence.store.revised:
        cube = evidence.catalogue.cubes[revision.cube]
        yield Violation(
            ((revision.cube, revision.codes),),
            observed=revision.now.value,
            expected=revision.before.value,
            decimals=printed_decimals(cube, revision.codes),
            words={"source": _source(revision)},
            words_it={"source": _source(revision)},
        )


def _source(revision: Revision) -> str:
    """Where the newer figure came from, if not from a folder of data."""
    return f" ({revision.now.place})" if revision.now.place.key else ""
