"""What holds for any text: every character at its place, nothing lost, live figures borne out; renewed in place, itself."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from hand_texts import HEAD, draft, packaged_catalogue, packaged_reader
from rendiconto.document.claims import Verdict
from rendiconto.errors import RendicontoError
from rendiconto.texts.livesyntax import parse_live
from rendiconto.texts.markdown import parse_body
from rendiconto.texts.renewing import renew_draft

PIECES = st.sampled_from(
    [
        *(
            "parole",
            "8.924",
            "2024",
            " ",
            " ",
            "\n",
            "\n\n",
            "- ",
            "> ",
            "# ",
            "*",
            "**",
            "_",
            "[a](http://b.it)",
            "`c`",
            "\\*",
        ),
        *("&amp;", "{{ naspi_accolte }}", "==", "<b>", "![i](j)", "1. ", "à", "\\", "  \n", "NASpI", ".", "("),
    ]
)
MARKDOWN = st.lists(PIECES, max_size=25).map("".join)
CUBES = sorted(packaged_catalogue().cubes)


@given(MARKDOWN)
@settings(max_examples=150, deadline=None)
def test_every_figure_of_a_text_is_where_its_file_has_it(body: str) -> None:
    for block in parse_body(body).blocks:
        assert len(block.origin) == len(block.text) + 1
        for match in re.finditer(r"8\.924|2024|naspi_accolte", block.text):
            start = block.origin[match.start()]
            assert body[start : start + len(match[0])] == match[0]


@given(MARKDOWN)
@settings(max_examples=100, deadline=None)
def test_no_figure_of_a_text_is_lost(body: str) -> None:
    shown = " ".join(block.text for block in parse_body(body).blocks)
    assert shown.count("8.924") == body.count("8.924")


@given(
    st.sampled_from(CUBES), st.sampled_from(["valore", "variazione", "variazione_percentuale", "andamento", "quota", "mila"])
)
@settings(max_examples=80, deadline=None)
def test_what_a_live_figure_prints_is_borne_out(cube: str, told: str) -> None:
    try:
        inserted = packaged_reader().figures.insert(parse_live(f"{{{{ {cube} | {told} }}}}"))
    except RendicontoError as error:
        if not error.todo:
            raise
        return
    assert inserted.judged is not None
    assert (inserted.judged.verdict is Verdict.SUPPORTED) == (inserted.text not in ("n.d.", "*"))


@given(MARKDOWN)
@settings(max_examples=40, deadline=None)
def test_a_text_renewed_for_its_own_edition_has_the_same_words(body: str) -> None:
    reader = packaged_reader()
    done = renew_draft(draft(body), reader, reader)
    assert done.text.replace("==", "") == (HEAD + body).replace("==", "")
