"""Delimited text: any of the usual delimiters, UTF-8 or Windows-1252; tidy records as columns, any other layout as a sheet."""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rendiconto.errors import DataError, Place
from rendiconto.observations.intake.content import Content, Records, Sheet

if TYPE_CHECKING:
    import pyarrow as pa

MOST_BYTES = 2 << 30
LONGEST_LINE = 1 << 20
MOST_COLUMNS = 16_384
MOST_CELLS = 2_000_000
CHUNK = 1 << 20
DELIMITERS = (";", "\t", "|", ",")
VALUE_NAMES = {"value", "valore", "obs_value"}
_AGAIN = "Ask the office to send it again, as CSV in UTF-8."
_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_MOJIBAKE = re.compile("Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â‚¬|â€")


def read_delimited(path: Path) -> tuple[Content, ...]:
    """The file as tidy records where its first line names a value column, else as one sheet of texts."""
    text = _check(path)
    start = _start(path, text.encoding)
    delimiter = find_delimiter(start)
    line, header = _header(path, start, delimiter)
    if len(header) > MOST_COLUMNS:
        raise DataError(f"the file has {len(header)} columns", Place(path, line), f"At most {MOST_COLUMNS} can be read.")
    names = [name.strip() for name in header]
    if {name.casefold() for name in names} & VALUE_NAMES and len(set(names)) == len(names) and all(names):
        table = _table(path, text, delimiter, names, line)
        return (Records("", table, _RowPlace(line + 1), start=line + 1),)
    return (_sheet(path, text.encoding, delimiter),)


@dataclass(frozen=True, slots=True)
class _Text:
    """What a first look at the file told: its encoding, and whether fields are quoted."""

    encoding: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class _RowPlace:
    """Names a record as its line; ``first`` is that of the first record."""

    first: int

    def __call__(self, record: int, column: str) -> str:
        return f"row {record + self.first} ({column})"


def _header(path: Path, start: str, delimiter: str) -> tuple[int, list[str]]:
    """The first line that says something, and its number."""
    try:
        for line, row in enumerate(csv.reader(io.StringIO(start, newline=None), delimiter=delimiter), start=1):
            if any(row):
                return line, row
    except csv.Error as error:
        raise DataError(f"the file is no table: {error}", Place(path, 1), _AGAIN) from None
    raise DataError("the file holds nothing but blank lines", Place(path), _AGAIN)


