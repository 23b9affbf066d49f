"""Blocks as WordprocessingML, written as text: a library that builds it element by element takes seconds for a report.

What cannot stand in XML 1.0 (control characters) is left out.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import count, pairwise
from xml.sax.saxutils import escape, quoteattr

from rendiconto.render.docx.blocks import (
    Block,
    Contents,
    Merge,
    Picture,
    Span,
    Style,
    Table,
    TableCell,
    TableRow,
    Text,
    Turn,
)

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
BULLETS = 1
"""The number of bulleted lists in ``numbering.xml``; ordered lists have those that follow."""
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TWIPS = 20
_EMU = 12_700
_TITLES = {Style.HEADING_1: "TOC1", Style.HEADING_2: "TOC2"}
_RULE = '<w:top w:val="single" w:sz="4" w:space="0" w:color="B9C3CE"/>'
_LAST_HEAD = '<w:bottom w:val="single" w:sz="6" w:space="0" w:color="17212E"/>'
_GROUP = '<w:bottom w:val="single" w:sz="4" w:space="0" w:color="B9C3CE"/>'

AddImage = Callable[[bytes], tuple[str, float]]
"""Takes a PNG into the package: its relation's id, and its height as a multiple of its width."""
AddLink = Callable[[str], str]
"""Takes an address outside the file: its relation's id."""


