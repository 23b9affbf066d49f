"""Culprits: the slips of a hand, and the one cell that explains several sums."""

from decimal import Decimal
from pathlib import Path

import pytest

from rendiconto.catalogue import load_catalogue
from rendiconto.check import check_data
from rendiconto.check.culprits import slip
from rendiconto.findings import Finding
from rendiconto.observations import load_observations


@pytest.mark.parametrize(
    ("observed", "mended", "name"),
    [
        ("1374", "1347", "digits exchanged"),
        ("1347", "1847", "digit"),
        ("137", "1347", "digit left out"),
        ("13477", "1347", "digit too many"),
        ("13470", "1347", "×10"),
        ("1347", "1347000", "÷1000"),
        ("-1347", "1347", "sign"),
        ("84.9", "94.8", ""),
        ("48.9", "84.9", "digits exchanged"),
        ("1347", "2500", ""),
    ],
)
def test_slips_are_told(observed: str, mended: str, name: str) -> None:
    assert slip(Decimal(observed), Decimal(mended)) == name


def findings_of(folder: Path, rows: str) -> list[Finding]:
    (folder / "popolazione_bilancio.csv").write_text("territory,period,value,status\n", encoding="utf-8")
    (folder / "pensionati.csv").write_text("territory,period,sex,value,status\n" + rows, encoding="utf-8")
    (folder / "version.yaml").write_text('version: "1"\ndate: "2025-01-01"\n', encoding="utf-8")
    catalogue = load_catalogue(2024)
    return check_data(catalogue, load_observations(catalogue, folder), focus=(), rules=["sum", "territory"])


UMBRIA = {"054": (100, 110), "055": (40, 50), "10": (140, 160)}


def rows(changed: dict[str, int], year: str = "2024") -> str:
    """Umbria and its provinces, women, men and total, with some figures changed."""
    lines = []
    for place, (women, men) in UMBRIA.items():
        for sex, value in (("F", women), ("M", men), ("T", women + men)):
            lines.append(f"{place},{year},{sex},{changed.get(place + sex, value)},")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("cell", ["054F", "055M", "054T", "10F", "10T"])
def test_the_cell_that_explains_every_broken_sum_comes_first(tmp_path: Path, cell: str) -> None:
    findings = findings_of(tmp_path, rows({cell: 777}))
    assert len(findings) == 2
    assert {finding.keys[0] for finding in findings} == {f"pensionati/{cell[:-1]}/2024/{cell[-1]}"}
    assert all("2 sums hold" in finding.hint for finding in findings)
    assert all("tornano 2 somme" in finding.hint_it for finding in findings)


def test_two_faults_have_two_culprits(tmp_path: Path) -> None:
    findings = findings_of(tmp_path, rows({"054F": 777, "055M": 5}))
    assert {finding.keys[0] for finding in findings} == {"pensionati/054/2024/F", "pensionati/055/2024/M"}


def test_alone_the_slip_of_a_hand_is_likelier(tmp_path: Path) -> None:
    findings = findings_of(tmp_path, "045,2024,F,2739,\n045,2024,M,26722,\n045,2024,T,54117,\n")
    (finding,) = findings
    assert finding.keys[0] == "pensionati/045/2024/F"
    assert "27.395" in finding.hint
    assert "a digit left out" in finding.hint


def test_among_equals_the_other_years_decide(tmp_path: Path) -> None:
    text = "045,2023,F,5000,\n045,2023,M,3000,\n045,2023,T,8000,\n045,2024,F,5100,\n045,2024,M,4322,\n045,2024,T,8150,\n"
    (finding,) = findings_of(tmp_path, text)
    assert finding.keys[0] == "pensionati/045/2024/M"


def test_a_withheld_figure_is_never_told(tmp_path: Path) -> None:
    text = "045,2024,F,,confidential\n045,2024,M,26722,\n045,2024,T,54117,\n"
    (tmp_path / "x").mkdir()
    (tmp_path / "pensionati.csv").write_text("territory,period,sex,value,status\n" + text, encoding="utf-8")
    (tmp_path / "version.yaml").write_text('version: "1"\ndate: "2025-01-01"\n', encoding="utf-8")
    catalogue = load_catalogue(2024)
    for finding in check_data(catalogue, load_observations(catalogue, tmp_path), focus=()):
        said = (finding.message, finding.message_it, finding.hint, str(finding.expected), *finding.values)
        assert not any("27395" in text.replace(".", "") for text in said)
