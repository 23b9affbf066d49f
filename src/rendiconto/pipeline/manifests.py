"""What a folder of results was made from and of what it consists, kept in it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import simplejson

from rendiconto.wholefiles import write_whole

MANIFEST = ".rendiconto.json"
"""What a report was made from, in its folder."""


def written_files(folder: Path) -> dict[str, list[int]]:
    """Every file of a report as it stands: its size, and when it was written (in nanoseconds)."""
    found = {path.relative_to(folder).as_posix(): path.stat() for path in sorted(folder.rglob("*")) if path.is_file()}
    return {path: [stat.st_size, stat.st_mtime_ns] for path, stat in found.items() if MANIFEST not in path}


def altered_file(folder: Path, files: Mapping[str, Sequence[int]]) -> str:
    """The first file of a report that is gone or was written by another hand; empty for none."""
    there = written_files(folder)
    return next((path for path, written in files.items() if there.get(path) != written), "")


def read_manifest(folder: Path, kept: frozenset[str]) -> dict[str, Any]:
    """The manifest; empty where there is none that can be read and says all that is ``kept`` in one."""
    try:
        content = simplejson.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) and content.keys() >= kept else {}


def write_manifest(folder: Path, content: Mapping[str, Any]) -> None:
    """Keep what a folder was made from, with every file of it as it stands now."""
    whole = {**content, "files": written_files(folder)}
    write_whole(folder / MANIFEST, simplejson.dumps(whole, indent=1, sort_keys=True).encode())
