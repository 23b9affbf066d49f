"""Findings for a terminal."""

from rendiconto.render.findings.text import render_text
from unit.render.findings.reports import INJECTIONS, RULES, full_report, not_delivered, report_of, unreadable, wrong_sum


def lines(*args: object) -> list[str]:
    return render_text(*args).decode().splitlines()  # type: ignore[arg-type]


def test_the_last_line_counts() -> None:
    assert lines(full_report())[-1] == "1 error, 1 warning, 1 info, 1 waived"
    assert lines(report_of(wrong_sum(), wrong_sum(1)))[-1] == "2 errors, 0 warnings, 0 infos, 0 waived"


def test_severities_stand_worst_first_whatever_the_order() -> None:
    report = report_of(not_delivered(), unreadable("a.csv row 2", "x"), wrong_sum())
    assert [line for line in lines(report) if line.endswith(" (1)")] == ["ERRORS (1)", "WARNINGS (1)", "INFOS (1)"]


def test_a_finding_says_all_that_it_knows() -> None:
    finding = wrong_sum()
    text = render_text(report_of(finding)).decode()
    assert f"  error {finding.id} T31.0/massa-carrara/2024/r0/c0\n    {finding.message}\n" in text
    assert "    hint: with 27.449 the sum holds\n" in text
    assert "    - T31.0/massa-carrara/2024/r0/c2 = 54.171\n" in text
    assert "    office: Coordinamento generale statistico attuariale\n" in text
    assert f"sum: {RULES['sum'].title}\n" in text


def test_more_than_six_cells_are_counted() -> None:
    text = render_text(report_of(not_delivered(9))).decode()
    assert text.count("= n.d.") == 6
    assert "    + 3 more\n" in text
    assert "more" not in render_text(report_of(not_delivered(6))).decode()


def test_waivers_say_who_and_why() -> None:
    assert "    waived by Nicolò Però until 2026-12-31: la fonte è così" in lines(full_report())


def test_lines_are_wrapped() -> None:
    report = report_of(unreadable("a.csv row 2", "parola " * 60))
    assert max(map(len, lines(report))) <= 100


def test_colour_is_only_there_when_asked_for_and_changes_no_word() -> None:
    plain, coloured = render_text(full_report()), render_text(full_report(), colour=True)
    assert b"\x1b" not in plain
    for code in (b"\x1b[1;31m", b"\x1b[1;33m", b"\x1b[1;36m", b"\x1b[0m"):
        assert code in coloured
        coloured = coloured.replace(code, b"")
    assert coloured == plain


def test_the_terminal_obeys_nothing_that_a_file_says() -> None:
    text = render_text(report_of(*(unreadable(f"{text}.csv row 2", text) for text in INJECTIONS))).decode()
    assert not {"\x1b", "\t", "\u202e"} & set(text)
    assert "\\x1b[31m" in text
