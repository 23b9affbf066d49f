"""A dashboard's JSON: right figures pass, each planted slip is found at its place, and nothing else is."""

from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest

from rendiconto.audit.reconcile import Reconciled
from rendiconto.findings import Finding, Severity

Compare = Callable[..., Reconciled]

DASHBOARD: dict[str, Any] = {
    "titolo": "Cruscotto della provincia",
    "aggiornamento": "2025-06-30",
    "ammortizzatori": {
        "naspi": {"2022": 8187, "2023": 8638, "2024": 8924},
        "domande": [{"label": "Domande NASpI", "anno": 2024, "femmine": 4961, "maschi": 3963, "totale": 8924}],
    },
    "grafici": [
        {
            "type": "line",
            "data": {
                "labels": ["2022", "2023", "2024"],
                "datasets": [{"label": "NASpI", "data": [8187, 8638, 8924], "borderColor": "#2f6fed"}],
            },
        },
        {
            "type": "pie",
            "data": {"labels": ["Femmine", "Maschi"], "datasets": [{"label": "Pensionati", "data": [27395, 26722]}]},
        },
    ],
    "pensioni": {"pensionati": 54117, "pensioni vigenti": 59542},
    "lavoro": {
        "assunzioni": {"2024": {"tempo indeterminato": 3997, "stagionale": 3548, "intermittente": 2283}},
        "tasso di occupazione": {"2022": Decimal("60.7")},
    },
    "durc": {"2024": {"irregolari": 1952}},
    "quota_durc_irregolari": Decimal("14.6"),
}


def plain(content: Any) -> Any:
    """Decimals as the floats that a dashboard's own program writes."""
    if isinstance(content, dict):
        return {key: plain(value) for key, value in content.items()}
    if isinstance(content, list):
        return [plain(value) for value in content]
    return float(content) if isinstance(content, Decimal) else content


def planted(*path: str | int, value: object) -> dict[str, Any]:
    """The dashboard with one value changed."""
    content = plain(deepcopy(DASHBOARD))
    node: Any = content
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return content  # type: ignore[no-any-return]


def serious(found: Reconciled) -> list[Finding]:
    return list(found.reaching(Severity.WARNING))


def test_a_right_dashboard_has_no_finding(compare_json: Compare) -> None:
    found = compare_json(plain(DASHBOARD))
    assert [finding.message for finding in found.findings] == []
    assert found.summary == {"matched": 19, "differing": 0, "unmatched": 0}


def test_exchanged_digits_are_named_as_such(compare_json: Compare) -> None:
    found = compare_json(planted("ammortizzatori", "naspi", "2022", value=8178))
    (finding,) = serious(found)
    assert finding.rule == "differs"
    assert finding.severity is Severity.ERROR
    assert finding.cells == ("dashboard.json $.ammortizzatori.naspi['2022']", "T21.0/massa-carrara/2024/r0/c2")
    assert (finding.expected, finding.observed) == (Decimal(8187), Decimal(8178))
    assert finding.values == ("8178", "8.187")
    assert finding.hint == "two digits exchanged"
    assert finding.message == "NASpI, domande accolte, Massa-Carrara, 2022: they have 8178, ours is 8.187"
    assert found.summary == {"matched": 18, "differing": 1, "unmatched": 0}


@pytest.mark.parametrize(
    ("path", "value", "hint"),
    [
        (("ammortizzatori", "naspi", "2024"), 8638, "it is the figure of 2023"),
        (("grafici", 1, "data", "datasets", 0, "data", 0), 26722, "it is the figure of Maschi"),
        (("ammortizzatori", "naspi", "2022"), 8187000, "multiplied by 1000"),
        (("ammortizzatori", "naspi", "2022"), 8.187, "divided by 1000"),
        (("durc", "2024", "irregolari"), 192, "a digit left out"),
    ],
)
def test_the_likely_slip_is_said(compare_json: Compare, path: tuple[str | int, ...], value: object, hint: str) -> None:
    found = [finding for finding in serious(compare_json(planted(*path, value=value))) if finding.rule == "differs"]
    assert [finding.hint for finding in found] == [hint]


