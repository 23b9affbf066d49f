"""Alphabetical order without the system's locale."""

from rendiconto.italian.sorting import fold_words, italian_sort_key


def test_words_are_compared_one_by_one() -> None:
    names = ["Latina", "Lecce", "La Spezia", "L'Aquila", "Lodi", "Bolzano", "Áosta", "aosta"]
    assert sorted(names, key=italian_sort_key) == [
        "aosta",
        "Áosta",
        "Bolzano",
        "L'Aquila",
        "La Spezia",
        "Latina",
        "Lecce",
        "Lodi",
    ]


def test_accents_sort_with_their_letter() -> None:
    assert sorted(["Forlimpopoli", "Forlì-Cesena", "Fermo"], key=italian_sort_key) == [
        "Fermo",
        "Forlì-Cesena",
        "Forlimpopoli",
    ]


def test_order_does_not_depend_on_the_order_given() -> None:
    twins = ["Massa-Carrara", "Massa Carrara", "MASSA CARRARA"]
    backwards = twins[::-1]
    assert sorted(twins, key=italian_sort_key) == sorted(backwards, key=italian_sort_key)


def test_folds_accents_capitals_and_punctuation() -> None:
    assert fold_words("  Reggio nell’Emilia ") == "reggio nell emilia"
    assert fold_words("Bolzano/Bozen – Südtirol_") == "bolzano bozen sudtirol"
    assert fold_words("Massa- Carrara") == "massa carrara"
