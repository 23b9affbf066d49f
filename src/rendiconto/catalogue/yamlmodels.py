"""YAML content against the models of what it may say: what is wrong is told at its line, with the nearest right word."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from rendiconto.catalogue.yamltext import YamlFile
from rendiconto.errors import CatalogueError, nearest_names

_Model = TypeVar("_Model", bound=BaseModel)


def read_model(model: type[_Model], source: YamlFile, content: Any = None, path: tuple[str | int, ...] = ()) -> _Model:
    """The model of a file's content, or of a value within it (``path`` from the root says where it stands).

    The first thing wrong becomes a ``CatalogueError`` with file, line, key and the nearest right word.
    """
    try:
        return model.model_validate(source.content if content is None else content)
    except ValidationError as error:
        # A misspelt key is both unknown and missing: the unknown one is what the author looks at.
        first = min(error.errors(), key=lambda wrong: wrong["type"] != "extra_forbidden")
        location = tuple(step for step in first["loc"] if isinstance(step, str | int))
        place = source.place(*path, *location)
        if first["type"] == "extra_forbidden":
            word = str(location[-1])
            near = nearest_names(word, _field_names(model), limit=1)
            todo = f"Did you mean {near[0]!r}?" if near else None
            raise CatalogueError(f"unknown key {word!r}", place, todo) from None
        if first["type"] == "missing":
            raise CatalogueError(f"the key {location[-1]!r} is missing", place) from None
        raise CatalogueError(first["msg"].removeprefix("Value error, "), place) from None


def _field_names(model: type[BaseModel]) -> list[str]:
    """Every key the model and the models within it know, for suggestions."""
    text = str(model.model_json_schema()["properties"].keys())
    nested = model.model_json_schema().get("$defs", {})
    names = set(model.model_fields)
    for schema in nested.values():
        names |= set(schema.get("properties", {}))
    return sorted(names | {word for word in text.split("'") if word.isidentifier() and word != "dict_keys"})