def test_a_wrong_part_breaks_the_sum_beside_it_and_leads_the_finding(compare_json: Compare) -> None:
    found = serious(compare_json(planted("ammortizzatori", "domande", 0, "maschi", value=3936)))
    assert [finding.rule for finding in found] == ["differs", "does_not_add_up"]
    total = found[1]
    assert total.cells[0] == "dashboard.json $.ammortizzatori.domande[0].maschi"
    assert "8.924 ≠ 4.961 + 3.936" in total.message
    assert total.expected == Decimal(8897)


def test_pensioners_under_the_name_of_pensions_are_a_matter_of_perimeter(compare_json: Compare) -> None:
    (finding,) = serious(compare_json(planted("pensioni", "pensioni vigenti", value=54117)))
    assert finding.rule == "perimeter"
    assert finding.severity is Severity.WARNING
    assert finding.cells == ("dashboard.json $.pensioni['pensioni vigenti']", "T28.0/massa-carrara/2024/r0/c2")
    assert "Pensionati INPS, Massa-Carrara, 2024" in finding.message
    assert "una persona può averne più d'una" in finding.message_it


def test_applications_and_beneficiaries_in_one_series_are_a_matter_of_perimeter(compare_json: Compare) -> None:
    content = planted("grafici", 0, "data", "datasets", 0, "data", value=[8187, 8638, 11145])
    (finding,) = serious(compare_json(content))
    assert finding.rule == "perimeter"
    assert finding.cells[0] == "dashboard.json $.grafici[0].data.datasets[0].data[2]"
    assert "Beneficiari di ammortizzatori sociali per cessazione" in finding.message


def test_hires_by_contract_and_by_nationality_are_two_perimeters(compare_json: Compare) -> None:
    hires = {"tempo indeterminato": 3997, "stagionale": 3548, "italiani": 16370}
    (finding,) = serious(compare_json({"assunzioni": {"2024": hires}}))
    assert finding.rule == "perimeter"
    assert len(finding.cells) == 3
    assert "2 perimeters" in finding.message


def test_a_series_that_divides_a_whole_in_two_ways_counts_twice(compare_json: Compare) -> None:
    labels = ["Femmine", "Maschi", "Vecchiaia"]
    chart = {"labels": labels, "datasets": [{"label": "Pensioni IVS vigenti", "data": [32284, 27258, 17318]}]}
    found = [finding for finding in compare_json(chart).findings if finding.rule == "perimeter"]
    assert len(found) == 1
    assert "counted twice" in found[0].message


def test_a_total_of_what_are_no_parts_is_found(compare_json: Compare) -> None:
    found = compare_json({"pensionati": {"IVS": 48338, "beneficiari di assegni sociali": 2589, "totale": 50927}})
    assert (found.matched, found.differing) == (2, 1)
    added = [finding for finding in serious(found) if finding.rule == "perimeter" and "adds up" in finding.message]
    assert [finding.cells[0] for finding in added] == ["dashboard.json $.pensionati.totale"]


def test_a_list_of_indicators_is_no_mixed_series(compare_json: Compare) -> None:
    found = compare_json({"in breve": {"domande NASpI": 8924, "pensionati": 54117, "pensioni vigenti": 59542}})
    assert (found.matched, found.findings) == (3, ())


def test_a_rounded_figure_is_said_to_be_so_and_counts_as_ours(compare_json: Compare) -> None:
    found = compare_json(planted("quota_durc_irregolari", value=15))
    (finding,) = found.findings
    assert (finding.rule, finding.severity) == ("rounded", Severity.INFO)
    assert found.summary == {"matched": 19, "differing": 0, "unmatched": 0}


def test_figures_said_to_be_in_thousands_are_compared_as_such(compare_json: Compare) -> None:
    found = compare_json({"Pensionati (migliaia)": 54.1})
    assert [finding.rule for finding in found.findings] == ["rounded"]


