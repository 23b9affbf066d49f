"""Where the inputs of a formula stand for a key of the derived cube."""

from rendiconto.catalogue.declarations import PERIOD, Catalogue, Cube
from rendiconto.catalogue.formulas import InputModel
from rendiconto.catalogue.gridplan import Codes


def _shifted(name: str, fixed: str, own: str | None) -> str:
    """A fixed code; a period may be relative to the cell's own ("-1")."""
    relative = name == PERIOD and own is not None and (fixed.startswith("-") or fixed == "0")
    return str(int(own or 0) + int(fixed)) if relative else fixed


def input_key(catalogue: Catalogue, cube: Cube, codes: Codes, need: InputModel) -> tuple[Cube, Codes]:
    """Where an input of a formula stands for the derived cube's key."""
    below = catalogue.cubes[need.cube]
    own = dict(zip(cube.dimension_names, codes, strict=True))
    at = []
    for dimension in below.dimensions:
        name = dimension.name
        code = own.get(name)
        if name in need.fix:
            code = _shifted(name, need.fix[name], code)
        elif code is None and dimension.codelist is not None:
            code = dimension.codelist.total
        at.append(code or "")
    return below, tuple(at)
