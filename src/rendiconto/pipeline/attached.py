"""Takes out of a PDF what it carries: the data that a report was made from."""

from pathlib import Path

from rendiconto.errors import DataError, Place, RendicontoError
from rendiconto.quarantine import read_apart
from rendiconto.wholefiles import write_whole


def take_attached(file: Path, folder: Path) -> tuple[Path, ...]:
    """Write the files inside a PDF into ``folder``, made if it is not there; gives their paths, by name.

    Nothing is written over: a file that is there already with other content is an error, and then none is written.
    """
    if not file.is_file():
        raise DataError("there is no such file", Place(file))
    found: tuple[tuple[str, bytes], ...] = read_apart("rendiconto.read.raw.attached:read_attached", file)
    if not found:
        raise DataError("the PDF carries no files", Place(file), "A report of ours carries its data, a printed copy not.")
    contents = {folder / name: content for name, content in found}
    try:
        for path, content in contents.items():
            if path.exists() and path.read_bytes() != content:
                raise RendicontoError("there is another file of that name", str(path), "Give an empty folder with --out.")
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in contents.items():
            write_whole(path, content)
    except OSError as error:
        raise RendicontoError(
            f"cannot write: {error.strerror}", str(folder), "Give a folder you may write to with --out."
        ) from None
    return tuple(contents)