class BodyWriter:
    """Writes the body of one file; ``section`` gives the section properties of upright or sideways pages."""

    def __init__(self, add_image: AddImage, add_link: AddLink, section: Callable[[bool], str]) -> None:
        self.add_image = add_image
        self.add_link = add_link
        self.section = section
        self.ids = count(1)
        self.sideways = False

    def body(self, blocks: Iterable[Block]) -> str:
        """The body element."""
        blocks = tuple(blocks)
        written = "".join(self._block(block, blocks) for block in blocks)
        return f"<w:body {NAMESPACES}>{written}{self.section(self.sideways)}</w:body>"

    def _block(self, block: Block, blocks: tuple[Block, ...]) -> str:
        if isinstance(block, Text):
            return self._text(block)
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Picture):
            return self._picture(block)
        if isinstance(block, Contents):
            return self._contents(block, blocks)
        return self._turn(block)

    def _turn(self, turn: Turn) -> str:
        """The end of a section: its properties stand in the last paragraph of it."""
        if turn.sideways == self.sideways:
            return ""
        ended, self.sideways = self.sideways, turn.sideways
        small = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        return f"<w:p><w:pPr>{small}{self.section(ended)}</w:pPr></w:p>"

    def _text(self, text: Text) -> str:
        properties = f'<w:pStyle w:val="{text.style}"/>'
        if text.keep:
            properties += "<w:keepNext/>"
        if text.level:
            number = BULLETS + text.series
            properties += f'<w:numPr><w:ilvl w:val="{min(text.level, 9) - 1}"/><w:numId w:val="{number}"/></w:numPr>'
        runs = self._runs(text.spans)
        if text.anchor:
            mark = next(self.ids)
            name = quoteattr(text.anchor)
            runs = f'<w:bookmarkStart w:id="{mark}" w:name={name}/>{runs}<w:bookmarkEnd w:id="{mark}"/>'
        return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"

    def _runs(self, spans: Iterable[Span]) -> str:
        return "".join(self._run(span) for span in spans)

    def _run(self, span: Span) -> str:
        look = '<w:rStyle w:val="Hyperlink"/>' if span.target else ""
        look += "<w:b/>" if span.bold else ""
        look += "<w:i/>" if span.italic else ""
        look += '<w:vertAlign w:val="superscript"/>' if span.raised else ""
        run = f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{_words(span.text)}</w:r>"
        return f'<w:hyperlink r:id="{self.add_link(span.target)}" w:history="1">{run}</w:hyperlink>' if span.target else run

    def _contents(self, contents: Contents, blocks: tuple[Block, ...]) -> str:
        """The field, its entries already there: whoever reads it need not bring it up to date."""
        entries = [block for block in blocks if isinstance(block, Text) and block.style in _TITLES and block.anchor]
        begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
        begin += ' TOC \\o "1-2" \\h \\z </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        lines = []
        for position, entry in enumerate(entries):
            link = (
                f'<w:hyperlink w:anchor={quoteattr(entry.anchor)} w:history="1"><w:r>{_words(entry.text)}</w:r></w:hyperlink>'
            )
            style = f'<w:pPr><w:pStyle w:val="{_TITLES[entry.style]}"/></w:pPr>'
            lines.append(f"<w:p>{style}{'' if position else begin}{link}</w:p>")
        end = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        title = f'<w:p><w:pPr><w:pStyle w:val="{Style.CONTENTS_TITLE}"/></w:pPr><w:r>{_words(contents.title)}</w:r></w:p>'
        gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        field = "".join(lines) + end if lines else ""
        return f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{title}{field}</w:sdtContent></w:sdt>"

    def _picture(self, picture: Picture) -> str:
        relation, ratio = self.add_image(picture.png)
        width, height = int(picture.width * _EMU), int(picture.width * ratio * _EMU)
        number = next(self.ids)
        alt, name = quoteattr(_clean(picture.alt)), quoteattr(_clean(picture.name))
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{Style.PICTURE}"/></w:pPr><w:r><w:drawing>'
            f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
            f'<wp:docPr id="{number}" name={name} descr={alt}/>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
            f'<pic:nvPicPr><pic:cNvPr id="{number}" name={name} descr={alt}/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
            "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        )

    def _table(self, table: Table) -> str:
        columns = [round(width * _TWIPS) for width in table.widths]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
        properties = (
            f'<w:tblStyle w:val="Tavola"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="06A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" '
            'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
            f"<w:tblCaption w:val={quoteattr(_clean(table.title))}/>"
        )
        last_head = sum(row.header for row in table.rows) - 1
        rows = "".join(
            self._row(row, columns, keep=table.keep and row is not table.rows[-1], ends_head=position == last_head)
            for position, row in enumerate(table.rows)
        )
        return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"

    def _row(self, row: TableRow, columns: list[int], *, keep: bool, ends_head: bool) -> str:
        properties = "<w:cantSplit/>" + ("<w:tblHeader/>" if row.header else "")
        starts = [0]
        for cell in row.cells:
            starts.append(starts[-1] + cell.columns)
        cells = "".join(
            self._cell(cell, sum(columns[start:end]), _borders(row, cell, ends_head=ends_head), keep=keep)
            for cell, (start, end) in zip(row.cells, pairwise(starts), strict=True)
        )
        return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"

    def _cell(self, cell: TableCell, width: int, borders: str, *, keep: bool) -> str:
        properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        if cell.columns > 1:
            properties += f'<w:gridSpan w:val="{cell.columns}"/>'
        if cell.merge is not Merge.NONE:
            properties += f'<w:vMerge w:val="{cell.merge}"/>'
        properties += f"<w:tcBorders>{borders}</w:tcBorders>" if borders else ""
        look = f'<w:pStyle w:val="{cell.style}"/>' + ("<w:keepNext/>" if keep else "")
        look += f'<w:ind w:left="{cell.indent * 200}"/>' if cell.indent else ""
        return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:pPr>{look}</w:pPr>{self._runs(cell.spans)}</w:p></w:tc>"


def _borders(row: TableRow, cell: TableCell, *, ends_head: bool) -> str:
    if ends_head:
        return _LAST_HEAD
    if row.header:
        return _GROUP if cell.columns > 1 and cell.style is Style.COLUMN_GROUP else ""
    return _RULE if row.total or cell.merge is Merge.STARTS else ""


def _words(text: str) -> str:
    """The text of a run; what would be a line end in the file's own XML is a break."""
    pieces = [f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in _clean(text).splitlines() or [""]]
    return "<w:br/>".join(pieces)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def ordered_series(blocks: Iterable[Block]) -> Iterator[int]:
    """The numbers of the ordered lists that the blocks use, each once, in order."""
    yield from dict.fromkeys(block.series for block in blocks if isinstance(block, Text) and block.series)
