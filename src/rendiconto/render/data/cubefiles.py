"""A cube as tidy data: one line per observation, as CSV and as Parquet, with the schema that describes both."""

import io
from decimal import Decimal
from typing import Any

from rendiconto.document import Origin, Status
from rendiconto.document.report import CubeData, DimensionData
from rendiconto.document.values import SYNTHETIC_MEANING
from rendiconto.render.data.tablecsv import csv_text, plain_decimal

Descriptor = dict[str, Any]

STATUS_MEANINGS = {
    Status.NORMAL: "C'è una cifra.",
    Status.NIL: "Fenomeno assente; nelle tavole è il segno -.",
    Status.CONFIDENTIAL: "Dato riservato, noto ma non divulgabile; nelle tavole è il segno *.",
    Status.MISSING: "Dato atteso e non pervenuto; nelle tavole è n.d.",
}
ORIGIN_MEANINGS = {
    Origin.DELIVERED: "Osservazione come l'ha fornita la fonte.",
    Origin.COMPUTED: "Calcolata da altre osservazioni con la formula del cubo o con una somma.",
    Origin.CORRECTED: "Osservazione mendata da una rettifica (errata.csv).",
    Origin.SYNTHETIC: SYNTHETIC_MEANING,
    Origin.NONE: "Nessun dato fornito.",
}
_PRECISIONS = (18, 38)
"""Digits of the Parquet decimals: those of a 64-bit number, and the most that there are."""


def cube_csv(cube: CubeData) -> str:
    """Dimensions, then value (plain decimal, empty where there is none), status, origin."""
    header = [*(dimension.name for dimension in cube.dimensions), "value", "status", "origin"]
    rows = ([*(code for _, code in o.key), _value_text(o.value), str(o.status), str(o.origin)] for o in cube.observations)
    return csv_text(header, rows)


def _value_text(value: Decimal | None) -> str:
    return "" if value is None else plain_decimal(value)


def cube_parquet(cube: CubeData) -> bytes:
    """The same observations; values are exact decimals."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    text = pa.string()
    names = [dimension.name for dimension in cube.dimensions]
    columns = {name: pa.array([o.key[position][1] for o in cube.observations], text) for position, name in enumerate(names)}
    columns["value"] = pa.array([o.value for o in cube.observations], pa.decimal128(*decimal_shape(cube)))
    columns["status"] = pa.array([str(o.status) for o in cube.observations], text)
    columns["origin"] = pa.array([str(o.origin) for o in cube.observations], text)
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream, compression="zstd", store_schema=False)
    return stream.getvalue()


def decimal_shape(cube: CubeData) -> tuple[int, int]:
    """Precision and scale that hold every value of the cube exactly."""
    values = [o.value for o in cube.observations if o.value is not None]
    scale = max([cube.decimals, *(d for _, _, d in cube.units), *(-_exponent(v) for v in values)])
    whole = max((v.adjusted() + 1 for v in values if v), default=1)
    return next(p for p in _PRECISIONS if p >= whole + scale), scale


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return exponent


def cube_schema(cube: CubeData) -> Descriptor:
    """The Table Schema: what each column means, which codes occur."""
    return {
        "fields": [
            *(_dimension_field(dimension) for dimension in cube.dimensions),
            _value_field(cube),
            _enum_field("status", "Stato", {str(k): v for k, v in STATUS_MEANINGS.items()}),
            _enum_field("origin", "Origine", {str(k): v for k, v in ORIGIN_MEANINGS.items()}),
        ],
        "missingValues": [""],
        "primaryKey": [dimension.name for dimension in cube.dimensions],
    }


def _dimension_field(dimension: DimensionData) -> Descriptor:
    labels = {code.code: code.label for code in dimension.codes}
    return _enum_field(dimension.name, dimension.title, labels)


def _enum_field(name: str, title: str, labels: dict[str, str]) -> Descriptor:
    return {
        "name": name,
        "title": title,
        "type": "string",
        # The standard's way to label codes, and the older one that most tools check.
        "categories": [{"value": value, "label": label} for value, label in labels.items()],
        "constraints": {"required": True, "enum": list(labels)},
    }


def _value_field(cube: CubeData) -> Descriptor:
    field: Descriptor = {
        "name": "value",
        "title": cube.title,
        "type": "number",
        "description": cube.perimeter,
        "unit": cube.unit,
        "decimals": cube.decimals,
    }
    if cube.units:
        field["units"] = [{"code": code, "unit": unit, "decimals": d} for code, unit, d in cube.units]
    return field
