"""The single page, without a browser: ids, links, prose, nothing outside."""

import re
from functools import cache
from itertools import pairwise

import pytest
from documents import document_named
from lxml import html

from rendiconto.render import load_renderer
from sample_prose import with_prose

documents = pytest.mark.parametrize("name", ["sample", "report", "prose"])


@cache
def source(name: str) -> str:
    document = with_prose(document_named("report")) if name == "prose" else document_named(name)
    (content,) = load_renderer("html")(document).values()
    return content.decode()


@cache
def page(name: str) -> html.HtmlElement:
    return html.document_fromstring(source(name))


@documents
def test_ids_are_unique_and_links_lead_somewhere(name: str) -> None:
    ids = page(name).xpath("//@id")
    assert len(set(ids)) == len(ids)
    inside = [link for link in page(name).xpath("//a/@href") if link.startswith("#")]
    assert {link[1:] for link in inside} <= set(ids)
    assert len(inside) > 20


@documents
def test_nothing_is_outside_the_file(name: str) -> None:
    assert page(name).xpath("//script | //iframe | //link[@rel='stylesheet'] | //img") == []
    assert set(re.findall(r'url\("?([a-z]+):', source(name))) == {"data"}
    links = [link for link in page(name).xpath("//@href") if not link.startswith(("#", "data:"))]
    assert set(links) <= {"https://example.org/"}
    assert len(source(name)) < 3_000_000


@documents
def test_headings_go_down_one_level_at_a_time(name: str) -> None:
    levels = [int(head.tag[1]) for head in page(name).xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_prose_is_there_with_its_authors_and_its_figures() -> None:
    (presentation,) = page("prose").xpath("//section[h2='Presentazione']")
    assert presentation.xpath("string(.//strong)") == "comitato"
    assert (
        presentation.xpath("string(p[@class='byline'])") == "Anna Rossi, presidente del comitato; Ugo Bianchi – 31 maggio 2025"
    )
    assert presentation.xpath(".//ul/li[@class='depth-2']") != []
    chapters = page("prose").xpath("//section[@class='chapter'][.//button[@class='cells']]")
    assert len(chapters) == 10
