"""The body: a closed set of blocks and marks, every character at its place, the rest told."""

import pytest

from hand_texts import FIRST_LINE, checked, draft
from rendiconto.document.prose import MarkKind, ParagraphKind, TextMark
from rendiconto.texts.markdown import parse_body

BODY = """\
# Il *lavoro*

Le **domande** accolte sono {{ naspi_accolte | valore }}
e [altre](https://a.it "12") 8.924 \\{\\{ x &amp; y.

- uno
- due

  ancora
   1. ordinato

> citato *qui

Finale.
"""


def test_blocks_keep_their_kind_level_and_order() -> None:
    blocks = parse_body(BODY).blocks
    assert [(block.kind, block.level, block.ordered) for block in blocks] == [
        (ParagraphKind.HEADING, 1, False),
        (ParagraphKind.TEXT, 0, False),
        (ParagraphKind.ITEM, 1, False),
        (ParagraphKind.ITEM, 1, False),
        (ParagraphKind.TEXT, 0, False),
        (ParagraphKind.ITEM, 2, True),
        (ParagraphKind.QUOTE, 1, False),
        (ParagraphKind.TEXT, 0, False),
    ]
    assert [block.line for block in blocks] == [1, 3, 6, 7, 9, 10, 12, 14]


def test_marks_and_live_figures_stand_at_their_offsets() -> None:
    block = parse_body(BODY, 5).blocks[1]
    assert block.text == "Le domande accolte sono {{ naspi_accolte | valore }} e altre 8.924 {{ x & y."
    assert block.marks == (TextMark(3, 10, MarkKind.STRONG), TextMark(55, 60, MarkKind.LINK, "https://a.it"))
    (span,) = block.live
    assert block.text[span.start : span.end] == "{{ naspi_accolte | valore }}"
    assert span.line == 7


def test_every_figure_knows_where_it_stands_in_the_file() -> None:
    for block in parse_body(BODY).blocks:
        for at, character in enumerate(block.text):
            source = BODY[block.origin[at]]
            assert source == character or (character, source) in {(" ", "\n"), ("{", "\\")}


@pytest.mark.parametrize(
    ("body", "rule", "text", "printed"),
    [
        ("Un <script>alert(1)</script> testo", "unsupported_markup", "<script>", "Un <script>alert(1)</script> testo"),
        ("<div onclick='x()'>ciao</div>", "unsupported_markup", "<div onclick='x()'>", "<div onclick='x()'>ciao</div>"),
        ("![una foto](foto.png) sola", "unsupported_markup", "an image", "una foto sola"),
        ("Il `codice` qui", "unsupported_markup", "code", "Il codice qui"),
        ("    {{ x }}", "unsupported_markup", "a block of code", "{{ x }}"),
        ("```\nrm -rf\n```", "unsupported_markup", "a block of code", "rm -rf"),
        ("[qui](javascript:alert(1))", "unsafe_link", "javascript:alert(1)", "qui"),
        ("[qui](../../etc/passwd)", "unsafe_link", "../../etc/passwd", "qui"),
        ("<file:///etc/passwd>", "unsafe_link", "file:///etc/passwd", "file:///etc/passwd"),
    ],
)
def test_what_is_not_set_does_nothing_and_is_told(body: str, rule: str, text: str, printed: str) -> None:
    piece = checked(body)
    assert piece.piece.paragraphs[0].text == printed
    assert all(not sentence.marks for sentence in piece.piece.sentences)
    (finding,) = [finding for finding in piece.findings if finding.rule == rule]
    assert finding.cells == (f"testo.md:{FIRST_LINE}",)
    assert text in finding.message


def test_code_has_no_live_figures() -> None:
    assert draft("`{{ inventato | valore }}`").live == ((),)


def test_marks_for_review_are_not_printed() -> None:
    piece = checked("Prima. ==Da rivedere, forse.== Dopo.")
    assert piece.piece.paragraphs[0].text == "Prima. Da rivedere, forse. Dopo."
    assert [finding.rule for finding in piece.findings] == ["marked_sentence"]
    assert "Da rivedere, forse." in piece.findings[0].message
