"""The site's files, without a browser: links, ids, headers, weight, policy."""

import gzip
import posixpath
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from urllib.parse import unquote, urlsplit

import pytest
from documents import DOCUMENTS, document_named
from lxml import html

from rendiconto.document import cell_text
from rendiconto.render.site import render_site

ATTACHMENTS = {"rendiconto.pdf": "documento accessibile", "rendiconto.xlsx": "foglio di calcolo"}
CHART = re.compile(rb'<svg class="chart".*?</svg>', re.DOTALL)
LIMIT = 200_000

documents = pytest.mark.parametrize("name", DOCUMENTS)


@cache
def site(name: str) -> dict[str, bytes]:
    """The files by their path in the site."""
    files = render_site(document_named(name), ATTACHMENTS)
    assert all(path.startswith("site/") for path in files)
    return {path.removeprefix("site/"): content for path, content in files.items()}


@cache
def pages(name: str) -> dict[str, html.HtmlElement]:
    return {path: html.document_fromstring(content.decode()) for path, content in site(name).items() if path.endswith(".html")}


def page_of_table(name: str, number: str) -> html.HtmlElement:
    return pages(name)[f"tavole/{number.lower()}/index.html"]


@documents
def test_there_is_a_page_for_everything(name: str) -> None:
    document = document_named(name)
    expected = {f"tavole/{table.number.lower()}/index.html" for table in document.tables}
    expected |= {f"capitoli/{chapter.number}-{chapter.slug}/index.html" for chapter in document.chapters}
    expected |= {f"{folder}/index.html" for folder in ("tavole", "metodo", "rettifiche", "glossario", "cerca", "scarica")}
    assert set(pages(name)) == expected | {"index.html"}


@documents
def test_ids_are_unique_in_each_page(name: str) -> None:
    for path, page in pages(name).items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), path


@documents
def test_every_link_leads_to_a_file_of_the_site_and_to_a_place_in_it(name: str) -> None:
    known = set(site(name)) | {f"scarica/{attachment}" for attachment in ATTACHMENTS}
    broken = []
    for path, page in pages(name).items():
        for target in page.xpath("//@href | //@src | //form/@action"):
            parts = urlsplit(target)
            if parts.scheme == "data":
                continue
            assert not parts.scheme, target
            assert not parts.netloc, target
            file = posixpath.normpath(posixpath.join(posixpath.dirname(path), parts.path)) if parts.path else path
            place = unquote(parts.fragment)
            if file not in known or (place and not pages(name)[file].xpath("//*[@id=$id]", id=place)):
                broken.append((path, target))
    assert not broken


@documents
def test_references_between_elements_hold(name: str) -> None:
    for path, page in pages(name).items():
        for names in page.xpath("//@aria-labelledby | //@headers | //@for | //@aria-describedby"):
            for one in names.split():
                assert page.xpath("//*[@id=$id]", id=one), (path, one)


@documents
def test_figures_carry_their_address_value_and_cube(name: str) -> None:
    for table in document_named(name).tables:
        page = page_of_table(name, table.number)
        for grid in table.grids:
            for cell in (cell for line in grid.cells for cell in line):
                (found,) = page.xpath("//td[@id=$ref]", ref=str(cell.ref))
                assert found.get("data-cube") == cell.cube
                assert found.get("data-value") == (None if cell.value is None else str(cell.value))
                assert "".join(found.xpath("./text()")).strip() == cell_text(cell)


@documents
def test_tables_have_captions_scopes_and_a_region_named_apart(name: str) -> None:
    for path, page in pages(name).items():
        for table in page.xpath("//table"):
            assert table.xpath("string(./caption)").strip(), path
            assert set(table.xpath(".//th/@scope")) <= {"col", "colgroup", "row", "rowgroup"}
            assert len(table.xpath(".//th[not(@scope)]")) == 0
            (region,) = table.xpath("ancestor::*[@role='region']")
            assert region.get("tabindex") == "0"
        names = [_name_of(page, region) for region in page.xpath("//*[@role='region']")]
        assert len(names) == len(set(names)), path
        assert all(names)


def _name_of(page: html.HtmlElement, element: html.HtmlElement) -> str:
    label = element.get("aria-label") or page.xpath("string(//*[@id=$id])", id=element.get("aria-labelledby"))
    return str(label)


