"""Blocks packed into a Word file: python-docx keeps parts, relations and pictures; styles and lists are our own."""

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from rendiconto.render.archive import read_zip, write_zip
from rendiconto.render.docx.blocks import Block
from rendiconto.render.docx.wordxml import BULLETS, NAMESPACES, BodyWriter, ordered_series

LANGUAGE: Final = "it-IT"
_FOLDER: Final = Path(__file__).parent
_CUSTOM: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_CUSTOM_TYPE: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT_ID: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_UNWANTED: Final = ("/thumbnail", "/stylesWithEffects", "/customXml", "/webSettings")
"""Relations of the library's own template that say nothing of our file."""
_APPLICATION: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Rendiconto</Application></Properties>"
)
_UPRIGHT, _SIDEWAYS = (11906, 16838), (16838, 11906)
_MARGIN_X, _MARGIN_TOP, _MARGIN_BOTTOM = 1077, 1304, 1247


@dataclass(frozen=True)
class FileMetadata:
    """What the file says of itself; ``date`` is an ISO date, ``properties`` are custom ones (name, value)."""

    title: str
    running: str
    date: str
    keywords: str = ""
    description: str = ""
    properties: tuple[tuple[str, str], ...] = field(default=())


def write_word_file(blocks: Iterable[Block], metadata: FileMetadata) -> bytes:
    """The file. The same blocks give the same bytes."""
    from docx import api
    from docx.oxml import parse_xml

    blocks = tuple(blocks)
    word = api.Document()
    _tidy_package(word)
    word.part._styles_part._element = parse_xml((_FOLDER / "styles.xml").read_bytes())  # noqa: SLF001
    word.part.numbering_part._element = parse_xml(_numbering(tuple(ordered_series(blocks))))  # noqa: SLF001
    word.part._settings_part._element = parse_xml((_FOLDER / "settings.xml").read_bytes())  # noqa: SLF001
    references = _running_lines(word, metadata)
    writer = BodyWriter(
        add_image=lambda png: _add_image(word, png),
        add_link=lambda target: _add_link(word, target),
        section=_Sections(references).properties,
    )
    body = parse_xml(writer.body(blocks))
    element = word.element
    element.replace(element.body, body)
    _describe(word, metadata)
    stream = io.BytesIO()
    word.save(stream)
    return write_zip(read_zip(stream.getvalue()))


def _tidy_package(word: Any) -> None:
    for owner in (word.part.package, word.part):
        for key in [key for key, relation in owner.rels.items() if relation.reltype.endswith(_UNWANTED)]:
            owner.rels.pop(key)


def _running_lines(word: Any, metadata: FileMetadata) -> str:
    """Header and footer of every page but the first; gives the references that a section has to them."""
    from docx.oxml import parse_xml

    section = word.sections[0]
    for part, style, content in (
        (section.header, "Header", _run(metadata.running)),
        (section.footer, "Footer", f"{_run('Pagina ')}{_field('PAGE')}{_run(' di ')}{_field('NUMPAGES')}"),
    ):
        part.is_linked_to_previous = False
        element = part._element  # noqa: SLF001
        for child in list(element):
            element.remove(child)
        element.append(parse_xml(f'<w:p {NAMESPACES}><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'))
    kinds = {f"{child.tag.rpartition('}')[2]}": child for child in section._sectPr if "Reference" in child.tag}  # noqa: SLF001
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    return "".join(f'<w:{name} w:type="default" r:id="{kinds[name].get(relation)}"/>' for name in sorted(kinds, reverse=True))


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


class _Sections:
    """Section properties: the first section carries the header and footer, later ones inherit them."""

    def __init__(self, references: str) -> None:
        self.references = references
        self.first = True

    def properties(self, sideways: bool) -> str:
        width, height = _SIDEWAYS if sideways else _UPRIGHT
        turned = ' w:orient="landscape"' if sideways else ""
        references, title = (self.references, "<w:titlePg/>") if self.first else ("", "")
        self.first = False
        return (
            f'<w:sectPr>{references}<w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
            f'<w:pgMar w:top="{_MARGIN_TOP}" w:right="{_MARGIN_X}" w:bottom="{_MARGIN_BOTTOM}" w:left="{_MARGIN_X}" '
            f'w:header="624" w:footer="624" w:gutter="0"/>{title}</w:sectPr>'
        )


def _numbering(series: tuple[int, ...]) -> bytes:
    """``numbering.xml`` with one list for each ordered series, so that each begins at 1."""
    lists = "".join(
        f'<w:num w:numId="{BULLETS + number}"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for number in series
    )
    template = (_FOLDER / "numbering.xml").read_text(encoding="utf-8")
    return template.replace("</w:numbering>", f"{lists}</w:numbering>").encode()


def _add_image(word: Any, png: bytes) -> tuple[str, float]:
    relation, image = word.part.get_or_add_image(io.BytesIO(png))
    return relation, image.px_height / image.px_width


def _add_link(word: Any, target: str) -> str:
    from docx.opc.constants import RELATIONSHIP_TYPE

    relation: str = word.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    return relation


def _describe(word: Any, metadata: FileMetadata) -> None:
    """Core, custom and application properties, dated by the data."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    core = word.core_properties
    moment = datetime.fromisoformat(metadata.date).replace(tzinfo=UTC)
    core.title, core.subject, core.language = metadata.title, metadata.running, LANGUAGE
    core.author = core.last_modified_by = "Rendiconto"
    core.keywords, core.comments, core.category = metadata.keywords, metadata.description, ""
    core.created = core.modified = moment
    core.revision = 1
    package = word.part.package
    for part in package.iter_parts():
        if part.partname == "/docProps/app.xml":
            part._blob = _APPLICATION.encode()  # noqa: SLF001
    if metadata.properties:
        custom = Part(PackURI("/docProps/custom.xml"), _CUSTOM_TYPE, _custom(metadata.properties), package)
        package.relate_to(custom, _CUSTOM)


def _custom(properties: tuple[tuple[str, str], ...]) -> bytes:
    entries = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{number}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties, start=2)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{entries}</Properties>'
    ).encode()
