"""The catalogue's arithmetic as a VTL 2.1 script, for whoever checks the data with an engine of their own.

A hierarchical ruleset for each codelist that sums, for each with a "di cui", and for the territories; for each cube a dataset
to check, in which nil is zero; a check for each cube and dimension, and one for each line of ``relations.yaml``. A result holds
what is wrong, with the declaration that it contradicts as ``errorcode``. Datasets, components and codes bear the names of the
SDMX export (``standards.identifiers``).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from typing import Final

from rendiconto.catalogue.declarations import PERIOD, Catalogue, Cube
from rendiconto.catalogue.identities import Pattern, PatternTerm, Sense
from rendiconto.catalogue.standards.identifiers import OBS_STATUS, OBS_VALUE, artefact_id, code_id, component_id
from rendiconto.catalogue.standards.statements import HierarchyCheck, RelationCheck, derive_checks

_HALF: Final = Decimal("0.5")
_NOISE: Final = 6
"""Decimals to which a relation's signed sum is rounded: engines count in binary, and 0.1 + 0.2 must be 0.3."""
_COMPARISON: Final = {Sense.VANISH: "=", Sense.NOT_NEGATIVE: ">="}
_HEADER: Final = """\
/* Rendiconto Sociale {year}: sums, "di cui", territories and relations, in VTL 2.1.

   Input: a dataset DF_... for each cube, with the components of its data structure (`rendiconto structures --format sdmx`);
   OBS_STATUS is M where there is no such phenomenon (zero in sums), O or Q where the value is missing or suppressed.
   Output: the datasets of each persistent assignment (<-); their rows are what is wrong, none where all is well.
   A check holds a sum against its total only where the total and every part are there (non_null).
   How to run it: docs/standards.md. */
"""


def export_rules(catalogue: Catalogue, cubes: Collection[str] | None = None) -> str:
    """The script, the same text for the same catalogue: VTL refuses a statement about a dataset that is not there.

    ``cubes`` are those that there are data of, by name: checks that need others are left out (by default, none is). Raises
    ``UnknownName`` for a cube that is not declared, ``CatalogueError`` for a name that VTL forbids.
    """
    held = set(catalogue.cubes if cubes is None else (catalogue.cube(name).name for name in cubes))
    every = derive_checks(catalogue)
    checks = [check for check in every if all(term.cube.name in held for pattern in check.patterns for term in pattern.terms)]
    hierarchies = [check for check in checks if isinstance(check, HierarchyCheck)]
    relations = [check for check in checks if isinstance(check, RelationCheck)]
    checked = {term.cube.name: term.cube for check in checks for pattern in check.patterns for term in pattern.terms}
    sections = (
        ("Rulesets", _rulesets(hierarchies)),
        ("Figures to check", (_prepared(checked[name]) for name in sorted(checked))),
        ("Sums along dimensions and territories", map(_hierarchy, hierarchies)),
        ("Relations between cubes", map(_relation, relations)),
    )
    text = _HEADER.format(year=catalogue.year)
    for title, statements in sections:
        text += f"\n/* {title} */\n" + "".join(f"{statement}\n" for statement in statements)
    return text


def _rulesets(checks: Iterable[HierarchyCheck]) -> Iterator[str]:
    """Each ruleset once, by name: cubes that share a codelist share its rules."""
    first = {check.ruleset: check for check in reversed(list(checks))}
    for name in sorted(first):
        check = first[name]
        rules = ";\n".join(f"  {rule}: {_rule(pattern, check.dimension)}" for rule, pattern in check.rules.items())
        yield f"define hierarchical ruleset {name} (valuedomain rule {check.domain}) is\n{rules}\nend hierarchical ruleset;"


def _rule(pattern: Pattern, dimension: str) -> str:
    """``T = F + M errorcode "sex: T = F + M"``."""
    whole, *parts = (_item(term.fix[dimension]) for term in pattern.terms)
    return f"{whole} {_COMPARISON[pattern.sense]} {' + '.join(parts)} errorcode {_text(pattern.because)}"


def _prepared(cube: Cube) -> str:
    """The cube's values with nil as zero, and with zeros at the combinations that cannot exist."""
    flow, figures = f"DF_{artefact_id(cube.name, cube.place)}", _figures(cube)
    nil = f'if nvl({OBS_STATUS}, "A") = "M" then 0.0 else {OBS_VALUE}'
    values = f"{flow}[calc {OBS_VALUE} := {nil}][keep {OBS_VALUE}]"
    if not cube.void:
        return f"{figures} := {values};"
    zeros = ",\n  ".join(_zeros(cube, void) for void in cube.void)
    return f"{figures}_GIVEN := {values};\n{figures} := union({figures}_GIVEN,\n  {zeros});"


