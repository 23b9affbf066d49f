"""Audits as a page."""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from rendiconto.check.claims import Operation
from rendiconto.document.claims import AuditReport, Coverage, JudgedClaim, Passage, Verdict
from rendiconto.render.audits.html import render_html
from rendiconto.render.audits.views import OPERATIONS_IT
from unit.render.audits.reports import (
    FIRST,
    INJECTIONS,
    OVERSTATED,
    RULES,
    SECOND,
    THIRD,
    full_report,
    hostile_report,
    report_of,
)

every_report = pytest.mark.parametrize(
    "reports",
    [[full_report()], [report_of()], [full_report("a.txt"), full_report("b.txt")], [hostile_report()], []],
    ids=["full", "empty", "two", "hostile", "none"],
)


def page_of(*reports: AuditReport) -> html.HtmlElement:
    return html.document_fromstring(render_html(reports, {**RULES, "overstated": OVERSTATED}).decode())


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def text_alone(paragraph: html.HtmlElement) -> str:
    """A paragraph without its badges."""
    copy = html.fromstring(html.tostring(paragraph))
    for badge in copy.xpath(".//sup"):
        badge.drop_tree()
    return words(copy)


def note_at(page: html.HtmlElement, link: html.HtmlElement) -> html.HtmlElement:
    """The note that a link leads to."""
    (body,) = page.xpath("//*[@id=$id]", id=link.get("href")[1:])
    return body.getparent()


def claims_in(page: html.HtmlElement) -> list[html.HtmlElement]:
    return list(page.xpath("//p[contains(@class, 'text')]//a[contains(@id, '-affermazione-')]"))


@every_report
def test_the_page_is_whole_and_accessible(reports: list[AuditReport]) -> None:
    page = page_of(*reports)
    assert page.get("lang") == "it"
    assert len(page.findall(".//h1")) == 1
    assert len(page.findall(".//main")) == 1
    assert all(header.get("scope") in {"col", "row"} for header in page.iter("th"))
    assert all(table.find("caption") is not None for table in page.iter("table"))
    levels = [int(element.tag[1]) for element in page.iter("h1", "h2", "h3", "h4", "h5")]
    assert all(after <= before + 1 for before, after in pairwise(levels))


@every_report
def test_every_element_is_closed_where_it_should_be(reports: list[AuditReport]) -> None:
    source = render_html(reports, RULES).decode().split("<body>")[1].split("</body>")[0]
    etree.fromstring(f"<body>{source}</body>")


@every_report
def test_nothing_comes_from_elsewhere(reports: list[AuditReport]) -> None:
    content = render_html(reports, RULES).decode()
    page = page_of(*reports)
    assert not re.search(r"https?:|//[a-z]|url\(|@import", content)
    assert not list(page.iter("script", "img", "iframe"))
    assert [link.get("href") for link in page.iter("link")] == ["data:,"]
    assert all(link.get("href").startswith("#") for link in page.iter("a"))


@every_report
def test_ids_are_unique_and_links_lead_to_them(reports: list[AuditReport]) -> None:
    page = page_of(*reports)
    ids = Counter(page.xpath("//@id"))
    assert max(ids.values()) == 1
    assert {link.get("href")[1:] for link in page.iter("a")} <= set(ids)


def test_no_link_or_mark_stands_in_another() -> None:
    page = page_of(full_report())
    assert page.xpath("//a//a | //mark//mark") == []


def test_the_text_is_there_as_it_was_read() -> None:
    paragraphs = page_of(full_report()).xpath("//p[contains(@class, 'text')]")
    assert [text_alone(paragraph) for paragraph in paragraphs] == [" ".join(text.split()) for text in (FIRST, SECOND, THIRD)]


def test_headings_are_said_where_they_change() -> None:
    headings = [words(heading) for heading in page_of(full_report()).iter("h4")]
    assert headings == ["Popolazione e lavoro", "Entrate", "Errori (1)", "Informazioni (1)"]


