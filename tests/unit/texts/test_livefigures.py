"""Live figures: the grammar, what they print, what binds them, and what is said where they cannot be read."""

import pytest

from hand_texts import checked, draft, packaged_reader
from rendiconto.document.claims import Verdict
from rendiconto.document.values import Status
from rendiconto.errors import RendicontoError
from rendiconto.texts.filters import FILTERS
from rendiconto.texts.livefigures import Inserted
from rendiconto.texts.livesyntax import Argument, Call, parse_live


def insert(source: str) -> Inserted:
    return packaged_reader().figures.insert(parse_live(source))


def test_the_grammar_has_calls_arguments_and_quotation_marks() -> None:
    parsed = parse_live('{{ domande accolte di NASpI( sesso = F, età="15, 24 anni" ) | quota(«x (y)») |mila }}')
    assert parsed.indicator.name == "domande accolte di NASpI"
    assert [(each.name, each.value) for each in parsed.indicator.arguments] == [("sesso", "F"), ("età", "15, 24 anni")]
    assert [call.name for call in parsed.filters] == ["quota", "mila"]
    assert parsed.filters[0].arguments[0].value == "x (y)"
    assert parsed.filters[1] == Call("mila")


def test_a_value_knows_where_it_stands() -> None:
    source = "{{ naspi_accolte(anno = 2023) | variazione( 2022 ) }}"
    parsed = parse_live(source)
    values = [*parsed.indicator.arguments, *parsed.filters[0].arguments]
    assert [source[value.start : value.end] for value in values] == ["2023", "2022"]
    assert isinstance(values[0], Argument)


@pytest.mark.parametrize(
    "source",
    ["{{}}", "{{ | valore }}", "{{ a( }}", "{{ a(b }}", "{{ a(=) }}", "{{ a(b=) }}", '{{ a("b) }}', "{{ a(b)c }}", "{{ a | }}"],
)
def test_what_the_grammar_has_not_is_shown_a_right_one(source: str) -> None:
    with pytest.raises(RendicontoError, match="cannot be read") as caught:
        parse_live(source)
    assert "naspi_accolte(sesso=F) | valore" in str(caught.value)


@pytest.mark.parametrize(
    ("source", "text", "cells"),
    [
        ("{{ naspi_accolte | valore }}", "8.924", ["8.924"]),
        ("{{ naspi.accolte }}", "8.924", ["8.924"]),
        ("{{ domande di NASpI accolte }}", "8.924", ["8.924"]),
        ("{{ naspi_accolte(sesso=F, anno=2023, territorio=toscana) | valore }}", "81.660", ["81.660"]),
        ("{{ naspi_accolte(Genere=femmine, anno=-1) }}", "4.908", ["4.908"]),
        ("{{ naspi_accolte(territorio=regione) }}", "145.750", ["145.750"]),
        ("{{ naspi_accolte | variazione(2023) }}", "286", ["8.638", "8.924"]),
        ("{{ naspi_accolte | variazione | segno }}", "+286", ["8.638", "8.924"]),
        ("{{ naspi_accolte | variazione_percentuale }}", "3,3", ["8.638", "8.924"]),
        ("{{ naspi_accolte | andamento }}", "in aumento", ["8.638", "8.924"]),
        ("{{ naspi_accolte(sesso=F) | quota }}", "55,6", ["4.961", "8.924"]),
        ("{{ naspi_accolte | quota(territorio=regione) | decimali(2) }}", "6,12", ["8.924", "145.750"]),
        ("{{ tasso_disoccupazione | confronto(regione) }}", "superiore", ["6,2", "4,0"]),
        ("{{ tasso_disoccupazione | confronto(italia, plurale) }}", "inferiori", ["6,2", "6,5"]),
        ("{{ tasso_disoccupazione | distanza(italia) }}", "−0,3", ["6,5", "6,2"]),
        ("{{ pensionati | mila }}", "54 mila", ["54.117"]),
        ("{{ pensionati | mila(1) }}", "54,1 mila", ["54.117"]),
        ("{{ riscossioni_ordinarie | milioni }}", "219,2 milioni", ["219.216.355,46"]),
        ("{{ cig_ore | variazione }}", "−18.264", ["324.926", "306.662"]),
        ("{{ cig_ore | variazione | assoluto }}", "18.264", ["324.926", "306.662"]),
        ("{{ saldo_naturale | assoluto }}", "1.721", ["−1.721"]),
        ("{{ disoccupati | mila }}", "5 mila", ["5"]),
    ],
)
def test_a_live_figure_prints_what_its_cells_bear_out(source: str, text: str, cells: list[str]) -> None:
    inserted = insert(source)
    assert inserted.text == text
    assert inserted.judged is not None
    assert inserted.judged.verdict is Verdict.SUPPORTED
    assert [item.shown for item in inserted.judged.evidence] == cells