def _zeros(cube: Cube, void: Mapping[str, str]) -> str:
    """A zero at a combination that cannot exist, wherever the cube has any figure with the same other codes."""
    others = ", ".join(component_id(name) for name in cube.dimension_names if name not in void)
    codes = ", ".join(f"identifier {component_id(name)} := {_text(code_id(code))}" for name, code in void.items())
    return f"max({_figures(cube)}_GIVEN group by {others})[calc {codes}, {OBS_VALUE} := 0.0]"


def _hierarchy(check: HierarchyCheck) -> str:
    call = f"check_hierarchy({_figures(check.cube)}, {check.ruleset} rule {component_id(check.dimension)} non_null invalid)"
    return f"{check.result} <- {call}{_beyond_rounding(check)};"


def _beyond_rounding(check: HierarchyCheck) -> str:
    """Where the measure is declared rounded: only what exceeds half a unit of the last printed decimal for each term."""
    if not check.cube.rounded:
        return ""
    rules = sorted(check.rules.items(), key=lambda rule: (len(rule[1].terms), rule[0]))
    conditions = []
    for _terms, alike in groupby(rules, key=lambda rule: len(rule[1].terms)):
        named = list(alike)
        listed = ", ".join(_text(rule) for rule, _pattern in named)
        conditions.append(f"('ruleid' in {{{listed}}} and abs('imbalance') > {_tolerance(named[0][1])})")
    return f"\n  [filter {' or '.join(conditions)}]"


def _relation(check: RelationCheck) -> str:
    """The signed sum against zero; the total comes first, so that no other term has a dimension that it has not."""
    signed = " ".join(f"{'-' if term.sign < 0 else '+'} {_selected(check.pattern, term)}" for term in check.pattern.terms)
    residual = check.result.replace("RELATION", "RESIDUAL", 1)
    rounded = any(term.cube.rounded for term in check.pattern.terms)
    beyond = f"\n  [filter abs('imbalance') > {_tolerance(check.pattern)}]" if rounded else ""
    return (
        f"{residual} := round({signed.removeprefix('+ ')}, {_NOISE});\n"
        f"{check.result} <- check({residual} {_COMPARISON[check.pattern.sense]} 0\n"
        f"  errorcode {_text(check.pattern.because)} imbalance {residual} invalid){beyond};"
    )


def _selected(pattern: Pattern, term: PatternTerm) -> str:
    """The term's figures at its codes: a dimension that it neither fixes nor shares with the total stands at its own total."""
    codes = {name: code for name, code in term.fix.items() if name != PERIOD or code.isdecimal()}
    shared = set(pattern.total.cube.dimension_names) - set(pattern.total.fix)
    for dimension in term.cube.dimensions:
        if dimension.codelist is not None and dimension.name not in shared:
            codes.setdefault(dimension.name, dimension.codelist.total or "")
    figures = _figures(term.cube)
    shift = term.fix.get(PERIOD, "0")
    if PERIOD not in codes and int(shift):
        # Last year's figures take this year's place: the other way round than the catalogue's "-1".
        figures = f"timeshift({figures}, {-int(shift)})"
    if not codes:
        return figures
    listed = ", ".join(f"{component_id(name)} = {_code(name, code)}" for name, code in sorted(codes.items()))
    return f"{figures}[sub {listed}]"


def _tolerance(pattern: Pattern) -> Decimal:
    """Half a unit of the total's last printed decimal for each term."""
    return _HALF.scaleb(-pattern.total.cube.decimals) * len(pattern.terms)


def _figures(cube: Cube) -> str:
    return f"FIGURES_{artefact_id(cube.name, cube.place)}"


def _code(dimension: str, code: str) -> str:
    return f"cast({_text(code)}, time_period)" if dimension == PERIOD else _text(code_id(code))


def _item(code: str) -> str:
    """A code item of a ruleset, in quotes: ``0-14`` and ``045`` are no names without."""
    return f"'{code_id(code)}'"


def _text(text: str) -> str:
    """A VTL string; it has no way to hold the double quote."""
    return '"' + text.replace('"', "'") + '"'
