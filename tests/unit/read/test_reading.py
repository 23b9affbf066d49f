"""Reports read back from texts laid out by hand: whatever is lost, moved or added, figures are right or reported."""

from decimal import Decimal
from functools import cache

import pytest

from rendiconto.catalogue import Catalogue, load_catalogue
from rendiconto.document import Status
from rendiconto.errors import RendicontoError
from rendiconto.read.figures import read_token
from rendiconto.read.raw.plain import text_lines
from rendiconto.read.reading import ReadReport, read_report
from rendiconto.read.settling import How
from rendiconto.territory import Gazetteer, Territory


@cache
def catalogue() -> Catalogue:
    return load_catalogue(2024)


def massa() -> Territory:
    return Gazetteer.load().find("massa-carrara", 2024)


def read(text: str, territory: Territory | None = None) -> ReadReport:
    return read_report(text_lines(text), catalogue(), territory or massa())


def values(report: ReadReport, table: str, part: int = 0) -> list[list[Decimal | str | None]]:
    """Numbers, symbols, None where missing."""
    grid = next(grid for grid in report.document.grids if (grid.table, grid.part) == (table, part))
    return [
        [None if c.status is Status.MISSING else c.value if c.value is not None else c.status.symbol for c in row]
        for row in grid.cells
    ]


def rules(report: ReadReport, *, ignoring: tuple[str, ...] = ("absent_table",)) -> list[str]:
    return [finding.rule for finding in report.findings if finding.rule not in ignoring]


def numbers(*rows: str) -> list[list[Decimal | str | None]]:
    return [[Decimal(word) if word.lstrip("-")[:1].isdigit() else word for word in row.split()] for row in rows]


NASPI = """4.1 Tavola 21 - NASpI per genere – domande accolte – Provincia di Massa-Carrara
 NASpI
 2022 2023 2024
Femmine Maschi Totale Femmine Maschi Totale Femmine Maschi Totale
Massa-Carrara   4.714 3.473 8.187 4.908 3.730 8.638 4.961 3.963 8.924
Regione Toscana 78.954 51.496 130.450 81.660 57.369 139.029 84.367 61.383 145.750
Italia 1.108.493 893.502 2.001.995 1.145.416 986.144 2.131.560 1.201.697 1.065.515 2.267.212
Fonte: INPS
"""
NASPI_VALUES = numbers(
    "4714 3473 8187 4908 3730 8638 4961 3963 8924",
    "78954 51496 130450 81660 57369 139029 84367 61383 145750",
    "1108493 893502 2001995 1145416 986144 2131560 1201697 1065515 2267212",
)


def test_a_plain_table_is_read_by_its_labels() -> None:
    report = read(NASPI)
    assert values(report, "21") == NASPI_VALUES
    assert {placement.how for placement in report.placements.values()} == {How.LABEL}
    assert rules(report) == []


def test_a_wrapped_label_and_a_page_break_in_the_middle() -> None:
    text = NASPI.replace("Massa-Carrara   4.714", "Massa-\nCarrara\n\n4.714").replace(
        "Italia 1", "\n\n16\n\n\fRendiconto\nItalia 1"
    )
    assert values(read(text), "21") == NASPI_VALUES


def test_rows_run_together_are_told_apart() -> None:
    text = NASPI.replace("8.924\nRegione", "8.924 Regione").replace("Totale\nMassa-Carrara", "Totale Massa-Carrara")
    assert values(read(text), "21") == NASPI_VALUES


def test_a_lost_caption_is_made_up_for_by_the_title() -> None:
    text = NASPI.replace(NASPI.splitlines()[0], "").replace(" NASpI\n", "NASpI per genere – domande accolte\nNASpI\n")
    report = read(text)
    assert values(report, "21") == NASPI_VALUES
    assert rules(report) == ["displaced"]


def test_a_wrong_number_gives_way_to_the_title() -> None:
    report = read(NASPI.replace("Tavola 21", "Tavola 12"))
    assert values(report, "21") == NASPI_VALUES
    assert rules(report) == ["misnumbered"]


def test_another_number_of_years_is_read_with_the_years_printed() -> None:
    text = """5.2.1 Tavola 40 - Opzione Donna - domande accolte – Provincia di Massa-Carrara
Opzione Donna
 2021 2022 2023 2024
Massa-Carrara 50 47 26 6
Regione Toscana 2.000 1.946 1.001 395
"""
    report = read(text)
    assert values(report, "40") == numbers("50 47 26 6", "2000 1946 1001 395")
    assert rules(report) == ["other_periods"]
    grid = next(grid for grid in report.document.grids if grid.table == "40")
    assert [dict(cell.key)["period"] for cell in grid.cells[0]] == ["2021", "2022", "2023", "2024"]


def test_a_row_of_its_own_is_kept_and_reported() -> None:
    text = NASPI.replace("Italia 1", "Lunigiana 1 2 3 4 5 9 6 7 13\nItalia 1")
    report = read(text)
    grid = next(grid for grid in report.document.grids if grid.table == "21")
    assert values(report, "21")[:3] == NASPI_VALUES
    assert [leaf.label for leaf in grid.rows][3:] == ["Lunigiana"]
    assert values(report, "21")[3] == numbers("1 2 3 4 5 9 6 7 13")[0]
    assert rules(report) == ["extra_row"]


