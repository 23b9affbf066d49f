"""Audits for a terminal."""

from dataclasses import replace

from rendiconto.document.claims import AuditReport, Passage
from rendiconto.render.audits import render_audit
from rendiconto.render.audits.text import render_text
from unit.render.audits.reports import RULES, full_report, hostile_report, report_of
from unit.render.findings.reports import wrong_sum


def lines(*reports: AuditReport) -> list[str]:
    return render_text(reports, RULES).decode().splitlines()


def test_the_head_says_file_edition_and_coverage() -> None:
    assert lines(full_report())[:2] == [
        "comunicato.txt: Comunicato – Massa-Carrara (massa-carrara, edition 2024, data 2024.1)",
        "6 numeric or comparative sentences, 4 checked",
    ]
    assert lines(replace(report_of(), title=""))[0] == "comunicato.txt (massa-carrara, edition 2024, data 2024.1)"


def test_what_is_contradicted_stands_first_and_whole() -> None:
    found = lines(full_report())
    assert found[3] == "CONTRADICTED (3)"
    at = found.index("  line 2: “è superiore sia alla media regionale sia a quella nazionale”")
    assert found[at + 1 : at + 5] == [
        "    should say: inferiore: 68,3 contro 71,2",
        "    because: Tasso di occupazione: 68,3; 71,2",
        "    - T9.0/massa-carrara/2024/r0/c2 = 68,3 (Tasso di occupazione, Massa-Carrara, 2024)",
        "    - T9.0/massa-carrara/2024/r1/c2 = 71,2 (Tasso di occupazione, Regione Toscana, 2024)",
    ]


def test_a_claim_without_a_remedy_promises_none() -> None:
    found = lines(full_report())
    at = next(number for number, line in enumerate(found) if line.startswith("  line 4: “I beneficiari"))
    assert found[at + 1] == ""


def test_findings_stand_as_reports_of_findings_print_them() -> None:
    text = "\n".join(lines(full_report()))
    assert f"sum: {RULES['sum'].title}\n\n  error {wrong_sum().id} T31.0/massa-carrara/2024/r0/c0\n" in text
    assert "ERRORS (1)\n" in text
    assert "1 error, 0 warnings, 1 info, 0 waived\n" in text
    assert text.index("CONTRADICTED") < text.index("ERRORS") < text.index("5 supported") < text.index("NOT UNDERSTOOD")


def test_a_long_title_is_not_taken_for_a_finding() -> None:
    report = replace(full_report(), title="parola " * 60, claims=())
    assert lines(report)[3] == "ERRORS (1)"


def test_counts_come_with_the_reasons_of_what_cannot_be_checked() -> None:
    found = lines(full_report())
    at = found.index("3 contradicted")
    assert found[at : at + 5] == [
        "3 contradicted",
        "5 supported",
        "2 not checkable",
        "  1 × i dati non hanno la cifra",
        "  1 × un dato su cui poggia la frase è riservato",
    ]


def test_reasons_are_counted_the_commonest_first() -> None:
    report = full_report()
    second = [claim for claim in report.claims if claim.operation == "trend"]
    found = lines(replace(report, claims=(*report.claims, *second, replace(second[0], why=""))))
    assert found[found.index("4 not checkable") + 1 :][:3] == [
        "  2 × un dato su cui poggia la frase è riservato",
        "  1 × i dati non hanno la cifra",
        "  1 × no reason given",
    ]


def test_sentences_not_understood_are_listed_last() -> None:
    assert lines(full_report())[-2:] == ["NOT UNDERSTOOD (1)", "  line 4: “Le imprese artigiane restano 4.512.”"]


def test_pages_are_said_where_a_file_has_them() -> None:
    report = replace(report_of(), passages=(Passage("Sono 12.", 0, 7, 300),), unread=((0, 8),))
    assert lines(report)[-1] == "  page 7, line 300: “Sono 12.”"


def test_a_claim_outside_all_passages_is_told_without_a_place() -> None:
    assert "  “54.171”" in lines(replace(full_report(), passages=()))


def test_files_stand_one_below_the_other() -> None:
    found = lines(full_report("a.txt"), report_of(file="b.txt"))
    at = next(number for number, line in enumerate(found) if line.startswith("b.txt"))
    assert found[at - 1] == ""


def test_the_terminal_obeys_nothing_that_a_file_says() -> None:
    text = render_audit("text", [hostile_report()]).decode()
    assert not {"\x1b", "\t", "\u202e"} & set(text)
    assert "\\x1b[31m" in text