def _check(path: Path) -> _Text:
    """Go through the file once: its size, the length of its lines, its encoding, whether it has quotes."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise DataError(f"the file has {size >> 20} MB", Place(path), f"At most {MOST_BYTES >> 20} MB can be read.")
    line, since, utf8, quoted = 1, 0, True, False
    decoder = _decoder("utf-8")
    wide = _byte_order(path)
    if wide:
        return _Text(wide, quoted=True)
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            since = _longest(path, chunk, line, since)
            if b"\0" in chunk:
                raise DataError("the file is damaged: it holds bytes that are no text", Place(path, line), _AGAIN)
            if utf8:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    utf8 = False
            if not utf8 and (bad := _UNDEFINED.search(chunk)):
                where = line + chunk[: bad.start()].count(b"\n")
                raise DataError("the letters are damaged: neither UTF-8 nor Windows-1252", Place(path, where), _AGAIN)
            line += chunk.count(b"\n")
            quoted = quoted or b'"' in chunk
    if utf8 and _ends_amid_a_letter(decoder):
        raise DataError("the file ends in the middle of a letter", Place(path, line), _AGAIN)
    return _Text("utf-8-sig" if utf8 else "cp1252", quoted)


def _ends_amid_a_letter(decoder: Any) -> bool:
    try:
        decoder.decode(b"", True)  # noqa: FBT003 - the codec's own signature
    except UnicodeDecodeError:
        return True
    return False


def _decoder(encoding: str) -> Any:
    import codecs

    return codecs.getincrementaldecoder(encoding)()


def _byte_order(path: Path) -> str | None:
    """UTF-16, where a byte order mark says so (Excel's "Unicode text"); small files only."""
    with path.open("rb") as stream:
        head = stream.read(2)
    if head not in (b"\xff\xfe", b"\xfe\xff"):
        return None
    if path.stat().st_size > MOST_CELLS * 8:
        raise DataError("the file is too large for UTF-16", Place(path), _AGAIN)
    try:
        path.read_text(encoding="utf-16")
    except UnicodeError:
        raise DataError("the letters are damaged: the file says it is UTF-16 and is not", Place(path), _AGAIN) from None
    return "utf-16"


def _longest(path: Path, chunk: bytes, line: int, since: int) -> int:
    """The bytes since the last line break; refuses a line beyond bounds as soon as it is seen.

    A chunk is no longer than the longest line, so that only its first and last lines need a look.
    """
    first = max(chunk.find(b"\n"), chunk.find(b"\r")) if b"\n" not in chunk else chunk.find(b"\n")
    length = since + (first if first >= 0 else len(chunk))
    if length > LONGEST_LINE:
        raise DataError(f"a line is longer than {LONGEST_LINE >> 20} MB", Place(path, line), "This is not a table.")
    if first < 0:
        return length
    return len(chunk) - max(chunk.rfind(b"\n"), chunk.rfind(b"\r")) - 1


def _start(path: Path, encoding: str) -> str:
    """The first lines, whole."""
    with path.open(encoding=encoding) as stream:
        text = stream.read(1 << 16)
        return text + (stream.readline() if len(text) == 1 << 16 else "")


def find_delimiter(text: str) -> str:
    """The delimiter that cuts most lines into the same number of fields; a comma last, since it also begins decimals."""
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    best, most = ",", 0.0
    for delimiter in DELIMITERS:
        try:
            counts = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
        except csv.Error:  # a field without end: not this delimiter
            continue
        width, agreeing = max(counts.items(), key=lambda each: (each[0] > 1, each[1], each[0]), default=(1, 0))
        score = agreeing / max(len(lines), 1) if width > 1 else 0.0
        if score > most + 0.2 or (score > most and not most):
            best, most = delimiter, score
    return best


def _table(path: Path, text: _Text, delimiter: str, names: list[str], line: int) -> "pa.Table":
    """Every column as text; a blank field is null. ``names`` are those of the header in a line of the file."""
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    source: Any = str(path)
    if text.encoding not in ("utf-8-sig", "cp1252"):
        source = pa.BufferReader(path.read_text(encoding=text.encoding).encode())
    encoding = "windows-1252" if text.encoding == "cp1252" else "utf8"
    options = {
        "read_options": arrow_csv.ReadOptions(encoding=encoding, block_size=8 << 20, skip_rows=line, column_names=names),
        "parse_options": arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=text.quoted),
        "convert_options": arrow_csv.ConvertOptions(
            column_types={name: pa.string() for name in names}, strings_can_be_null=True, null_values=[""]
        ),
    }
    try:
        table = arrow_csv.read_csv(source, **options)
    except pa.ArrowInvalid as error:
        raise DataError(f"the file is no table: {_first_line(error)}", Place(path), _AGAIN) from None
    _check_letters_of_table(path, table)
    return table


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0][:200]


def _check_letters_of_table(path: Path, table: "pa.Table") -> None:
    """Damaged letters show in labels: each distinct one is looked at."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for name in table.column_names:
        column = table.column(name)
        if name.casefold() in VALUE_NAMES or not pa.types.is_string(column.type):
            continue
        for text in pc.unique(column).to_pylist():
            if text and _damaged(text):
                row = column.to_pylist().index(text) + 2
                raise _damage(path, row, text)


def _damaged(text: str) -> bool:
    return "\ufffd" in text or bool(_MOJIBAKE.search(text))


def _damage(path: Path, line: int, text: str) -> DataError:
    return DataError(f"letters were lost when the file was saved ({text[:40]!r})", Place(path, line), _AGAIN)


def _sheet(path: Path, encoding: str, delimiter: str) -> Sheet:
    rows: list[tuple[str | None, ...]] = []
    cells = 0
    with path.open(encoding=encoding) as stream:
        try:
            for line, row in enumerate(csv.reader(stream, delimiter=delimiter, strict=False), start=1):
                cells += len(row)
                if cells > MOST_CELLS or len(row) > MOST_COLUMNS:
                    what = f"the table has more than {MOST_CELLS} cells or {MOST_COLUMNS} columns"
                    raise DataError(what, Place(path, line), "Tidy records (with a column named value) may have more.")
                damaged = next((text for text in row if _damaged(text)), None)
                if damaged is not None:
                    raise _damage(path, line, damaged)
                rows.append(tuple(text or None for text in row))
        except csv.Error as error:
            raise DataError(f"the file is no table: {error}", Place(path), _AGAIN) from None
    return Sheet("", tuple(rows))
