"""The checks that a VTL script states, before they are written: patterns gathered by cube and dimension, each with its name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rendiconto.catalogue.declarations import TERRITORY, Catalogue, Cube
from rendiconto.catalogue.identities import IdentityKind, Pattern, derive_patterns
from rendiconto.catalogue.standards.identifiers import artefact_id

_PREFIX: Final = {IdentityKind.SUM: "SUM", IdentityKind.TERRITORY: "TERRITORY", IdentityKind.BOUND: "WITHIN"}


@dataclass(frozen=True)
class HierarchyCheck:
    """Patterns along one dimension of a cube, of one kind. ``rules``: the ruleset's patterns by rule name (R1, R2 …).

    ``result`` is the dataset of what is wrong, ``domain`` the codelist, both by their identifiers.
    """

    result: str
    ruleset: str
    domain: str
    cube: Cube
    dimension: str
    rules: Mapping[str, Pattern]

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """The patterns, in the order of the rules."""
        return tuple(self.rules.values())


@dataclass(frozen=True)
class RelationCheck:
    """A line of ``relations.yaml``. ``result`` is the dataset of what is wrong."""

    result: str
    pattern: Pattern

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """The one pattern."""
        return (self.pattern,)


Check = HierarchyCheck | RelationCheck


def derive_checks(catalogue: Catalogue) -> tuple[Check, ...]:
    """Every check that the catalogue's patterns make, in their order; relations last, by the names of their lines."""
    patterns = derive_patterns(catalogue)
    gathered: dict[tuple[IdentityKind, str, str], list[Pattern]] = {}
    for pattern in patterns:
        if pattern.along is not None:
            gathered.setdefault((pattern.kind, pattern.total.cube.name, pattern.along), []).append(pattern)
    declared = [pattern for pattern in patterns if pattern.along is None]
    relations = (
        RelationCheck(f"RELATION_{artefact_id(name, 'relations.yaml')}", pattern)
        for name, pattern in zip(catalogue.relations, declared, strict=True)
    )
    return (*(_hierarchy(kind, dimension, found) for (kind, _cube, dimension), found in gathered.items()), *relations)


def _hierarchy(kind: IdentityKind, dimension: str, patterns: Sequence[Pattern]) -> HierarchyCheck:
    cube = patterns[0].total.cube
    axis = cube.dimension(dimension)
    assert axis is not None
    codelist = "REF_AREA" if axis.codelist is None else artefact_id(axis.codelist.name, axis.codelist.place)
    prefix, name = _PREFIX[kind], artefact_id(cube.name, cube.place)
    return HierarchyCheck(
        result=f"{prefix}_{name}" if dimension == TERRITORY else f"{prefix}_{name}_{artefact_id(dimension, cube.place)}",
        ruleset=f"HR_{prefix}_{codelist}",
        domain=f"CL_{codelist}",
        cube=cube,
        dimension=dimension,
        rules={f"R{number}": pattern for number, pattern in enumerate(patterns, start=1)},
    )