@documents
def test_charts_say_in_words_what_they_show(name: str) -> None:
    drawn = 0
    for page in pages(name).values():
        for drawing in page.xpath("//*[local-name()='svg']"):
            drawn += 1
            assert drawing.get("role") == "img"
            assert len(drawing.get("aria-label")) > 20
            assert drawing.xpath("ancestor::figure/figcaption")
    # Wide and narrow on the table's page, narrow on the chapter's.
    assert drawn == 3 * sum(len(table.figures) for table in document_named(name).tables)


@documents
def test_pages_allow_no_script_or_style_of_their_own(name: str) -> None:
    for page in pages(name).values():
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert not page.xpath("//script[not(@src)] | //style | //*[@style] | //@*[starts-with(name(), 'on')]")


@documents
def test_structure_of_each_page(name: str) -> None:
    titles = []
    for path, page in pages(name).items():
        assert page.get("lang") == "it"
        assert len(page.xpath("//h1")) == 1, path
        assert len(page.xpath("//main")) == 1
        assert page.xpath("//body/*[1]/@href") == ["#contenuto"]
        levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3 | //h4")]
        assert all(after <= before + 1 for before, after in pairwise(levels)), path
        titles += page.xpath("//title/text()")
    assert len(set(titles)) == len(pages(name))


@documents
def test_each_page_is_light_charts_aside(name: str) -> None:
    files = site(name)
    for path, page in pages(name).items():
        assets = [
            posixpath.normpath(posixpath.join(posixpath.dirname(path), link)) for link in page.xpath("//link/@href | //@src")
        ]
        loaded = [CHART.sub(b"", files[path]), *(files[asset] for asset in assets if asset in files)]
        loaded += [content for asset, content in files.items() if asset.endswith(".ttf")]
        assert sum(len(gzip.compress(content, 6)) for content in loaded) < LIMIT, path


@documents
def test_scripts_are_few(name: str) -> None:
    for path, page in pages(name).items():
        scripts = [posixpath.basename(source) for source in page.xpath("//script/@src")]
        assert scripts == (["theme.js", "search.js"] if path == "cerca/index.html" else ["theme.js"])


def test_what_is_without_data_says_so() -> None:
    page = page_of_table("sample", "23")
    assert "Dati non disponibili in questa edizione." in page.text_content()
    assert not page.xpath("//table")
    assert not page.xpath("//a[@download][contains(@href, 'csv') or contains(@href, 'xlsx')]")


def test_labels_are_text_never_markup() -> None:
    listing = pages("sample")["tavole/index.html"].text_content()
    assert "Contatti & canali" in listing


def test_a_cell_under_nested_headings_names_them_outermost_first() -> None:
    page = page_of_table("sample", "31")
    by_id = {head.get("id"): head.text_content().strip() for head in page.xpath("//th")}
    (deep,) = {
        tuple(by_id[one] for one in cell.get("headers").split())[:3]
        for cell in page.xpath("//th[normalize-space()='di cui: anzianità']/following-sibling::td")
    }
    assert deep == ("Fondo pensioni lavoratori dipendenti", "Vecchiaia", "di cui: anzianità")


def test_the_page_of_downloads_names_what_the_build_made() -> None:
    page = pages("sample")["scarica/index.html"]
    assert [link for link in page.xpath("//a[@download]/@href") if "/" not in link] == list(ATTACHMENTS)
    alone = html.document_fromstring(render_site(document_named("sample"))["site/scarica/index.html"].decode())
    assert "Il Rendiconto intero" not in alone.text_content()


def test_neighbours_follow_the_order_of_the_report() -> None:
    document = document_named("report")
    numbers = [table.number for table in document.tables]
    assert page_of_table("report", numbers[0]).xpath("//a[@rel='prev']") == []
    for before, after in pairwise(numbers):
        (link,) = page_of_table("report", before).xpath("//a[@rel='next']/@href")
        assert link == f"../{after.lower()}/index.html"


def test_a_report_as_published_says_that_its_errors_are_printed_too() -> None:
    published = render_site(replace(document_named("sample"), as_published=True))["site/index.html"].decode()
    assert "Cifre come pubblicate dalla fonte, errori compresi." in published
    assert "errori compresi" not in site("sample")["index.html"].decode()
