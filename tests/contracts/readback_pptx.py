"""Reads a deck back: figures from boxes named by a cell's address and from tables named by a part's."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pptx
from readback import Files, Shown, squeeze

CELL = re.compile(r"[TG]\d+\.\d+/[a-z0-9-]+/\d{4}/r\d+/c\d+")
PART = re.compile(r"[TG]\d+\.\d+/[a-z0-9-]+/\d{4}")
COMPARISON = "Confronto"
WORDS = 2
"""Columns of words at the left of the comparison."""


def open_deck(files: Files) -> Any:
    (content,) = files.values()
    return pptx.Presentation(io.BytesIO(content))


def read_shown(files: Files) -> list[Shown]:
    """Every figure of every slide, with what names it."""
    return [shown for slide in open_deck(files).slides for shape in slide.shapes for shown in read_shape(shape)]


def read_shape(shape: Any) -> Iterator[Shown]:
    if shape.has_table:
        rows = [[plain(cell) for cell in row.cells] for row in shape.table.rows]
        assert shape.table.first_row
        assert shape.table.first_col
        if shape.name == COMPARISON:
            yield from comparison(rows, WORDS)
        else:
            assert PART.fullmatch(shape.name), shape.name
            yield from part(shape.name, rows)
    elif CELL.fullmatch(shape.name):
        yield Shown(shape.text_frame.paragraphs[1].text.removesuffix("%"), ref=shape.name)


def comparison(rows: list[list[str]], words: int) -> Iterator[Shown]:
    """Key figures by name, and places over the columns."""
    for row in rows[1:]:
        for place, text in zip(rows[0][words:], row[words:], strict=True):
            yield Shown(text, label=row[0], place=place)


def part(name: str, rows: list[list[str]]) -> Iterator[Shown]:
    """A whole part: body rows and columns are counted as in the cell's address."""
    for number, row in enumerate(rows[1:]):
        for column, text in enumerate(row[1:]):
            yield Shown(text, ref=f"{name}/r{number}/c{column}", row=row[0], column=rows[0][1 + column])


def plain(cell: Any) -> str:
    """The text without the letters that lead to notes."""
    runs = [run for paragraph in cell.text_frame.paragraphs for run in paragraph.runs]
    return squeeze("".join(run.text for run in runs if run.font._element.get("baseline") is None))


def read_text(files: Files) -> str:
    """All text in reading order: alternatives of pictures and tables, and what the speaker has before the eyes."""
    texts = []
    for slide in open_deck(files).slides:
        for shape in slide.shapes:
            texts.append(shape._element._nvXxPr.cNvPr.get("descr", ""))
            if shape.has_table:
                texts += [plain(cell) for row in shape.table.rows for cell in row.cells]
            elif shape.has_text_frame:
                texts.append(shape.text_frame.text)
        if slide.has_notes_slide:
            texts.append(slide.notes_slide.notes_text_frame.text)
    return squeeze(" ".join(texts))