def test_every_claim_is_marked_once_and_leads_to_its_note_and_back() -> None:
    report = full_report()
    page = page_of(report)
    links = claims_in(page)
    assert len(links) == len(report.claims)
    quoted: Counter[str] = Counter()
    for link in links:
        note = note_at(page, link)
        quoted[words(note.xpath(".//p[@class='quoted']")[0])] += 1
        back = note.xpath(".//a")[-1]
        assert back.get("href") == f"#{link.get('id')}"
    assert quoted == Counter(f"«{claim.text}»" for claim in report.claims)


def test_each_verdict_has_a_word_and_a_sign_in_the_text_and_in_the_note() -> None:
    page = page_of(full_report())
    signs = {"supported": ("✓", "verificata"), "contradicted": ("✗", "smentita"), "not-checkable": ("?", "non verificabile")}
    for link in claims_in(page):
        note = note_at(page, link)
        sign, word = signs[note.get("class").split()[-1]]
        assert sign in words(link)
        assert f"({word}, nota " in words(link)
        assert words(note.find("summary")).startswith(f"{sign} ")
        assert word.capitalize() in words(note.find("summary"))


def test_a_note_says_all_that_is_known() -> None:
    page = page_of(full_report())
    (link,) = [link for link in claims_in(page) if link.get("id").endswith("-6")]
    note = note_at(page, link)
    assert "open" in note.attrib
    text = words(note)
    assert "Smentita confronto" in text
    assert "Dovrebbe dire: inferiore: 68,3 contro 71,2" in text
    assert "Perché: Tasso di occupazione: 68,3; 71,2" in text
    rows = [[words(cell) for cell in row] for row in note.iter("tr")]
    assert rows == [
        ["Cosa", "Valore", "Cella"],
        ["Tasso di occupazione, Massa-Carrara, 2024", "68,3", "T9.0/massa-carrara/2024/r0/c2"],
        ["Tasso di occupazione, Regione Toscana, 2024", "71,2", "T9.0/massa-carrara/2024/r1/c2"],
    ]


def test_a_claim_without_remedy_or_cells_promises_none() -> None:
    page = page_of(full_report())
    (link,) = [link for link in claims_in(page) if link.get("id").endswith("-8")]
    text = words(note_at(page, link))
    assert "Nessuna cifra a riscontro." in text
    assert "Dovrebbe dire" not in text
    assert "Perché" not in text


def test_symbols_are_said_in_words() -> None:
    figures = [words(cell) for cell in page_of(full_report()).xpath("//td[contains(@class, 'figure')]")]
    assert "* (riservato)" in figures
    assert "n.d. (non disponibile)" in figures


def test_the_summary_counts_and_leads_to_what_is_contradicted() -> None:
    page = page_of(full_report())
    assert [words(item) for item in page.xpath("//ul[@class='tiles']/li")] == [
        "10 affermazioni",
        "✗ 3 smentite",
        "? 2 non verificabili",
        "✓ 5 verificate",
    ]
    assert "Copertura: 6 frasi con numeri o confronti, 4 controllate sui dati, 1 non compresa." in words(page)
    wrong = page.xpath("//ol[@class='wrong']/li")
    links = [item.find(".//a") for item in wrong]
    assert words(links[0]) == "«54.171»"
    (there,) = page.xpath("//*[@id=$id]", id=links[0].get("href")[1:])
    assert words(there.find("mark")) == "54.171"
    assert "Dovrebbe dire: 54.117 (2024, Massa-Carrara) Nota 2, riga 1" in words(wrong[0])


def test_counts_of_one_are_singular() -> None:
    report = full_report()
    page = page_of(replace(report, claims=report.claims[:1], coverage=Coverage(1, 1), unread=()))
    text = words(page)
    assert "1 affermazione ✗ 1 smentita ? 0 non verificabili" in text
    assert "Copertura: 1 frase con numeri o confronti, 1 controllata sui dati." in text


def test_pages_are_said_where_a_file_has_them() -> None:
    claim = JudgedClaim("12", 5, 7, Verdict.CONTRADICTED, "value")
    page = page_of(replace(report_of(claims=[claim]), passages=(Passage("Sono 12.", 0, 7, 1300),)))
    assert "Nota 1, pagina 7, riga 1.300" in words(page)


