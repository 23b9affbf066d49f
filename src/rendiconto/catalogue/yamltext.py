"""YAML read strictly: every scalar a string, every value with the line it stands on.

A YAML 1.1 loader turns ``045`` into 37, ``NO`` into false and keeps the last of two equal keys. Here a scalar stays the
text that was typed; keys given twice, anchors and aliases are refused; and each value remembers its line, so that an
error can name file, line and key.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from rendiconto.errors import CatalogueError, Place

_LOADER: Any = getattr(yaml, "CLoader", yaml.Loader)

Path_ = tuple[str | int, ...]
"""Where a value stands within a file: keys and list positions from the root."""


@dataclass(frozen=True, slots=True)
class YamlFile:
    """The content of one file (dicts, lists and strings only) and the line of every value in it."""

    file: Path
    content: Any
    lines: dict[Path_, int] = field(repr=False)

    def place(self, *path: str | int) -> Place:
        """The place of a value; of its nearest ancestor when the value itself is absent."""
        known = path
        while known not in self.lines and known:
            known = known[:-1]
        return Place(self.file, self.lines.get(known, 1), _dotted(path) or None)


def _dotted(path: Path_) -> str:
    return ".".join(str(step) for step in path)


def read_yaml(file: Path) -> YamlFile:
    """Read one YAML file; what cannot be read is a ``CatalogueError`` with its line."""
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise CatalogueError(f"cannot be read: {error.strerror}", Place(file)) from None
    except UnicodeDecodeError as error:
        raise CatalogueError(f"is not UTF-8 (byte {error.start})", Place(file), "Save it as UTF-8.") from None
    return parse_yaml(text, file)


def parse_yaml(text: str, file: Path) -> YamlFile:
    """Parse YAML text that stands (or would stand) in ``file``."""
    try:
        events = iter(yaml.parse(text, Loader=_LOADER))
        return _Builder(file, events).build()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        raise CatalogueError(f"is not valid YAML: {error.problem}", Place(file, line)) from None
    except yaml.YAMLError as error:
        raise CatalogueError(f"is not valid YAML: {error}", Place(file)) from None


class _Builder:
    """Turns the parser's events into dicts, lists and strings, refusing what the catalogue does not allow."""

    def __init__(self, file: Path, events: Any) -> None:
        self.file = file
        self.events = events
        self.lines: dict[Path_, int] = {}

    def build(self) -> YamlFile:
        content: Any = {}
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                content = self.value(next(self.events), ())
        return YamlFile(self.file, content, self.lines)

    def value(self, event: Any, path: Path_) -> Any:
        line = event.start_mark.line + 1
        self.lines[path] = line
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise CatalogueError(
                "anchors and aliases are not allowed",
                Place(self.file, line),
                "Say the thing once, in a file of its own.",
            )
        if isinstance(event, yaml.ScalarEvent):
            return event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path)
        return self.mapping(path)

    def sequence(self, path: Path_) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            values.append(self.value(event, (*path, len(values))))
        return values

    def mapping(self, path: Path_) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            line = event.start_mark.line + 1
            if not isinstance(event, yaml.ScalarEvent):
                raise CatalogueError("a key must be a plain word", Place(self.file, line, _dotted(path)))
            key = event.value
            if key in values:
                raise CatalogueError(f"the key {key!r} is given twice", Place(self.file, line, _dotted(path) or None))
            values[key] = self.value(next(self.events), (*path, key))
            self.lines[(*path, key)] = line
        return values
