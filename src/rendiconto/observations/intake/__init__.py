"""Intake: the files that offices send, in whatever format, become observations; all that is wrong is said at once.

``INTAKE`` has a reader for each format. Readers of binary formats run apart, with limits of memory and time.
"""

from importlib import import_module
from pathlib import Path

from rendiconto.errors import DataError, Place
from rendiconto.observations.intake.content import Content
from rendiconto.observations.intake.detect import detect_format

INTAKE: dict[str, str] = {
    "csv": "rendiconto.observations.intake.delimited:read_delimited",
    "xlsx": "rendiconto.observations.intake.spreadsheets:read_spreadsheet",
    "ods": "rendiconto.observations.intake.spreadsheets:read_spreadsheet",
    "parquet": "rendiconto.observations.intake.parquet:read_parquet",
    "sdmx-csv": "rendiconto.observations.intake.sdmx:read_sdmx_csv",
    "sdmx-ml": "rendiconto.observations.intake.sdmx:read_sdmx_ml",
    "json-stat": "rendiconto.observations.intake.jsonstat:read_jsonstat",
    "frictionless": "rendiconto.observations.intake.datapackage:read_datapackage",
}
"""Readers by format, loaded when used: path to contents."""

APART = {"xlsx", "ods", "parquet", "sdmx-ml"}
"""Formats whose readers are native code or could be led astray: they run in a process of their own."""

__all__ = ["INTAKE", "read_file"]


def read_file(path: Path) -> tuple[str, tuple[Content, ...]]:
    """The format of a file and what it holds; a file that is not there, cannot be read or is unsafe is a ``DataError``."""
    try:
        if not path.exists():
            raise DataError("there is no such file", Place(path))
        if not (path.is_file() or path.is_dir()):
            raise DataError("this is neither a file nor a folder", Place(path), "Name a file that an office sent.")
        name = detect_format(path)
        if name in APART:
            from rendiconto.quarantine import read_apart

            return name, read_apart(INTAKE[name], path)
        module, function = INTAKE[name].split(":")
        contents: tuple[Content, ...] = getattr(import_module(module), function)(path)
    except OSError as error:
        raise DataError(f"the file cannot be read: {error.strerror or error}", Place(path)) from None
    return name, contents
