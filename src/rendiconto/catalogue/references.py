"""Whether every name that a declaration mentions exists; told at the file that mentions it."""

from rendiconto.catalogue.declarations import PERIOD, Catalogue, Cube, Dimension
from rendiconto.catalogue.formulas import InputModel
from rendiconto.catalogue.microtables import MicrodataModel
from rendiconto.errors import CatalogueError, Place, UnknownName, nearest_names


def check_references(catalogue: Catalogue) -> None:
    """Refuse a catalogue that mentions what is not there."""
    for cube in catalogue.cubes.values():
        for source in cube.sources:
            if source not in catalogue.sources:
                raise UnknownName("source", source, nearest_names(source, catalogue.sources), cube.place)
        if cube.unit not in catalogue.units:
            raise UnknownName("unit", cube.unit, nearest_names(cube.unit, catalogue.units), cube.place)
        if cube.weight is not None:
            catalogue.cube(cube.weight, cube.place)
        _check_inputs(catalogue, cube, ())
        _check_microdata(catalogue, cube)
    for relation in catalogue.relations.values():
        for need in (*relation.plus, *relation.minus, relation.bound):
            _check_need(catalogue, need, Place("relations.yaml"))
    for rates in catalogue.rates.values():
        for name in (*rates.complements, rates.gives):
            catalogue.cube(name, Place("rates.yaml"))


def _check_inputs(catalogue: Catalogue, cube: Cube, above: tuple[str, ...]) -> None:
    if cube.name in above:
        chain = " → ".join((*above[above.index(cube.name) :], cube.name))
        raise CatalogueError(f"a derived cube depends on itself: {chain}", cube.place)
    if cube.formula is None:
        return
    for need in cube.formula.inputs():
        _check_inputs(catalogue, _check_need(catalogue, need, cube.place), (*above, cube.name))


def _check_need(catalogue: Catalogue, need: InputModel, place: Place) -> Cube:
    """The cube of an input, whose fixed codes exist."""
    below = catalogue.cube(need.cube, place)
    for name, code in need.fix.items():
        dimension = below.dimension(name)
        if dimension is None:
            raise UnknownName("dimension", name, nearest_names(name, below.dimension_names), place)
        if dimension.codelist is not None and code not in dimension.codelist:
            raise UnknownName("code", code, nearest_names(code, dimension.codelist.codes), place)
    return below


def _check_microdata(catalogue: Catalogue, cube: Cube) -> None:
    """What a cube takes from microdata is there: table, columns, a column for every dimension, codes."""
    declared = cube.microdata
    if declared is None:
        return
    if declared.table not in catalogue.microtables:
        near = nearest_names(declared.table, catalogue.microtables)
        raise UnknownName("table of microdata", declared.table, near, cube.place)
    table = catalogue.microtables[declared.table]
    for column in declared.needed:
        if column not in table.columns:
            raise UnknownName(f"column of {table.name}", column, nearest_names(column, table.columns), cube.place)
    named = tuple(name for name in cube.dimension_names if name != PERIOD)
    for name in declared.columns:
        if name not in named:
            raise UnknownName("dimension", name, nearest_names(name, named), cube.place)
    for dimension in cube.dimensions:
        if dimension.name != PERIOD:
            _check_axis(declared, dimension, cube.place)


def _check_axis(declared: MicrodataModel, dimension: Dimension, place: Place) -> None:
    """A column stands for the dimension, and for codes that it has."""
    if dimension.name not in declared.columns:
        raise CatalogueError(f"no column of the microdata stands for the dimension {dimension.name}", place)
    axis = declared.columns[dimension.name]
    for code in (*axis.codes.values(), *axis.classes):
        if dimension.codelist is not None and code not in dimension.codelist:
            raise UnknownName("code", code, nearest_names(code, dimension.codelist.codes), place)
