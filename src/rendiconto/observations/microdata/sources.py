"""From what somebody names to Parquet files with the declared columns: files of a table, folders of tables, CSV made Parquet.

Engines read Parquet only, and only columns of the declared types: so that two engines read the same rows. CSV is turned into
Parquet piece by piece, each value held to its column's type; what cannot be read becomes a blank and is told with examples.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from rendiconto.catalogue.microtables import SYNTHETIC, ColumnType, MicroColumnModel, MicroTable
from rendiconto.errors import DataError, Place, RendicontoError
from rendiconto.findings import Finding
from rendiconto.observations.microdata.rules import microdata_finding
from rendiconto.observations.microdata.tally import EXAMPLES, MicroSource

if TYPE_CHECKING:
    import pyarrow as pa

_BLOCK = 16 << 20
_WORDS = {
    "integer": ("a whole number", "un numero intero"),
    "decimal": ("an exact decimal (no floating point)", "un decimale esatto (non in virgola mobile)"),
    "text": ("a text", "un testo"),
    "date": ("a date", "una data"),
    "boolean": ("true or false", "vero o falso"),
}
_PATTERNS = {
    "integer": r"^-?[0-9]{1,18}$",
    "date": r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
    "boolean": r"^(true|false|0|1)$",
}


@dataclass(frozen=True)
class Prepared:
    """A table ready to be counted, or why it cannot be."""

    source: MicroSource
    findings: tuple[Finding, ...]
    usable: bool


@runtime_checkable
class Origin(Protocol):
    """Where tables are: something that makes one ready to be counted."""

    def prepare(self, table: MicroTable, columns: tuple[str, ...]) -> Prepared:
        """The table, with what is wrong with its columns."""


def find_files(origin: Path, table: MicroTable) -> tuple[Path, ...]:
    """The files of a table: the file itself, or in a folder ``TABLE.parquet``, ``TABLE.csv`` or those of a folder ``TABLE``."""
    if origin.is_file():
        return (origin,)
    if not origin.is_dir():
        raise RendicontoError(
            "there is no such file or folder", str(origin), "Name a Parquet or CSV file, or a folder of tables."
        )
    for suffix in (".parquet", ".csv"):
        single = origin / f"{table.name}{suffix}"
        if single.is_file():
            return (single,)
        several = tuple(sorted((origin / table.name).glob(f"*{suffix}")))
        if several:
            return several
    todo = f"It should have {table.name}.parquet, {table.name}.csv, or such files in a folder {table.name}."
    raise RendicontoError(f"no table {table.name} is here", str(origin), todo)


def prepare_source(origin: Path, table: MicroTable, columns: tuple[str, ...], scratch: Path) -> Prepared:
    """The files of a table as Parquet, with what is wrong with their columns; CSV is written anew into ``scratch``."""
    files = find_files(origin, table)
    wrong: list[Finding] = []
    if all(file.suffix == ".csv" for file in files):
        files = tuple(_from_csv(file, table, scratch / f"{table.name}-{i}.parquet", wrong) for i, file in enumerate(files))
    for file in files:
        unusable = list(_wrong_columns(file, table, columns))
        if unusable:
            return Prepared(MicroSource(files), (*wrong, *unusable), usable=False)
    return Prepared(MicroSource(files), tuple(wrong), usable=True)


def _wrong_columns(file: Path, table: MicroTable, columns: tuple[str, ...]) -> Iterator[Finding]:
    """Columns that are not there, or not of the declared type."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        schema = pq.read_schema(file)
    except (pa.ArrowException, OSError) as error:
        raise DataError(f"the file is no Parquet: {(str(error).splitlines() or [''])[0][:200]}", Place(file)) from None
    for name in columns:
        model = table.columns[name]
        place = f"{file.name}!{name}"
        if name not in schema.names:
            yield wrong_column(place, name, model, None)
        elif not _fits(schema.field(name).type, model):
            yield wrong_column(place, name, model, str(schema.field(name).type))


def wrong_column(place: str, name: str, model: MicroColumnModel, found: str | None) -> Finding:
    """A column that is not there (``found`` None) or of a type that cannot be read as declared."""
    expected, expected_it = _WORDS[model.type]
    words = {"found": found} if found else {"found": "the column is missing", "found_it": "la colonna manca"}
    return microdata_finding("micro_column", place, column=name, expected=expected, expected_it=expected_it, **words)