def test_what_binary_arithmetic_leaves_is_no_difference(compare_json: Compare) -> None:
    assert compare_json('{"quota_durc_irregolari": 14.600000000000001}').matched == 1


def test_a_figure_that_names_no_indicator_is_listed_and_not_guessed(compare_json: Compare) -> None:
    found = compare_json({"visitatori": 8924, "naspi_var_pct": 3.3, "stranieri": {"naspi": 8924}, "naspi": [8187, 8924]})
    assert found.summary == {"matched": 0, "differing": 0, "unmatched": 5}
    assert {finding.rule for finding in found.findings} == {"unmatched"}
    assert found.findings[0].cells == ("dashboard.json $.visitatori",)


def test_a_text_among_figures_is_unreadable(compare_json: Compare) -> None:
    (finding,) = serious(compare_json(planted("ammortizzatori", "naspi", "2022", value="8.18o")))
    assert (finding.rule, finding.severity) == ("unreadable", Severity.WARNING)
    assert finding.cells == ("dashboard.json $.ammortizzatori.naspi['2022']",)


def test_a_name_that_fits_several_indicators_is_settled_by_the_numbers_and_said(compare_json: Compare) -> None:
    found = compare_json({"lavoratori dipendenti": {"2023": {"femmine": 15637, "maschi": 22600, "totale": 38238}}})
    assert found.matched == 3
    (finding,) = [finding for finding in found.findings if finding.rule == "settled"]
    assert "Lavoratori dipendenti del settore privato non agricolo" in finding.message
    assert len(finding.cells) == 3


def test_other_shapes_of_charts_and_tables_are_understood(compare_json: Compare) -> None:
    content = [
        {"xAxis": {"data": ["2022", "2023"]}, "series": [{"name": "NASpI", "data": [8187, 8638]}]},
        {"anni": [2022, 2023], "naspi": [8187, 8638]},
        {"x": ["2022", "2023"], "y": [8187, 8638], "name": "NASpI"},
        [["Indicatore", "2022", "2023"], ["NASpI", 8187, 8638]],
        {"options": {"plugins": {"title": {"text": "NASpI"}}}, "data": {"labels": ["2022"], "datasets": [{"data": [8187]}]}},
        {
            "series": [{"data": [{"name": "Femmine", "value": 27395}, {"name": "Maschi", "value": 26722}]}],
            "title": "Pensionati",
        },
    ]
    found = compare_json(content)
    assert found.summary == {"matched": 11, "differing": 0, "unmatched": 0}, [f.message for f in found.findings]


def test_our_own_grid_json_is_compared_cell_by_cell(compare_json: Compare) -> None:
    grid = {
        "tables": [
            {
                "table": "21",
                "territory": "massa-carrara",
                "edition": 2024,
                "parts": [{"part": 0, "columns": [], "rows": [{"label": "", "cells": [4714, 3473, 8188]}]}],
            }
        ]
    }
    found = compare_json(grid)
    assert found.summary == {"matched": 2, "differing": 1, "unmatched": 0}
    assert serious(found)[0].cells[1] == "T21.0/massa-carrara/2024/r0/c2"


def test_a_series_longer_than_its_labels_is_not_given_a_year(compare_json: Compare) -> None:
    found = compare_json({"labels": ["2023"], "datasets": [{"label": "NASpI", "data": [8638, 8924]}]})
    assert found.summary == {"matched": 1, "differing": 0, "unmatched": 1}


def test_a_sum_with_a_figure_that_we_do_not_have_is_theirs_to_answer_for(compare_json: Compare) -> None:
    found = compare_json({"naspi": {"2020": {"femmine": 4000, "maschi": 3000, "totale": 8000}}})
    assert [(finding.rule, finding.severity) for finding in serious(found)] == [("does_not_add_up", Severity.ERROR)]
    assert found.unmatched == 3
