"""Files written whole or not at all."""

from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file under a passing name beside it, then give it its own. Raises ``OSError``, and leaves what was there."""
    passing = path.with_name(f".{path.name}.passing")
    try:
        passing.write_bytes(content)
        passing.replace(path)
    finally:
        passing.unlink(missing_ok=True)
