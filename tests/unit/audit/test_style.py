"""How figures may be spoken of: what is found though a sentence is right, and what is left alone."""

import pytest

from hand_texts import FIRST_LINE, checked

RIGHT = {
    "extreme_without_set": [
        ("Le domande di NASpI accolte nel 2024 hanno raggiunto il valore più alto.", True),
        ("Le domande di NASpI accolte nel 2024 hanno raggiunto il valore più alto della serie.", False),
        ("Le domande di NASpI accolte nel 2024 hanno raggiunto il valore più alto dal 2021.", False),
    ],
    "people_for_things": [
        ("Le domande di NASpI accolte riguardano 8.924 persone.", True),
        ("Le domande di NASpI accolte sono 8.924.", False),
        ("I pensionati sono 54.117 persone.", False),
    ],
    "per_cent_of_rate": [
        ("Il tasso di occupazione è cresciuto del 2,2%.", True),
        ("Il tasso di occupazione è cresciuto del 3,3%.", True),
        ("Il tasso di occupazione è cresciuto di 2,2 punti percentuali.", False),
        ("Il tasso di occupazione è al 68,3%.", False),
    ],
    "cause": [
        ("Le domande di NASpI accolte sono 8.924 grazie agli sportelli.", True),
        ("Le domande di NASpI accolte sono 8.924 a causa della crisi.", True),
        ("Le domande di NASpI accolte sono 8.924, nonostante la crisi.", False),
    ],
}
CASES = [(rule, text, found) for rule, cases in RIGHT.items() for text, found in cases]


@pytest.mark.parametrize(("rule", "text", "found"), CASES)
def test_style(rule: str, text: str, *, found: bool) -> None:
    piece = checked(text)
    assert not piece.contradicted, piece.contradicted
    places = [finding.cells[0] for finding in piece.findings if finding.rule == rule]
    assert len(places) == found, piece.findings
    assert all(place.startswith(f"testo.md:{FIRST_LINE}") for place in places)
