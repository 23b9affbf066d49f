"""The deck's master: wide slides, the house's colours and face, places for title, text, footer and number.

python-pptx brings a plain template and no way to design one; the places of its master and layouts are set here, those that are
not used are taken out.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from pptx.presentation import Presentation

FONT = "Arial"
"""A face that every program that shows slides has, or has one as wide."""

BLUE, INK, QUIET, GROUND = "17508F", "17212E", "46525F", "EEF3F9"
COVER, TEXT, OPEN = "Title Slide", "Title and Content", "Title Only"
"""The layouts of the template that the deck uses."""

_COLOURS = {"dk1": INK, "lt1": "FFFFFF", "dk2": BLUE, "lt2": GROUND, "accent1": BLUE, "hlink": BLUE}
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[int, int, int, int]:
        """Left, top, width and height as the format counts them."""
        from pptx.util import Inches

        left, top, width, height = (int(Inches(side)) for side in (self.left, self.top, self.width, self.height))
        return left, top, width, height


SLIDE = Box(0, 0, 13.333, 7.5)
KICKER = Box(0.6, 0.3, 12.13, 0.35)
TITLE = Box(0.6, 0.62, 12.13, 1.05)
BODY = Box(0.6, 1.8, 12.13, 4.55)
CAPTION = Box(0.6, 6.4, 12.13, 0.5)
FOOTER = Box(0.6, 6.98, 11.0, 0.32)
NUMBER = Box(11.73, 6.98, 1.0, 0.32)
_COVER_TITLE = Box(0.9, 2.6, 11.5, 1.1)
_COVER_TEXT = Box(0.9, 3.8, 11.5, 1.6)
_BAND, _COVER_BAND = Box(0, 0, 13.333, 0.1), Box(0, 0, 0.4, 7.5)


def new_presentation() -> "Presentation":
    """An empty deck on the house's master."""
    import pptx
    from pptx.util import Inches

    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(SLIDE.width), Inches(SLIDE.height)
    for layout in list(deck.slide_layouts):
        if layout.name not in {COVER, TEXT, OPEN}:
            deck.slide_layouts.remove(layout)
    _colour(deck)
    _place(deck.slide_master, TITLE, BODY)
    for layout in deck.slide_layouts:
        cover = layout.name == COVER
        _place(layout, _COVER_TITLE if cover else TITLE, _COVER_TEXT if cover else BODY)
        _band(layout, _COVER_BAND if cover else _BAND)
    _style(deck.slide_master)
    _style_cover(deck.slide_layouts.get_by_name(COVER))
    return deck


def _place(page: Any, title: Box, body: Box) -> None:
    """Put the placeholders of a master or layout in their places; no dates on slides."""
    from pptx.enum.shapes import PP_PLACEHOLDER

    places = {
        PP_PLACEHOLDER.TITLE: title,
        PP_PLACEHOLDER.CENTER_TITLE: title,
        PP_PLACEHOLDER.BODY: body,
        PP_PLACEHOLDER.OBJECT: body,
        PP_PLACEHOLDER.SUBTITLE: body,
        PP_PLACEHOLDER.FOOTER: FOOTER,
        PP_PLACEHOLDER.SLIDE_NUMBER: NUMBER,
    }
    for shape in list(page.placeholders):
        box = places.get(shape.placeholder_format.type)
        if box is None:
            shape._element.getparent().remove(shape._element)  # noqa: SLF001  (python-pptx takes no shape away)
        else:
            shape.left, shape.top, shape.width, shape.height = box.emu


def _style(master: Any) -> None:
    """Titles left, bold, blue; text without much ado; footers quiet. Sizes are for a hall."""
    from pptx.enum.shapes import PP_PLACEHOLDER
    from pptx.enum.text import MSO_ANCHOR

    styles = master._element.find("{*}txStyles")  # noqa: SLF001
    for name, size, colour, bold in (("titleStyle", 28, BLUE, "1"), ("bodyStyle", 18, INK, "0")):
        for level in styles.find(f"{{*}}{name}"):
            level.set("algn", "l")
            properties = level.find("{*}defRPr")
            if properties is not None:
                properties.set("sz", str(size * 100))
                properties.set("b", bold)
                _fill(properties, colour)
    for shape in master.placeholders:
        frame = shape.text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.vertical_anchor = MSO_ANCHOR.TOP
        shape._element.txBody.bodyPr.set("anchor", "t")  # noqa: SLF001
        for level in shape._element.iter(f"{{{_DRAWING}}}lvl1pPr"):  # noqa: SLF001  (footer and number)
            level.set("algn", "r" if shape.placeholder_format.type is PP_PLACEHOLDER.SLIDE_NUMBER else "l")
        for properties in shape._element.iter(f"{{{_DRAWING}}}defRPr"):  # noqa: SLF001
            properties.set("sz", "1100")
            _fill(properties, QUIET)


def _style_cover(layout: Any) -> None:
    """The first slide speaks louder, beside a broad band; the others have a narrow one."""
    from pptx.enum.shapes import PP_PLACEHOLDER

    sizes = {PP_PLACEHOLDER.CENTER_TITLE: (48, BLUE), PP_PLACEHOLDER.SUBTITLE: (24, QUIET)}
    for shape in layout.placeholders:
        if shape.placeholder_format.type in sizes:
            size, colour = sizes[shape.placeholder_format.type]
            styles = shape._element.txBody.find("{*}lstStyle")  # noqa: SLF001
            styles.clear()
            level = etree.SubElement(styles, f"{{{_DRAWING}}}lvl1pPr", algn="l", marL="0", indent="0")
            etree.SubElement(level, f"{{{_DRAWING}}}buNone")
            _fill(etree.SubElement(level, f"{{{_DRAWING}}}defRPr", sz=str(size * 100)), colour)


def _band(page: Any, box: Box) -> None:
    """A blue band behind everything, of no meaning."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    left, top, width, height = box.emu
    shape = parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="99" name="Fascia"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill></p:spPr></p:sp>'
    )
    page._element.cSld.spTree.insert(2, shape)  # noqa: SLF001


def _fill(properties: Any, colour: str) -> None:
    for old in properties.findall("{*}solidFill"):
        properties.remove(old)
    fill = etree.SubElement(properties, f"{{{_DRAWING}}}solidFill")
    etree.SubElement(fill, f"{{{_DRAWING}}}srgbClr").set("val", colour)
    properties.insert(0, fill)


def _colour(deck: "Presentation") -> None:
    """Colours and faces of the theme, so that what people add afterwards looks the same."""
    from pptx.opc.constants import RELATIONSHIP_TYPE

    part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = etree.fromstring(part.blob)
    for name, colour in _COLOURS.items():
        (slot,) = theme.iter(f"{{{_DRAWING}}}{name}")
        for child in list(slot):
            slot.remove(child)
        etree.SubElement(slot, f"{{{_DRAWING}}}srgbClr").set("val", colour)
    for kind in ("majorFont", "minorFont"):
        (fonts,) = theme.iter(f"{{{_DRAWING}}}{kind}")
        fonts.find("{*}latin").set("typeface", FONT)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)  # noqa: SLF001
