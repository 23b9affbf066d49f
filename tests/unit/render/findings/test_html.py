"""Findings as a page."""

import re
from collections import Counter
from itertools import pairwise

import pytest
from lxml import html

from rendiconto.render.findings import FindingsReport
from rendiconto.render.findings.html import render_html
from unit.render.findings.reports import (
    ACTUARIES,
    HEALTH,
    INJECTIONS,
    RULES,
    full_report,
    not_delivered,
    report_of,
    unreadable,
    wrong_sum,
)


def page_of(report: FindingsReport) -> html.HtmlElement:
    return html.document_fromstring(render_html(report).decode())


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("report", [full_report(), report_of()], ids=["full", "empty"])
def test_the_page_is_whole_and_accessible(report: FindingsReport) -> None:
    page = page_of(report)
    assert page.get("lang") == "it"
    assert len(page.findall(".//h1")) == 1
    assert len(page.findall(".//main")) == 1
    assert all(header.get("scope") in {"col", "row"} for header in page.iter("th"))
    assert all(table.find("caption") is not None for table in page.iter("table"))
    levels = [int(element.tag[1]) for element in page.iter("h1", "h2", "h3", "h4")]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_nothing_comes_from_elsewhere() -> None:
    page = page_of(full_report())
    content = render_html(full_report()).decode()
    assert not re.search(r"https?:|//[a-z]|url\(|@import", content)
    assert not list(page.iter("script", "img", "iframe"))
    assert [link.get("href") for link in page.iter("link")] == ["data:,"]
    assert all(link.get("href").startswith("#") for link in page.iter("a"))


def test_ids_are_unique_and_links_lead_to_them() -> None:
    twin = unreadable("a.xlsx Foglio1", "x")
    page = page_of(report_of(wrong_sum(), twin, unreadable("a.xlsx Foglio1", "y")))
    ids = Counter(page.xpath("//@id"))
    assert max(ids.values()) == 1
    assert twin.id in ids
    assert {link.get("href")[1:] for link in page.iter("a")} <= set(ids)


def test_findings_stand_under_their_office_and_severity() -> None:
    page = page_of(full_report())
    assert [words(heading) for heading in page.iter("h2")] == [ACTUARIES, HEALTH, "Ufficio non indicato", "Deroghe"]
    assert [words(heading) for heading in page.iter("h3")] == ["Errori (1)", "Informazioni (1)", "Avvisi (1)"]
    assert words(page.xpath("//p/strong")[0]) == "1 errore, 1 avviso, 1 informazione, 1 in deroga."


def test_a_finding_says_all_that_it_knows() -> None:
    finding = wrong_sum()
    (article,) = page_of(report_of(finding)).iter("article")
    assert article.get("id") == finding.id
    assert words(article.find("h4")) == f"Errore. {finding.message_it}"
    text = words(article)
    assert "Come rimediare: con 27.449 la somma torna" in text
    assert RULES["sum"].title_it in text
    assert RULES["sum"].why_it in text
    rows = [[words(cell) for cell in row] for row in article.find("table").iter("tr")]
    assert rows[0] == ["Tavola o cella", "Dato", "Valore pervenuto", "Valore atteso"]
    assert rows[1] == ["T31.0/massa-carrara/2024/r0/c0 ► da verificare", "pensionati/045/2024/F", "27.395", ""]
    assert rows[2] == ["T31.0/massa-carrara/2024/r0/c2", "pensionati/045/2024/T", "54.171", "54.117"]


def test_the_page_is_all_in_italian() -> None:
    page = page_of(report_of(wrong_sum()))
    assert page.xpath("//*[@lang='en']") == []
    assert RULES["sum"].why not in words(page)


def test_no_findings_are_said() -> None:
    assert "Nessun rilievo aperto." in words(page_of(report_of()))


def test_text_of_a_file_is_never_markup() -> None:
    page = page_of(report_of(*(unreadable(f"{text}.csv row 2", text) for text in INJECTIONS)))
    assert not list(page.iter("script"))
    assert "<script>alert(1)</script>" in words(page)
    assert not {"\x1b", "\u202e"} & set(page.text_content())


def test_thousands_of_findings_are_all_there() -> None:
    report = report_of(*(wrong_sum(number) for number in range(3_000)), not_delivered(500))
    page = render_html(report)
    assert page.count(b"<article") == 3_001