def test_a_table_that_nobody_knows_is_kept_as_it_stands() -> None:
    text = NASPI + "\n11.1 Tavola 70 – Biblioteche – Provincia di Massa-Carrara\n 2023 2024\nCarrara 3 4\nMassa 5 6\n"
    report = read(text)
    assert values(report, "70") == numbers("3 4", "5 6")
    assert rules(report) == ["unknown_table"]


def test_a_blank_cell_is_settled_by_the_sums() -> None:
    text = """6.1 Tavola 45 - Invalidità Civile - Prestazioni vigenti per genere – Provincia di Massa-Carrara
Invalidità Civile
2024
Femmine Maschi Totale
Indennità di accompagnamento 4.560 2.690 7.250
Pensioni di invalidità civile 1.657   1.657
Totale 6.217 2.690 8.907
"""
    report = read(text)
    assert values(report, "45") == numbers("4560 2690 7250", "1657 - 1657", "6217 2690 8907")
    assert {p.how for ref, p in report.placements.items() if ref.row == 1} == {How.IDENTITY}
    assert rules(report) == ["blank"]


def test_a_blank_that_no_sum_settles_is_not_guessed() -> None:
    text = """2.6 Tavola 26 - Tempi di erogazione CIGO – Provincia di Massa-Carrara
 Cassa Integrazione Ordinaria
 2023 2024
Massa-Carrara 5
Media Regionale 14 12
Media Nazionale 33 21
"""
    report = read(text)
    assert values(report, "26") == [[None, None], *numbers("14 12", "33 21")]
    assert rules(report) == ["not_placed"]


def test_letters_for_digits_are_read_with_a_doubt_that_the_sums_settle() -> None:
    report = read(NASPI.replace("3.730", "3.73O"))
    assert values(report, "21") == NASPI_VALUES
    assert rules(report) == ["doubtful"]
    placed = {ref.column: placement for ref, placement in report.placements.items() if ref.row == 0}
    assert (placed[4].how, placed[4].confidence) == (How.IDENTITY, Decimal("0.9"))


def test_a_digit_that_breaks_a_sum_is_reported() -> None:
    report = read(NASPI.replace("3.730", "3.780"))
    assert rules(report) == ["checksum"]
    (finding,) = [finding for finding in report.findings if finding.rule == "checksum"]
    assert "T21.0/massa-carrara/2024/r0/c4" in finding.cells


def test_a_share_above_a_hundred_is_reported() -> None:
    text = """2.10 Tavola 16 – Tasso di inattività – Provincia di Massa-Carrara
Tasso di inattività
  2022 2023 2024
Massa-Carrara 333 29,4 27,2
Regione Toscana 26,9 26,7 26,1
Italia 34,5 33,3 33,4
"""
    assert "impossible" in rules(read(text))


def test_symbols_are_read_as_what_they_mean() -> None:
    text = """6.5 Tavola 49 - Reddito di Libertà - domande presentate ed accolte – Provincia di Massa-Carrara
Reddito di Libertà
2022 2023 2024
Domande presentate Domande accolte Domande presentate Domande accolte Domande presentate Domande accolte
Massa-Carrara 7 * 4 - 10 n.d.
"""
    report = read(text)
    assert values(report, "49")[0] == [Decimal(7), "*", Decimal(4), "-", Decimal(10), None]


def test_the_same_text_in_another_order_of_pages_is_read_alike() -> None:
    other = NASPI.replace("Tavola 21", "Tavola 40").split("\n")[0] + "\nOpzione donna\n2022 2023 2024\nMassa-Carrara 47 26 6\n"
    one, two = read(NASPI + other), read(other + NASPI)
    assert values(one, "21") == values(two, "21") == NASPI_VALUES


def test_a_report_of_another_region_is_read_with_its_provinces() -> None:
    text = NASPI.replace("Massa-Carrara", "Lecce").replace("Regione Toscana", "Regione Puglia")
    report = read_report(text_lines(text), catalogue())
    assert report.territory.slug == "lecce"
    assert values(report, "21") == NASPI_VALUES


def test_a_text_that_does_not_say_whose_it_is_asks() -> None:
    with pytest.raises(RendicontoError) as caught:
        read_report(text_lines("Nessun luogo, 1 2 3"), catalogue())
    assert "--territory" in (caught.value.todo or "")


@pytest.mark.parametrize(
    ("token", "value", "doubt"),
    [
        ("1.347", "1347", False),
        ("−1.310", "-1310", False),
        ("84,9%", "84.9", False),
        ("384a", "384", False),
        ("1O.637", "10637", True),
        ("l.347", "1347", True),
        ("26.8461", "268461", True),
    ],
)
def test_tokens_that_are_figures(token: str, value: str, doubt: bool) -> None:
    figure = read_token(token)
    assert figure is not None
    assert figure.value == Decimal(value)
    assert bool(figure.doubt) is doubt


@pytest.mark.parametrize("token", ["Italia", "1.4", "0-14", "51.", "OO", "I", "S.p.A.", ""])
def test_tokens_that_are_none(token: str) -> None:
    assert read_token(token) is None