def test_the_year_of_a_figure_claims_nothing() -> None:
    assert insert("{{ saldo_naturale | anno }}") == Inserted("2023", None, insert("{{ saldo_naturale }}").cells)


@pytest.mark.parametrize("name", sorted(FILTERS))
def test_every_example_of_a_filter_tells_something(name: str) -> None:
    inserted = insert(FILTERS[name].example)
    assert inserted.status is Status.NORMAL
    assert inserted.text not in ("", "n.d.", "*")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ naspi_acolte | valore }}", "unknown indicator 'naspi_acolte'\nDid you mean 'naspi_accolte'"),
        ("{{ naspi_accolte(seso=F) }}", "Did you mean 'sesso'"),
        ("{{ naspi_accolte(sesso=femine) }}", "unknown code of sesso 'femine'\nDid you mean 'F'"),
        ("{{ naspi_accolte(F) }}", "Write DIMENSION=F: territorio, anno, sesso"),
        ("{{ naspi_accolte(sesso=F, Genere=M) }}", "given twice"),
        ("{{ naspi_accolte | valor }}", "unknown filter 'valor'\nDid you mean 'valore'"),
        ("{{ naspi_accolte | variazione(1999) }}", "unknown year of naspi_accolte '1999'\nDid you mean '2022'"),
        ("{{ naspi_accolte(anno=2031) }}", "'2024'"),
        ("{{ naspi_accolte | variazione(dopo) }}", "is not a year"),
        ("{{ naspi_accolte | variazione(0) }}", "the year of the figure itself"),
        ("{{ naspi_accolte(territorio=masa-carara) }}", "Did you mean 'massa-carrara'"),
        ("{{ reddito_liberta }}", "has no total of stage"),
        ("{{ naspi_accolte | confronto(regione) }}", "territories of different size"),
        ("{{ tasso_disoccupazione | confronto }}", "with which territory"),
        ("{{ tasso_disoccupazione | confronto(massa-carrara) }}", "the figure itself"),
        ("{{ tasso_disoccupazione | variazione_percentuale }}", "changes by points"),
        ("{{ tasso_disoccupazione | quota }}", "a share of it says nothing"),
        ("{{ naspi_accolte | quota }}", "the share is of the figure itself"),
        ("{{ naspi_accolte | mila | variazione }}", "comes after another filter"),
        ("{{ naspi_accolte | andamento | mila }}", "follows a word"),
        ("{{ naspi_accolte | valore(2) }}", "one argument too many"),
        ("{{ naspi_accolte | decimali(2) }}", "no more than 0 decimals"),
        ("{{ naspi_accolte | quota(sesso=T) | decimali(99) }}", ""),
    ],
)
def test_what_is_not_there_is_told_with_what_is_near(source: str, said: str) -> None:
    with pytest.raises(RendicontoError) as caught:
        insert(source)
    assert said in str(caught.value)


def test_mistakes_are_told_together_with_their_lines() -> None:
    with pytest.raises(RendicontoError) as caught:
        checked("Uno {{ naspi_acolte }}\ne due {{ pensionati | valor }}.\n\nTre {{ x | valore }}.")
    for line, name in ((5, "naspi_acolte"), (6, "valor"), (8, "'x'")):
        assert f"testo.md:{line}: unknown" in str(caught.value)
        assert name in str(caught.value)
    with pytest.raises(RendicontoError, match=r"testo\.md:6: \{\{ is never closed"):
        draft("Uno\n{{ naspi_accolte | valore")