def _fits(stored: "pa.DataType", model: MicroColumnModel) -> bool:
    """Whether a column as stored can be read as declared, exactly."""
    from pyarrow import types

    if types.is_dictionary(stored):
        stored = stored.value_type
    fits: dict[ColumnType, bool] = {
        "integer": types.is_integer(stored),
        "decimal": types.is_integer(stored) or (types.is_decimal(stored) and stored.scale <= model.decimals),
        "text": types.is_string(stored) or types.is_large_string(stored) or types.is_integer(stored),
        "date": types.is_date(stored) or types.is_timestamp(stored),
        "boolean": types.is_boolean(stored),
    }
    return fits[model.type]


def _from_csv(file: Path, table: MicroTable, target: Path, wrong: list[Finding]) -> Path:
    """A CSV file as Parquet with the declared types; columns that are not declared are left out."""
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet as pq

    declared = {**table.columns, SYNTHETIC: MicroColumnModel(type="boolean", title=SYNTHETIC)}
    refused: dict[str, Counter[str]] = {name: Counter() for name in declared}
    try:
        names = _header(file)
        options = pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""]
        )
        reader = pyarrow.csv.open_csv(file, pyarrow.csv.ReadOptions(block_size=_BLOCK), convert_options=options)
        kept = [name for name in reader.schema.names if name in declared]
        schema = pa.schema([(name, _arrow_type(declared[name])) for name in kept])
        with pq.ParquetWriter(target, schema) as writer:
            for batch in reader:
                arrays = [_typed(batch.column(name), declared[name], refused[name]) for name in kept]
                writer.write_batch(pa.record_batch(arrays, schema=schema))
    except (pa.ArrowException, UnicodeDecodeError, OSError) as error:
        raise DataError(f"the file cannot be read: {(str(error).splitlines() or [''])[0][:200]}", Place(file)) from None
    wrong.extend(_unreadable(file, declared, refused))
    return target


def _header(file: Path) -> list[str]:
    import csv

    with file.open(encoding="utf-8", newline="") as stream:
        return next(csv.reader(stream), [])


def _unreadable(file: Path, declared: dict[str, MicroColumnModel], refused: dict[str, Counter[str]]) -> Iterator[Finding]:
    for name, values in refused.items():
        if values:
            examples = ", ".join(repr(value) for value, _ in values.most_common(EXAMPLES))
            words = _WORDS[declared[name].type]
            yield microdata_finding(
                "micro_value",
                f"{file.name}!{name}",
                column=name,
                rows=str(values.total()),
                expected=words[0],
                expected_it=words[1],
                examples=examples,
            )


def _arrow_type(model: MicroColumnModel) -> "pa.DataType":
    import pyarrow as pa

    kinds: dict[ColumnType, Callable[[], pa.DataType]] = {
        "integer": pa.int64,
        "decimal": lambda: pa.decimal128(18, model.decimals),
        "text": pa.string,
        "date": pa.date32,
        "boolean": pa.bool_,
    }
    return kinds[model.type]()


def _typed(column: "pa.Array", model: MicroColumnModel, refused: Counter[str]) -> "pa.Array":
    """A column of texts in its declared type; what cannot be read is blank, and counted."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if model.type == "text":
        return column
    pattern = _PATTERNS.get(model.type) or rf"^-?[0-9]{{1,{18 - model.decimals}}}(\.[0-9]{{1,{model.decimals or 1}}})?$"
    fits = pc.match_substring_regex(column, pattern)
    texts = column.filter(pc.invert(fits), null_selection_behavior="drop")
    refused.update(texts.to_pylist())
    clean = pc.replace_with_mask(column, pc.fill_null(pc.invert(fits), pa.scalar(value=False)), pa.scalar(None, pa.string()))
    try:
        return clean.cast(_arrow_type(model))
    except pa.ArrowInvalid:  # a date such as 2024-02-30: looked at one by one
        return pa.array([_date(text, refused) for text in clean.to_pylist()], _arrow_type(model))


def _date(text: str | None, refused: Counter[str]) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        refused[text] += 1
        return None
