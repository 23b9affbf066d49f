"""The artefacts of a structure message, as pysdmx models them. Imported only where SDMX is written: pysdmx is an extra.

A codelist for each of the catalogue's, for the territories of the edition, for the units and for the statuses of observations;
one concept scheme; a data structure definition and a dataflow for each cube, delivered or derived. What a code sums is an
annotation of the code; that the sum must hold is said in VTL (``standards.vtl``).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pysdmx.model import (
    Annotation,
    Code,
    Codelist,
    Component,
    Components,
    Concept,
    ConceptScheme,
    Dataflow,
    DataStructureDefinition,
    DataType,
    ItemReference,
    Role,
)

from rendiconto.catalogue import declarations
from rendiconto.catalogue.standards.identifiers import (
    AGENCY,
    DECIMALS,
    OBS_STATUS,
    OBS_VALUE,
    REF_AREA,
    TIME_PERIOD,
    UNIT_MEASURE,
    artefact_id,
    code_id,
    component_id,
)
from rendiconto.document.values import Status
from rendiconto.territory import Gazetteer

SUM_OF: Final = "SUM_OF"
"""Annotation type: the codes that a code is the sum of, by their SDMX ids, with blanks between."""
CATALOGUE_CODE: Final = "CATALOGUE_CODE"
"""Annotation type: the code as the catalogue and the data files spell it, where SDMX forbids the spelling."""
UNIT: Final = "UNIT_MEASURE"
"""Annotation type of a dataflow, or of the code of an indicator dimension: the unit of its values, from CL_UNIT_MEASURE."""
DECIMALS_PRINTED: Final = "DECIMALS"
"""Annotation type beside ``UNIT``: how many decimals are printed."""
STATUS_IDS: Final[Mapping[Status, str]] = {Status.NORMAL: "A", Status.NIL: "M", Status.CONFIDENTIAL: "Q", Status.MISSING: "O"}
"""Our statuses in SDMX's own CL_OBS_STATUS: normal; cannot exist; suppressed; missing for a reason that nobody gave."""

_STATUS_NAMES: Final = {
    Status.NORMAL: "Valore normale",
    Status.NIL: "Fenomeno inesistente (-)",
    Status.CONFIDENTIAL: "Dato riservato (*)",
    Status.MISSING: "Non disponibile (n.d.)",
}
_COMMON: Final = {
    REF_AREA: "Territorio",
    TIME_PERIOD: "Periodo",
    OBS_VALUE: "Valore",
    OBS_STATUS: "Stato dell’osservazione",
    UNIT_MEASURE: "Unità di misura",
    DECIMALS: "Decimali",
}
_SCHEME: Final = "CS_RENDICONTO"


