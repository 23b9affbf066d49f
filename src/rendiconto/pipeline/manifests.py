"""What a folder of results was made from and of what it consists, kept in it."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import simplejson

from rendiconto.wholefiles import write_whole

MANIFEST = ".rendiconto.json"
"""What a report was made from, in its folder."""


def written_files(folder: Path) -> dict[str, list[int]]:
    """Every file of a report as it stands: its size, and when it was written (in nanoseconds)."""
    found = {}
    waiting = [(str(folder), "")]
    while waiting:
        where, inside = waiting.pop()
        with os.scandir(where) as entries:
            for entry in entries:
                path = f"{inside}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{path}/"))
                elif MANIFEST not in entry.name and entry.is_file():
                    stat = entry.stat()
                    found[path] = [stat.st_size, stat.st_mtime_ns]
    return dict(sorted(found.items()))


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
