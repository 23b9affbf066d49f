from rendiconto.render.data.provenance import INPS, ISTAT, holders, source_items

ELABORATED = "Elaborazione della Segreteria del CIV su dati INPS – Direzione centrale Entrate; Direzione centrale Pensioni"


def test_istat_is_told_from_the_offices_of_inps() -> None:
    assert holders(["Istat"]) == (ISTAT,)
    assert holders([ELABORATED]) == (INPS,)
    assert holders(["Istat", ELABORATED]) == (ISTAT, INPS)
    assert holders(["Istat; commento della direzione provinciale"]) == (ISTAT, INPS)
    assert holders([]) == ()


def test_a_line_of_two_holders_has_no_single_address() -> None:
    assert source_items(["Istat", "Istat; Direzione provinciale"]) == [
        {"title": "Istat", "path": ISTAT.path},
        {"title": "Istat; Direzione provinciale"},
    ]
