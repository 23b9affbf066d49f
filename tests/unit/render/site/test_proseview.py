"""Prose as the pages show it: lists, quotations, and each sentence's figures."""

from rendiconto.document.claims import Evidence, JudgedClaim, Verdict
from rendiconto.document.prose import Paragraph, ParagraphKind, Sentence
from rendiconto.document.values import Status
from rendiconto.render.site.proseview import name_tables, view_prose


def test_runs_of_items_are_lists_and_evidence_is_said_once() -> None:
    evidence = Evidence("T17.0/massa-carrara/2024/r0/c2", None, Status.NORMAL, "8.924", "NASpI")
    apart = Evidence("naspi_accolte 045 2024", None, Status.NORMAL, "12", "")
    claims = tuple(JudgedClaim("8.924", 0, 5, Verdict.SUPPORTED, "value", (item,)) for item in (evidence, evidence, apart))
    items = [Paragraph((Sentence("uno", claims),), kind, 1, ordered) for kind, ordered in ORDER]
    blocks = view_prose(items, lambda cell: f"#{cell}", "x")
    assert [(block.tag, len(block.paragraphs)) for block in blocks] == [
        ("ul", 2),
        ("ol", 1),
        ("p", 1),
        ("p", 1),
        ("blockquote", 1),
    ]
    assert [(item.shown, item.target) for item in blocks[0].told[0].evidence] == [
        ("8.924", "#T17.0/massa-carrara/2024/r0/c2"),
        ("12", ""),
    ]


ORDER = (
    (ParagraphKind.ITEM, False),
    (ParagraphKind.ITEM, False),
    (ParagraphKind.ITEM, True),
    (ParagraphKind.TEXT, False),
    (ParagraphKind.TEXT, False),
    (ParagraphKind.QUOTE, False),
)


def test_every_sentence_has_an_id_of_its_own() -> None:
    items = [Paragraph((Sentence("uno"), Sentence("due"))), Paragraph((Sentence("tre"),))]
    blocks = view_prose(items, str, "c1")
    assert [s.id for block in blocks for p in block.paragraphs for s in p.sentences] == ["c1-1-1", "c1-1-2", "c1-2-1"]


def test_tables_are_said_in_short() -> None:
    assert name_tables(["3", "5", "G1"]) == "tavv. 3 e 5, graf. 1"
    assert name_tables(["3"]) == "tav. 3"
    assert name_tables([]) == "cifre"
