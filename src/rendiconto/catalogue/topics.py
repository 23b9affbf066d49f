"""What a chapter's commentary may speak of: topics as written, with their cubes, codes and noun phrases resolved."""

from collections.abc import Mapping, Sequence

from rendiconto.catalogue.declarations import Cube, Topic
from rendiconto.catalogue.models import TopicModel
from rendiconto.errors import CatalogueError, Place, UnknownName, nearest_names
from rendiconto.italian.phrases import Gender, NounPhrase, parse_noun_phrase


def resolve_topics(models: Sequence[TopicModel], cubes: Mapping[str, Cube], place: Place) -> tuple[Topic, ...]:
    """The topics of a chapter; an unknown cube, dimension or code names the nearest."""
    return tuple(_topic(model, cubes, place) for model in models)


def _topic(model: TopicModel, cubes: Mapping[str, Cube], place: Place) -> Topic:
    if model.cube not in cubes:
        raise UnknownName("cube", model.cube, nearest_names(model.cube, cubes), place)
    cube = cubes[model.cube]
    for name, code in model.fix.items():
        _check_code(cube, name, code, place)
    for name, codes in (*model.by.items(), *model.shares.items()):
        for code in codes:
            _check_code(cube, name, code, place)
    for dimension in cube.dimensions:
        if dimension.codelist is not None and dimension.codelist.total is None and dimension.name not in model.fix:
            raise CatalogueError(
                f"{dimension.name} of {cube.name!r} has no total and the topic fixes none", place, "Add it to `fix`."
            )
    return Topic(
        noun=_noun(model.say, model.gender, place),
        cube=cube,
        fix=model.fix,
        by={name: {code: _noun(text, None, place) for code, text in codes.items()} for name, codes in model.by.items()},
        shares=model.shares,
        against=None if model.against is None else _topic(model.against, cubes, place),
        weight=model.weight,
    )


def _noun(text: str, gender: str | None, place: Place) -> NounPhrase:
    try:
        return parse_noun_phrase(text, None if gender is None else Gender(gender))
    except ValueError as error:
        raise CatalogueError(str(error), place, 'Write "le domande accolte", or add `gender: f` where l\' stands.') from None


def _check_code(cube: Cube, name: str, code: str, place: Place) -> None:
    dimension = cube.dimension(name)
    if dimension is None or dimension.codelist is None:
        own = [d.name for d in cube.dimensions if d.codelist is not None]
        raise UnknownName("dimension", name, nearest_names(name, own), place)
    if code not in dimension.codelist:
        raise UnknownName("code", code, nearest_names(code, dimension.codelist.codes), place)
