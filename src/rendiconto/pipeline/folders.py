"""Folders of results, put in place whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rendiconto.errors import RendicontoError
from rendiconto.render import Files


def write_files(folder: Path, files: Files) -> None:
    """Put a renderer's files into a folder; none may leave it."""
    for path, content in files.items():
        target = (folder / path).resolve()
        if not target.is_relative_to(folder.resolve()):
            raise RendicontoError(f"a renderer wants to write outside its folder: {path}")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A fresh folder that takes the place of ``folder`` when the block ends well, and vanishes when it does not."""
    if folder.exists() and not folder.is_dir():
        raise RendicontoError("a file stands where the report's folder should be", str(folder), "Move it, or build with --out.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise _unwritable(folder, error) from None
    try:
        fresh.chmod(0o755)
        yield fresh
        if folder.exists():
            old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
            folder.rename(old / folder.name)
            fresh.rename(folder)
            shutil.rmtree(old)
        else:
            fresh.rename(folder)
    except OSError as error:
        raise _unwritable(folder, error) from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def sweep_folder(folder: Path) -> None:
    """Take away what a killed ``replacing`` of this folder has left half made."""
    for left in folder.parent.glob(f".{folder.name}-*"):
        shutil.rmtree(left, ignore_errors=True)


def _unwritable(folder: Path, error: OSError) -> RendicontoError:
    return RendicontoError(
        f"cannot write: {error.strerror}",
        str(folder),
        "Give a folder you may write to with --out, and room on the disk.",
    )


def link_file(source: Path, target: Path) -> None:
    """The same file under another name, without room of its own where the file system can."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
