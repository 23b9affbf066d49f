"""What an office has to deliver, from the plans of the reports: each figure with key, labels, unit and last year's value."""

from collections.abc import Sequence
from decimal import Decimal

from rendiconto.catalogue.declarations import PERIOD, TERRITORY, Catalogue, Cube
from rendiconto.catalogue.gridplan import Codes
from rendiconto.check import territories_with_data
from rendiconto.compose.needs import needed_keys
from rendiconto.document.request import Request, RequestedCube, RequestedFigure
from rendiconto.errors import RendicontoError, UnknownName, nearest_names
from rendiconto.observations import ObservationStore
from rendiconto.territory import Gazetteer, Territory


def compose_request(
    catalogue: Catalogue, store: ObservationStore, office: str, focus: Sequence[Territory] | None = None
) -> Request:
    """The request to an office, named by its source ("entrate") or in full; ``focus`` are the territories to report on."""
    sources, title = find_office(catalogue, office)
    places = territories_with_data(catalogue, store) if focus is None else focus
    keys: dict[str, dict[Codes, None]] = {}
    for territory in places or Gazetteer.load().all(catalogue.year):
        for cube, codes in needed_keys(catalogue, territory):
            if set(cube.sources) & sources:
                keys.setdefault(cube.name, {})[codes] = None
    if not keys:
        raise RendicontoError(f"the edition needs nothing of {title}")
    cubes = tuple(_requested(catalogue, store, catalogue.cubes[name], list(keys[name])) for name in sorted(keys))
    return Request(title, catalogue.year, store.date, cubes)


def find_office(catalogue: Catalogue, wanted: str) -> tuple[set[str], str]:
    """The sources that an office stands for, and its name."""
    if wanted in catalogue.sources:
        office = catalogue.sources[wanted].office
        return {wanted}, f"{office} ({wanted})"
    offices = {source.office for source in catalogue.sources.values()}
    match = next((office for office in sorted(offices) if office.casefold() == wanted.casefold()), None)
    if match is None:
        names = [*catalogue.sources, *sorted(offices)]
        raise UnknownName("office", wanted, nearest_names(wanted, names) or tuple(catalogue.sources))
    return {name for name, source in catalogue.sources.items() if source.office == match}, match


def _requested(catalogue: Catalogue, store: ObservationStore, cube: Cube, keys: list[Codes]) -> RequestedCube:
    year = str(catalogue.year + cube.offset - 1)
    figures = tuple(_figure(catalogue, store, cube, codes) for codes in sorted(keys, key=lambda codes: _order(cube, codes)))
    codes = tuple(
        tuple((code.code, code.label) for code in d.codelist.codes.values()) if d.codelist else () for d in cube.dimensions
    )
    titles = tuple(dimension.title for dimension in cube.dimensions)
    return RequestedCube(cube.name, cube.title, cube.perimeter, titles, figures, codes, year)


def _order(cube: Cube, codes: Codes) -> tuple[object, ...]:
    """Period, then territory, then codes as their codelists have them."""
    order: list[object] = [codes[1], codes[0]]
    for dimension, code in zip(cube.dimensions[2:], codes[2:], strict=True):
        order.append(list(dimension.codelist.codes).index(code) if dimension.codelist else code)
    return tuple(order)


def _figure(catalogue: Catalogue, store: ObservationStore, cube: Cube, codes: Codes) -> RequestedFigure:
    key = tuple(zip(cube.dimension_names, codes, strict=True))
    unit, decimals = cube.unit_of(dict(key))
    position = cube.dimension_names.index(PERIOD)
    before = (*codes[:position], str(int(codes[position]) - 1), *codes[position + 1 :])
    return RequestedFigure(key, _labels(cube, codes), catalogue.units[unit].label, decimals, _value(store, cube, before))


def _labels(cube: Cube, codes: Codes) -> tuple[str, ...]:
    labels = []
    for dimension, code in zip(cube.dimensions, codes, strict=True):
        if dimension.name == TERRITORY:
            labels.append(Gazetteer.load().by_code(code).row_label)
        elif dimension.codelist is not None:
            labels.append(dimension.codelist.codes[code].label)
        else:
            labels.append(code)
    return tuple(labels)


def _value(store: ObservationStore, cube: Cube, codes: Codes) -> Decimal | None:
    observation = store.get(cube.name, codes)
    return None if observation is None else observation.value
