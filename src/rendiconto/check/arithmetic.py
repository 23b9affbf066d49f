"""Figures held against the identities and formulas of the catalogue.

Tolerance follows from the printed digits alone: a measure declared ``rounded`` may depart from a sum by half a unit of its last
printed decimal for each term; exact counts and amounts may not depart at all. A difference within tolerance is ``info``.
"""

from collections.abc import Iterator
from decimal import Decimal

from rendiconto.catalogue.declarations import Catalogue, Cube
from rendiconto.catalogue.gridplan import Codes
from rendiconto.catalogue.identities import Identity, derive_identities
from rendiconto.check.rules import RULES
from rendiconto.document.values import Status
from rendiconto.findings import Finding, Severity
from rendiconto.italian.numbers import format_number, round_half_away
from rendiconto.observations import ObservationStore, Resolver
from rendiconto.observations.resolution import input_key

_HALF = Decimal("0.5")


def check_figures(catalogue: Catalogue, store: ObservationStore, *, as_published: bool = False) -> list[Finding]:
    """All findings of the arithmetic rules, worst first, then by rule and cells."""
    resolver = Resolver(catalogue, store, as_published=as_published)
    keys = {name: set(observations) for name, observations in store.cubes.items()}
    findings = [
        finding
        for identity in derive_identities(catalogue, keys)
        if (finding := _check_identity(identity, resolver)) is not None
    ]
    findings.extend(_check_formulas(catalogue, store, resolver))
    return sorted(findings, key=lambda finding: (finding.severity.rank, finding.rule, finding.cells))


def _check_identity(identity: Identity, resolver: Resolver) -> Finding | None:
    figures = [resolver.resolve(term.cube, term.codes) for term in identity.terms]
    if any(figure.status in (Status.MISSING, Status.CONFIDENTIAL) for figure in figures):
        return None
    total, *parts = identity.terms
    observed = figures[0].value or Decimal(0)
    expected = -sum(
        (term.sign * (figure.value or Decimal(0)) for term, figure in zip(parts, figures[1:], strict=True)), Decimal(0)
    )
    if observed == expected:
        return None
    decimals = total.cube.unit_of(dict(zip(total.cube.dimension_names, total.codes, strict=True)))[1]
    rounded = any(term.cube.rounded for term in identity.terms)
    tolerance = _HALF.scaleb(-decimals) * len(identity.terms) if rounded else Decimal(0)
    severity = Severity.INFO if abs(observed - expected) <= tolerance else RULES[identity.kind].severity
    addresses = tuple(key_address(term.cube, term.codes) for term in identity.terms)
    return _finding(identity.kind, severity, addresses, observed, expected, tolerance, decimals, identity.because)


def _check_formulas(catalogue: Catalogue, store: ObservationStore, resolver: Resolver) -> Iterator[Finding]:
    """Published derived figures against their inputs, compared as printed."""
    for name in sorted(store.cubes):
        cube = catalogue.cubes[name]
        if cube.formula is None:
            continue
        decimals = cube.decimals
        for codes, observation in sorted(store.cubes[name].items()):
            computed = resolver.computed(cube, codes)
            if computed is None or observation.status is Status.CONFIDENTIAL or _mended(resolver, cube, codes):
                continue
            expected = None if computed.value is None else round_half_away(computed.value, decimals)
            if expected == observation.value:
                continue
            tolerance = _HALF.scaleb(-decimals)
            below = (input_key(catalogue, cube, codes, need) for need in cube.formula.inputs())
            addresses = (key_address(cube, codes), *(key_address(*place) for place in below))
            yield _finding(
                "formula",
                RULES["formula"].severity,
                tuple(dict.fromkeys(addresses)),
                observation.value,
                expected,
                tolerance,
                decimals,
                type(cube.formula).__name__.lower(),
            )


def _mended(resolver: Resolver, cube: Cube, codes: Codes) -> bool:
    """Whether an erratum already mends the figure (only when errata apply)."""
    entries = resolver.errata.get((cube.name, codes), [])
    return not resolver.as_published and any(erratum.part is None for erratum in entries)


def key_address(cube: Cube, codes: Codes) -> str:
    """A key in words that does not depend on where it is printed: ``popolazione/045/2024/F/T``."""
    return "/".join((cube.name, *codes))


def _finding(
    rule: str,
    severity: Severity,
    cells: tuple[str, ...],
    observed: Decimal | None,
    expected: Decimal | None,
    tolerance: Decimal,
    decimals: int,
    because: str,
) -> Finding:
    def shown(value: Decimal | None) -> str:
        return Status.NIL.symbol if value is None else format_number(value, decimals)

    words = {"total": cells[0], "observed": shown(observed), "expected": shown(expected), "because": because}
    return Finding(
        rule=rule,
        severity=severity,
        cells=cells,
        message=RULES[rule].template.format(**words),
        message_it=RULES[rule].template_it.format(**words),
        expected=expected,
        observed=observed,
        tolerance=tolerance,
    )