def test_sentences_not_understood_are_marked_and_listed() -> None:
    page = page_of(full_report())
    (item,) = page.xpath("//ol[@class='unread-list']/li")
    (there,) = page.xpath("//*[@id=$id]", id=item.find("a").get("href")[1:])
    assert there.get("href") == f"#{item.get('id')}"
    assert words(there.find("mark")) == "Le imprese artigiane restano 4.512."
    assert "(non compresa, frase … 1)" in words(there)


def test_findings_stand_worst_first_with_cells_and_rule() -> None:
    page = page_of(full_report())
    first, second = page.iter("article")
    assert words(first.find("h5")).startswith("Errore. Pensionati vale 54.171")
    assert "Come rimediare: con 27.449 la somma torna" in words(first)
    assert "► da verificare" in words(first)
    assert OVERSTATED.why_it in words(second)


def test_a_finding_on_words_alone_calls_no_figure_wrong() -> None:
    page = page_of(report_of(findings=[OVERSTATED.finding(("T17.0/massa-carrara/2024/r0/c2",), {"text": "molto"})]))
    (article,) = page.iter("article")
    assert [words(row) for row in article.iter("tr")] == ["Tavola o cella", "T17.0/massa-carrara/2024/r0/c2"]


def test_texts_are_told_apart_by_their_files() -> None:
    page = page_of(full_report("a.txt"), full_report("b.txt"))
    assert [words(heading) for heading in page.iter("h2")] == ["a.txt", "b.txt"]
    assert [words(item) for item in page.xpath("//nav[@aria-label='Testi']//li")] == ["a.txt 3 smentite", "b.txt 3 smentite"]
    assert page.findtext(".//title") == "Verifica dei testi"
    assert page_of(full_report("a.txt")).findtext(".//title") == "Verifica del testo: a.txt"


def test_nothing_found_is_said() -> None:
    text = words(page_of(report_of(["Una frase."])))
    for said in (
        "Nessuna affermazione è smentita dai dati.",
        "Nessun rilievo.",
        "Ogni frase con numeri o confronti è stata compresa.",
    ):
        assert said in text
    assert "Nel file non c’è testo da verificare." in words(page_of(report_of()))
    assert "Nessun testo esaminato." in words(page_of())


def test_a_claim_outside_all_passages_has_its_note_all_the_same() -> None:
    report = replace(full_report(), passages=())
    page = page_of(report)
    assert len(list(page.iter("details"))) == len(report.claims)
    assert "Affermazioni fuori dai paragrafi letti" in words(page)
    assert "Torna al testo" not in words(page)
    assert {link.get("href")[1:] for link in page.iter("a")} <= set(page.xpath("//@id"))


def test_every_operation_has_an_italian_name() -> None:
    assert set(OPERATIONS_IT) == {str(operation) for operation in Operation}


def test_text_of_a_file_is_never_markup() -> None:
    page = page_of(hostile_report())
    assert not list(page.iter("script", "b", "u", "i"))
    assert not {"\x1b", "\u202e"} & set(page.text_content())
    assert "<script>alert(1)</script>" in words(page)
    assert len(claims_in(page)) == len(INJECTIONS)


def test_line_ends_pages_and_soft_hyphens_are_not_spelled_out() -> None:
    page = page_of(report_of(["una\fpa\N{SOFT HYPHEN}rola\r\nsola"]))
    (paragraph,) = page.xpath("//p[contains(@class, 'text')]")
    assert words(paragraph) == "una parola sola"


claims = st.builds(
    lambda start, size, verdict: JudgedClaim("?", start, start + size, verdict, "value"),
    st.integers(0, 30),
    st.integers(0, 30),
    st.sampled_from(Verdict),
)


@settings(max_examples=60)
@given(st.text(alphabet="ab <>&\"'", min_size=1, max_size=30), st.lists(claims, max_size=6))
def test_however_claims_lie_the_page_is_well_formed_and_the_text_whole(text: str, found: list[JudgedClaim]) -> None:
    page = page_of(report_of([text], found))
    (paragraph,) = page.xpath("//p[contains(@class, 'text')]")
    assert text_alone(paragraph) == " ".join(text.split())
    assert len(claims_in(page)) == sum(claim.start <= len(text) for claim in found)
    assert len(list(page.iter("details"))) == len(found)
