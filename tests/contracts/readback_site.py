"""Reads the site back as a screen reader does: each figure with the header cells that its ``headers`` name."""

from lxml import html
from readback import Files, GridId, ReadGrid, squeeze

ABSENT = "Dati non disponibili in questa edizione."


def read_grids(files: Files) -> dict[GridId, ReadGrid]:
    """Every part of every table page; a part without data is its section with the line that says so."""
    found: dict[GridId, ReadGrid] = {}
    for path in sorted(files):
        if path.endswith(".html"):
            page = html.document_fromstring(files[path].decode())
            assert len(page.xpath("//table[@data-table]")) == len(page.xpath("//section[@data-table]//table[@data-table]"))
            for section in page.xpath("//section[@data-table]"):
                where = (section.get("data-table"), int(section.get("data-part")))
                assert where not in found, f"{where} is there twice"
                found[where] = _read_section(page, section, where)
    return found


def _read_section(page: html.HtmlElement, section: html.HtmlElement, where: GridId) -> ReadGrid:
    tables = section.xpath(".//table")
    if not tables:
        assert ABSENT in squeeze(section.text_content()), f"{where} has neither figures nor a word about it"
        return ReadGrid((), (), ())
    (table,) = tables
    assert (table.get("data-table"), int(table.get("data-part"))) == where
    return _read_table(page, table)


def _read_table(page: html.HtmlElement, table: html.HtmlElement) -> ReadGrid:
    headers = {head.get("id"): head for head in table.xpath(".//th")}
    assert len(headers) == len(table.xpath(".//th")), "a header cell has no id of its own"
    assert all(len(page.xpath("//*[@id=$id]", id=name)) == 1 for name in headers), "an id stands twice in its page"
    above = {name for name, head in headers.items() if head.getparent().getparent().tag == "thead"}
    columns: tuple[str, ...] = ()
    rows, cells = [], []
    for row in table.xpath("./tbody/tr"):
        named = [cell.get("headers").split() for cell in row.xpath("./td")]
        over = tuple(_join(headers, [name for name in names if name in above]) for names in named)
        assert columns in ((), over), "the rows of a table disagree on its columns"
        columns = over
        beside = {_join(headers, [name for name in names if name not in above]) for names in named}
        assert len(beside) == 1, beside
        rows.append(beside.pop())
        cells.append(tuple(_figure(cell) for cell in row.xpath("./td")))
    return ReadGrid(columns, tuple(rows), tuple(cells))


def _join(headers: dict[str, html.HtmlElement], names: list[str]) -> str:
    return " / ".join(squeeze(headers[name].text_content()) for name in names)


def _figure(cell: html.HtmlElement) -> str:
    """What is printed, without the letters that lead to notes; a number says the same to scripts."""
    text = squeeze("".join(cell.xpath(".//text()[not(ancestor::sup)]")))
    if cell.get("data-value") is not None:
        assert text.replace(".", "").replace(",", ".").replace("−", "-") == cell.get("data-value"), cell.get("id")
    return text


def read_text(files: Files) -> str:
    """The text of every page in order, alternative texts of charts in place of their drawing."""
    texts = []
    for path in sorted(files):
        if path.endswith(".html"):
            page = html.document_fromstring(files[path].decode())
            for drawing in page.xpath("//*[local-name()='svg']"):
                drawing.getparent().replace(drawing, _alternative(drawing))
            texts += page.xpath("//text()[not(ancestor::script or ancestor::style)]")
    return squeeze(" ".join(texts))


def _alternative(drawing: html.HtmlElement) -> html.HtmlElement:
    text = html.Element("p")
    text.text = drawing.get("aria-label")
    return text
