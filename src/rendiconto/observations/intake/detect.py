"""What a file really is, by its content; its name only tells texts apart. What is no delivery is refused, with what to do."""

import re
import zipfile
from pathlib import Path

from rendiconto.errors import DataError, Place

HEAD = 8192
_SAVE_AS = "Open it and save it as .xlsx (Excel workbook), .ods or CSV."
_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls), or one with a password", _SAVE_AS),
    (b"%PDF", "a PDF", "Ask for the data, or use `rendiconto read` for a published report."),
    (b"\x89PNG", "a picture", "Ask the office for the figures."),
    (b"\xff\xd8\xff", "a picture", "Ask the office for the figures."),
    (b"GIF8", "a picture", "Ask the office for the figures."),
    (b"\x1f\x8b", "a compressed file", "Unpack it first."),
    (b"Rar!", "a compressed file", "Unpack it first."),
    (b"7z\xbc\xaf", "a compressed file", "Unpack it first."),
    (b"{\\rtf", "a text document", "Ask the office for the figures in a spreadsheet."),
    (b"MZ", "a program", "Do not open it."),
    (b"\x7fELF", "a program", "Do not open it."),
)
_SPREADSHEET_NAMES = {".xlsx", ".ods", ".xls", ".xlsm", ".xlsb"}


def detect_format(path: Path) -> str:
    """The name of the reader that a file wants; refuses what none can read."""
    if path.is_dir():
        if (path / "datapackage.json").is_file():
            return "frictionless"
        raise DataError("this is a folder", Place(path), "Name the files in it, or a data package with its datapackage.json.")
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    if not head:
        raise DataError("the file is empty", Place(path), "Ask the office to send it again.")
    for magic, what, todo in _REFUSED:
        if head.startswith(magic):
            raise _refusal(path, what, todo)
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PK"):
        return _archive_format(path)
    return _text_format(path, head)


def _refusal(path: Path, what: str, todo: str) -> DataError:
    named = f" named {path.suffix}" if path.suffix.lower() in _SPREADSHEET_NAMES | {".csv", ".txt", ".parquet"} else ""
    return DataError(f"this is {what}{named}", Place(path), todo)


def _archive_format(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            mimetype = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise DataError(f"the file is damaged: {error}", Place(path), "Ask the office to send it again.") from None
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        raise _refusal(path, "a workbook with macros", "Save it as .xlsx, which has none.")
    if "xl/workbook.xml" in names:
        return "xlsx"
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    if "xl/workbook.bin" in names:
        raise _refusal(path, "a binary workbook (.xlsb)", _SAVE_AS)
    if any(name == "datapackage.json" or name.endswith("/datapackage.json") for name in names):
        return "frictionless"
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise _refusal(path, "a document, not a spreadsheet", "Ask the office for the figures in a spreadsheet.")
    raise _refusal(path, "a compressed folder", "Unpack it, and name the files in it.")


def _text_format(path: Path, head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    lowered = start[:1000].lower()
    if re.match(rb"(<!doctype html|<html|<table|<meta|<head)", lowered) or b"<html" in lowered:
        raise _refusal(path, "a web page", _SAVE_AS)
    if start.startswith(b"<"):
        return _xml_format(path, start)
    if path.suffix.lower() in _SPREADSHEET_NAMES:
        raise _refusal(path, "a text file", "Name it .csv if it holds delimited text, or save it as a workbook.")
    if start.startswith((b"{", b"[")):
        return _json_format(path, head)
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refusal(path, "a binary file of a kind that is not known", _SAVE_AS)
    first = start.split(b"\n", 1)[0].replace(b'"', b"").strip()
    if re.match(rb"(DATAFLOW|STRUCTURE)(\[.\])?\s*[,;\t]", first):
        return "sdmx-csv"
    return "csv"


def _xml_format(path: Path, start: bytes) -> str:
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise _refusal(path, "an XML file with a document type, which could name other files", "Export it without.")
    if b"sdmx" in start[:4000].lower():
        return "sdmx-ml"
    raise _refusal(path, "an XML file that is not SDMX", _SAVE_AS)


def _json_format(path: Path, head: bytes) -> str:
    if path.name == "datapackage.json" or (b'"resources"' in head and b'"profile"' in head):
        return "frictionless"
    if re.search(rb'"(class|version)"\s*:\s*"(dataset|collection|2\.0)"', head) or re.search(rb'"(size|dataset)"\s*:', head):
        return "json-stat"
    raise _refusal(path, "a JSON file that is neither JSON-stat nor a data package", "Export it as CSV.")