class Artefacts:
    """The artefacts of one catalogue, which refer to each other; their version is the edition's year."""

    def __init__(self, catalogue: declarations.Catalogue) -> None:
        self.catalogue = catalogue
        self.version = f"{catalogue.year}.0"
        self.codelists = {name: self._catalogue_list(catalogue.codelists[name]) for name in sorted(catalogue.codelists)}
        self.territories = self._territories()
        units = [_code(unit, model.title) for unit, model in catalogue.units.items()]
        self.units = self._codelist("CL_UNIT_MEASURE", "Unità di misura", units)
        statuses = [_code(STATUS_IDS[status], _STATUS_NAMES[status]) for status in Status]
        self.statuses = self._codelist("CL_OBS_STATUS", "Stato dell’osservazione", statuses)

    def all(self) -> Iterator[Codelist | ConceptScheme | DataStructureDefinition | Dataflow]:
        """Every artefact, what is referred to first; codelists, structures and flows by name."""
        yield from (self.territories, self.units, self.statuses, *self.codelists.values())
        yield self._concepts()
        cubes = [self.catalogue.cubes[name] for name in sorted(self.catalogue.cubes)]
        structures = [self._structure(cube) for cube in cubes]
        yield from structures
        for cube, structure in zip(cubes, structures, strict=True):
            yield Dataflow(
                id=f"DF_{artefact_id(cube.name)}",
                name=cube.title,
                description=cube.perimeter,
                annotations=_measured(cube.unit, cube.decimals),
                agency=AGENCY,
                version=self.version,
                structure=structure,
            )

    def _codelist(self, name: str, title: str, codes: Sequence[Code]) -> Codelist:
        return Codelist(id=name, name=title, agency=AGENCY, version=self.version, items=codes)

    def _catalogue_list(self, codelist: declarations.Codelist) -> Codelist:
        codes = [
            _code(code.code, code.label, code.sum, _measured(code.unit, code.decimals)) for code in codelist.codes.values()
        ]
        return self._codelist(f"CL_{artefact_id(codelist.name, codelist.place)}", codelist.title, codes)

    def _territories(self) -> Codelist:
        year = self.catalogue.year
        gazetteer = Gazetteer.load()
        sums = gazetteer.sum_hierarchy(year)
        codes = [_code(unit.code, unit.title, sums.get(unit.code, ())) for unit in gazetteer.all(year)]
        return self._codelist("CL_REF_AREA", f"Territori in vigore nel {year} (codici Istat)", codes)

    def _concepts(self) -> ConceptScheme:
        """The components that every cube has, then the cubes' own dimensions by name, with each title they go by."""
        titles: dict[str, dict[str, None]] = {}
        for _name, cube in sorted(self.catalogue.cubes.items()):
            for dimension in cube.dimensions[2:]:
                titles.setdefault(component_id(dimension.name, cube.place), {})[dimension.title] = None
        names = {**_COMMON, **{name: " / ".join(titles[name]) for name in sorted(titles)}}
        return ConceptScheme(
            id=_SCHEME,
            name="Concetti del Rendiconto Sociale",
            agency=AGENCY,
            version=self.version,
            items=[Concept(id=name, name=title) for name, title in names.items()],
        )

    def _structure(self, cube: declarations.Cube) -> DataStructureDefinition:
        return DataStructureDefinition(
            id=f"DSD_{artefact_id(cube.name, cube.place)}",
            name=cube.title,
            agency=AGENCY,
            version=self.version,
            components=Components(list(self._components(cube))),
        )

    def _components(self, cube: declarations.Cube) -> Iterator[Component]:
        """Territory, the cube's own dimensions in their order, period; the value; what is said about it."""
        yield self._component(REF_AREA, Role.DIMENSION, self.territories)
        indicators = []
        for dimension in cube.dimensions:
            if dimension.codelist is None:
                continue
            own = component_id(dimension.name, cube.place)
            yield self._component(own, Role.DIMENSION, self.codelists[dimension.codelist.name])
            if any(code.unit or code.decimals is not None for code in dimension.codelist.codes.values()):
                indicators.append(own)
        yield self._component(TIME_PERIOD, Role.DIMENSION, DataType.PERIOD)
        yield self._component(OBS_VALUE, Role.MEASURE, DataType.DECIMAL)
        yield self._component(OBS_STATUS, Role.ATTRIBUTE, self.statuses, "O")
        # The codes of an indicator dimension carry their own unit and decimals; elsewhere the whole cube has one.
        level = ",".join(indicators) or "D"
        yield self._component(UNIT_MEASURE, Role.ATTRIBUTE, self.units, level)
        yield self._component(DECIMALS, Role.ATTRIBUTE, DataType.INTEGER, level)

    def _component(self, name: str, role: Role, values: Codelist | DataType, level: str | None = None) -> Component:
        return Component(
            id=name,
            required=role is Role.DIMENSION,
            role=role,
            concept=ItemReference(sdmx_type="Concept", agency=AGENCY, id=_SCHEME, version=self.version, item_id=name),
            local_dtype=values if isinstance(values, DataType) else None,
            local_codes=values if isinstance(values, Codelist) else None,
            attachment_level=level,
        )


def _code(code: str, label: str, parts: Sequence[str] = (), more: Sequence[Annotation] = ()) -> Code:
    annotations = []
    if code_id(code) != code:
        annotations.append(Annotation(type=CATALOGUE_CODE, title=code))
    if parts:
        annotations.append(Annotation(type=SUM_OF, title=" ".join(code_id(part) for part in parts)))
    return Code(id=code_id(code), name=label, annotations=[*annotations, *more])


def _measured(unit: str | None, decimals: int | None) -> list[Annotation]:
    said = ((UNIT, unit and code_id(unit)), (DECIMALS_PRINTED, None if decimals is None else str(decimals)))
    return [Annotation(type=name, title=value) for name, value in said if value is not None]
