"""Options that several commands have, and the workspace that they work in."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rendiconto.findings import Severity

if TYPE_CHECKING:
    from rendiconto.pipeline import Edition
    from rendiconto.workspace import Workspace

EditionOption = Annotated[int | None, typer.Option("--edition", help="Year of the edition (the workspace's, else 2024).")]
AsPublished = Annotated[bool, typer.Option("--as-published", help="Print every figure as the source did, errata aside.")]
DataVersion = Annotated[
    int | None, typer.Option("--data-version", help="An earlier state of the workspace's data (see deliveries).")
]
SeverityOption = Annotated[Severity, typer.Option("--severity", help="Exit with 1 on findings of at least this severity.")]
OutFile = Annotated[Path | None, typer.Option("--out", help="File to write (standard output by default).")]


def here() -> "Workspace | None":
    """The workspace that the command stands in, if any."""
    from rendiconto.workspace import find_workspace

    return find_workspace()


def needed_workspace() -> "Workspace":
    """The workspace that the command stands in; without one it cannot work."""
    from rendiconto.errors import RendicontoError

    workspace = here()
    if workspace is None:
        raise RendicontoError("this is not a workspace", str(Path.cwd()), "Make one with `rendiconto init DIR` and go into it.")
    return workspace


def loaded(edition: int | None, version: int | None = None) -> "Edition":
    """The edition of the workspace that the command stands in, else the packaged one."""
    from rendiconto.pipeline import load_edition

    return load_edition(edition, workspace=here(), version=version)


def out_folder(out: Path | None) -> Path:
    """Where reports go: where it is asked for, else the workspace's folder, else ``out``."""
    workspace = here()
    return out or (workspace.out if workspace else Path("out"))


def format_names(listed: str) -> tuple[str, ...]:
    """The formats of a comma-separated list, each once and known."""
    from rendiconto.pipeline import check_formats

    return check_formats([name.strip() for name in listed.split(",") if name.strip()])


def write_result(content: bytes, out: Path | None) -> None:
    """Put a result where it was asked for: a file, whole or not at all, or standard output."""
    import sys

    from rendiconto.errors import RendicontoError
    from rendiconto.wholefiles import write_whole

    if out is None:
        sys.stdout.buffer.write(content)
        return
    try:
        write_whole(out, content)
    except OSError as error:
        raise RendicontoError(f"cannot write: {error.strerror}", str(out), "Give a file that you may write to.") from None
    print(out)
