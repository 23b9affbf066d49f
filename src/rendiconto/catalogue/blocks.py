"""Blocks: the small algebra in which every stub and heading is said.

A block selects codes of one dimension, or names cubes, and may nest others under each. ``parse_blocks`` turns the YAML into
``Block`` values; what they mean for a territory and an edition is ``catalogue.expansion``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rendiconto.catalogue.yamltext import Path_, YamlFile
from rendiconto.errors import CatalogueError, Place, nearest_names

ALL = "all"


@dataclass(frozen=True)
class Block:
    """One block as declared. ``selection`` is empty when the block names no dimension; ("all",) takes every code."""

    place: Place
    dimension: str | None = None
    selection: tuple[str, ...] = ()
    cubes: tuple[str, ...] = ()
    then: tuple["Block", ...] = ()
    fix: Mapping[str, str] = field(default_factory=dict)
    header: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    lead: bool = False
    axis: str | None = None

    def named_cubes(self) -> tuple[str, ...]:
        """All cubes named in the block and below, without those of an axis."""
        below = tuple(name for block in self.then for name in block.named_cubes())
        return (*self.cubes, *below)


def parse_blocks(source: YamlFile, content: Any, path: Path_) -> tuple[Block, ...]:
    """Blocks of a stub, heading, nest or axis; ``path`` is where they stand in the file."""
    if not isinstance(content, list | tuple):
        raise CatalogueError("blocks are a list", source.place(*path), "Write [{…}, {…}].")
    return tuple(_parse_block(source, item, (*path, index)) for index, item in enumerate(content))


def _parse_block(source: YamlFile, content: Any, path: Path_) -> Block:
    place = source.place(*path)
    if not isinstance(content, dict):
        raise CatalogueError("a block is a mapping", place, "Write {dimension: [codes]}.")
    read = {
        attribute: reader(source, content[key], (*path, key)) for key, (attribute, reader) in KEYWORDS.items() if key in content
    }
    dimension = _dimension_of(content, place)
    if dimension is not None:
        read |= {"dimension": dimension, "selection": _words(source, content[dimension], (*path, dimension))}
    block = Block(place=place, **read)
    if not (block.dimension or block.cubes or block.header or block.axis or block.then):
        raise CatalogueError("a block that selects nothing", place, "Name a dimension, a cube, a header or an axis.")
    return block


def _dimension_of(content: dict[str, Any], place: Place) -> str | None:
    """The one key that is no keyword."""
    dimensions = [key for key in content if key not in KEYWORDS]
    if len(dimensions) > 1:
        near = nearest_names(dimensions[-1], KEYWORDS, limit=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        names = ", ".join(dimensions)
        raise CatalogueError(f"a block selects one dimension, this one names {names}", place, f"Nest with `then`.{hint}")
    return dimensions[0] if dimensions else None


def _words(source: YamlFile, content: Any, path: Path_) -> tuple[str, ...]:
    if isinstance(content, str):
        return (content,)
    if isinstance(content, list) and all(isinstance(item, str) for item in content):
        return tuple(content)
    raise CatalogueError("expected a word or a list of words", source.place(*path))


def _word(source: YamlFile, content: Any, path: Path_) -> str:
    if isinstance(content, str):
        return content
    raise CatalogueError("expected a word", source.place(*path))


def _mapping(source: YamlFile, content: Any, path: Path_) -> dict[str, str]:
    if isinstance(content, dict) and all(isinstance(item, str) for item in content.values()):
        return content
    raise CatalogueError("expected {code: text}", source.place(*path))


def _set(source: YamlFile, content: Any, path: Path_) -> frozenset[str]:
    return frozenset(_words(source, content, path))


def _flag(_source: YamlFile, content: Any, _path: Path_) -> bool:
    return content in ("true", "yes")


KEYWORDS: dict[str, tuple[str, Callable[[YamlFile, Any, Path_], Any]]] = {
    "cube": ("cubes", _words),
    "then": ("then", parse_blocks),
    "fix": ("fix", _mapping),
    "header": ("header", _word),
    "labels": ("labels", _mapping),
    "without": ("without", _set),
    "lead": ("lead", _flag),
    "axis": ("axis", _word),
}
"""What a block may say beside its dimension: the attribute it sets and how it is read."""
