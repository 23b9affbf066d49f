"""Slides one by one: title first in the reading order, content, notes for who speaks, footer and number.

A figure can be traced to its cell: the box that shows one is named by the cell's address, a table by its part's.
"""

import io
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rendiconto.render.charts.typeface import BOLD, REGULAR, text_width
from rendiconto.render.pptx.theme import CAPTION, COVER, INK, KICKER, QUIET, TITLE, Box

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.shapes.base import BaseShape
    from pptx.slide import Slide

WIDER = 1.1
"""How much wider the deck's face is than the one whose widths we know."""

_TITLE_SIZES = (28, 25, 22, 20, 18, 16)
_LINE = 1.22
_LANGUAGE = "it-IT"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a text box: ``size`` in points; ``above`` the points of room over it."""

    text: str
    size: float
    bold: bool = False
    colour: str = INK
    above: float = 0


@dataclass
class SlideWriter:
    """Writes the slides of one deck; ``footer`` stands on each."""

    deck: "Presentation"
    footer: str
    titles: set[str] = field(default_factory=set)

    def add(self, layout: str, title: str, *, kicker: str = "") -> "Slide":
        """A slide with a title that no other has, as large as it can be set in its place."""
        slide = self.deck.slides.add_slide(self.deck.slide_layouts.get_by_name(layout))
        placeholder = slide.shapes.title
        assert placeholder is not None
        placeholder.text_frame.text = self._unique(title)
        if layout != COVER:
            _set_size(placeholder.text_frame.paragraphs[0], fitting_size(title, TITLE, _TITLE_SIZES, BOLD))
        if kicker:
            self.write(slide, KICKER, [Line(kicker, 13, bold=True, colour=QUIET)], name="Capitolo")
        return slide

    def _unique(self, title: str) -> str:
        number, candidate = 1, title
        while candidate in self.titles:
            number += 1
            candidate = f"{title} ({number})"
        self.titles.add(candidate)
        return candidate

    def write(self, slide: "Slide", box: Box, lines: Sequence[Line], *, name: str) -> "BaseShape":
        """A text box, named for who looks for it."""
        from pptx.dml.color import RGBColor
        from pptx.util import Pt

        shape = slide.shapes.add_textbox(*box.emu)
        shape.name = name
        frame = shape.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for number, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            if line.above:
                paragraph.space_before = Pt(line.above)
            run = paragraph.add_run()
            run.text = line.text
            run.font.size = Pt(line.size)
            run.font.bold = line.bold
            run.font.color.rgb = RGBColor.from_string(line.colour)
        return shape

    def picture(self, slide: "Slide", png: bytes, box: Box, *, name: str, alternative: str, middle: bool = False) -> None:
        """A picture as large as its box lets it be; ``middle`` puts it in the middle of the box's width."""
        left, top, width, height = box.emu
        shape = slide.shapes.add_picture(io.BytesIO(png), left, top, width=width)
        if shape.height > height:
            shape.width, shape.height = int(shape.width * height / shape.height), height
        if middle:
            shape.left = left + (width - shape.width) // 2
        shape.name = name
        describe(shape, alternative)

    def caption(self, slide: "Slide", lines: Sequence[str]) -> None:
        """What stands under a chart or table: table, source, notes."""
        text = " ".join(line for line in lines if line)
        size = fitting_size(text, CAPTION, (12, 11, 10, 9), REGULAR)
        self.write(slide, CAPTION, [Line(text, size, colour=QUIET)], name="Fonte e note")

    def bullets(self, slide: "Slide", texts: Sequence[str], sizes: Sequence[float] = (20, 18, 17, 16, 15, 14, 12)) -> None:
        """The text placeholder filled with items, as large as they can all be set."""
        from pptx.util import Pt

        body = next(shape for shape in slide.placeholders if shape.placeholder_format.idx == 1)
        box = Box(0, 0, body.width / 914400 - 0.4, body.height / 914400)
        size = next((size for size in sizes if _bullets_height(texts, box, size) <= box.height), sizes[-1])
        for number, text in enumerate(texts):
            paragraph = body.text_frame.paragraphs[0] if number == 0 else body.text_frame.add_paragraph()
            paragraph.text = text
            paragraph.space_after = Pt(size * 0.4)
            _set_size(paragraph, size)

    def notes(self, slide: "Slide", paragraphs: Sequence[str]) -> None:
        """What the speaker has before the eyes."""
        frame = slide.notes_slide.notes_text_frame
        assert frame is not None
        frame.text = "\n".join(text for text in paragraphs if text)

    def finish(self) -> None:
        """Footer and number on every slide but the first, and the language on every word."""
        for position, slide in enumerate(self.deck.slides):
            if position:
                self._add_footer(slide)
            _set_language(slide._element)  # noqa: SLF001
            if slide.has_notes_slide:
                _set_language(slide.notes_slide._element)  # noqa: SLF001
        for page in (self.deck.slide_master, *self.deck.slide_layouts):
            _set_language(page._element)  # noqa: SLF001

    def _add_footer(self, slide: "Slide") -> None:
        from pptx.enum.shapes import PP_PLACEHOLDER

        for shape in slide.slide_layout.placeholders:
            if shape.placeholder_format.type in {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}:
                copied = deepcopy(shape._element)  # noqa: SLF001
                slide.shapes._spTree.append(copied)  # noqa: SLF001
                copied.nvSpPr.cNvPr.set("id", str(max(shape.shape_id for shape in slide.shapes) + 1))
        for shape in slide.placeholders:
            if shape.placeholder_format.type is PP_PLACEHOLDER.FOOTER:
                shape.text_frame.text = self.footer


def describe(shape: Any, alternative: str) -> None:
    """The words that stand for a picture or table."""
    shape._element._nvXxPr.cNvPr.set("descr", alternative)  # noqa: SLF001  (no public way to an alternative text)


def fitting_size(text: str, box: Box, sizes: Sequence[float], weight: int) -> float:
    """The largest of ``sizes`` (points) at which the text stays in the box; else the least."""
    return next((size for size in sizes if text_height(text, box.width, size, weight) <= box.height), sizes[-1])


def one_line_size(text: str, width: float, most: float, weight: int) -> float:
    """The largest size up to ``most``, in whole points, at which a figure stands on one line of ``width`` inches."""
    return min(most, width * 72 // (text_width(text, 1, weight) * WIDER))


def text_height(text: str, width: float, size: float, weight: int) -> float:
    """Inches that a text takes in lines of ``width`` inches, words kept whole."""
    lines, used = 1, 0.0
    room = width * 72
    for word in text.split():
        length = text_width(word + " ", size, weight) * WIDER
        if used and used + length > room:
            lines, used = lines + 1, 0.0
        used += length
    return lines * size * _LINE / 72


def _bullets_height(texts: Sequence[str], box: Box, size: float) -> float:
    return sum(text_height(text, box.width, size, REGULAR) + size * 0.4 / 72 for text in texts)


def _set_size(paragraph: Any, size: float) -> None:
    from pptx.util import Pt

    for run in paragraph.runs:
        run.font.size = Pt(size)


def _set_language(element: Any) -> None:
    from pptx.oxml.ns import qn

    for run in element.iter(qn("a:r"), qn("a:fld")):
        run.get_or_add_rPr() if hasattr(run, "get_or_add_rPr") else None
    for properties in element.iter(qn("a:rPr"), qn("a:endParaRPr"), qn("a:defRPr")):
        properties.set("lang", _LANGUAGE)
