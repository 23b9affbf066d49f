"""Blocks: the small algebra in which every stub and heading is said.

A block selects codes of one dimension, or names cubes, and may nest others under each. ``parse_blocks`` turns the YAML into
``Block`` values; what they mean for a territory and an edition is ``catalogue.expansion``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rendiconto.catalogue.yamltext import Path_, YamlFile
from rendiconto.errors import CatalogueError, Place, nearest_names

ALL = "all"
_KEYWORDS = ("cube", "then", "fix", "header", "labels", "without", "lead", "axis")


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
    dimensions = [key for key in content if key not in _KEYWORDS]
    if len(dimensions) > 1:
        names = ", ".join(dimensions)
        near = nearest_names(dimensions[-1], _KEYWORDS, limit=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise CatalogueError(
            f"a block selects one dimension, this one names {names}", place, f"Nest with `then`.{hint}"
        )
    block = Block(place=place)
    if dimensions:
        block = replace(
            block, dimension=dimensions[0], selection=_words(source, content[dimensions[0]], (*path, dimensions[0]))
        )
    readers = {"cube": "cubes", "without": "without", "header": "header", "axis": "axis"}
    changes: dict[str, Any] = {}
    for key, attribute in readers.items():
        if key in content:
            changes[attribute] = _READ[key](source, content[key], (*path, key))
    for key in ("fix", "labels"):
        if key in content:
            changes[key] = _mapping(source, content[key], (*path, key))
    if "then" in content:
        changes["then"] = parse_blocks(source, content["then"], (*path, "then"))
    if "lead" in content:
        changes["lead"] = content["lead"] in ("true", "yes")
    block = replace(block, **changes)
    if not (block.dimension or block.cubes or block.header or block.axis or block.then):
        raise CatalogueError("a block that selects nothing", place, "Name a dimension, a cube, a header or an axis.")
    return block


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


_READ: dict[str, Any] = {"cube": _words, "without": _set, "header": _word, "axis": _word}
