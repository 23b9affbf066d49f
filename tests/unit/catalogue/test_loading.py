"""A broken catalogue names file, line, key and the nearest right word."""

import shutil
from pathlib import Path

import pytest

from rendiconto.catalogue import load_catalogue
from rendiconto.catalogue.gridplan import plan_table
from rendiconto.errors import RendicontoError
from toy_edition import TOY, place

BROKEN = [
    ("codelists/sex.yaml", "total: T", "total: X", "unknown code 'X'", "sex.yaml:2"),
    ("codelists/sex.yaml", "sum: [F, M]", "sum: [F, Z]", "unknown code 'Z'", "sex.yaml:"),
    ("codelists/sex.yaml", "label: Femmine", "lable: Femmine", "unknown key 'lable'", "sex.yaml:4"),
    ("cubes/durc.yaml", "sources: [ufficio]", "sources: [uficio]", "unknown source 'uficio'", "durc.yaml"),
    ("cubes/durc.yaml", "outcome]\n", "outcom]\n", "unknown codelist 'outcom'", "durc.yaml:3"),
    ("cubes/durc.yaml", "unit: checks", "unit: check", "unknown unit 'check'", "durc.yaml"),
    ("cubes/durc.yaml", "sums: [territory, outcome]", "sums: [territory, esito]", "unknown dimension 'esito'", "durc.yaml:4"),
    ("cubes/durc.yaml", "[territory, period, outcome]", "[period, territory, outcome]", "first dimensions", "durc.yaml:3"),
    ("cubes/saldo.yaml", "plus: [nascite]", "plus: [nascita]", "unknown cube 'nascita'", "saldo.yaml"),
    ("cubes/saldo.yaml", "plus: [nascite]", "plus: [saldo]", "depends on itself", "saldo.yaml"),
    ("cubes/saldo.yaml", "formula: {balance:", "formula: {balanse:", "unknown key 'balanse'", "saldo.yaml:7"),
    ("cubes/quota_irregolari.yaml", "outcome: KO", "outcome: KOO", "unknown code 'KOO'", "quota_irregolari.yaml"),
    ("cubes/nascite.yaml", "offset: -1", "offset: uno", "valid integer", "nascite.yaml:5"),
    ("cubes/nascite.yaml", "title: Nascite\n", "", "'title' is missing", "nascite.yaml"),
    ("editions/2024/01-gente/tavola-01.yaml", 'section: "1.1"', "section: uno", "not a section number", "tavola-01.yaml:2"),
    ("editions/2024/01-gente/tavola-01.yaml", 'table: "1"', "", "either `table` or `chart`", "tavola-01.yaml"),
    ("editions/2024/01-gente/tavola-01.yaml", "kind: bar", "kind: torta", "Input should be", "tavola-01.yaml:10"),
    ("editions/2024/01-gente/capitolo.yaml", 'number: "1"', "number: uno", "valid integer", "capitolo.yaml:1"),
]


def broken_copy(folder: Path, file: str, old: str, new: str) -> Path:
    root = folder / "catalogue"
    shutil.copytree(TOY, root)
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return root


@pytest.mark.parametrize(("file", "old", "new", "message", "where"), BROKEN, ids=[f"{b[0]}: {b[2]}" for b in BROKEN])
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, file: str, old: str, new: str, message: str, where: str) -> None:
    with pytest.raises(RendicontoError, match=message) as caught:
        load_catalogue(2024, (broken_copy(tmp_path, file, old, new),))
    assert where in str(caught.value.where)


def test_the_nearest_right_word_is_offered(tmp_path: Path) -> None:
    root = broken_copy(tmp_path, "codelists/sex.yaml", "label: Femmine", "lable: Femmine")
    with pytest.raises(RendicontoError) as caught:
        load_catalogue(2024, (root,))
    assert caught.value.todo == "Did you mean 'label'?"


def test_an_unknown_edition_names_those_that_are() -> None:
    with pytest.raises(RendicontoError, match="unknown edition '2031'") as caught:
        load_catalogue(2031, (TOY,))
    assert "2024" in str(caught.value)


def test_a_later_root_overrides_and_adds(tmp_path: Path) -> None:
    (tmp_path / "codelists").mkdir()
    (tmp_path / "codelists" / "sex.yaml").write_text(
        "title: Sesso\ntotal: T\ncodes: {F: {label: F}, M: {label: M}, T: {label: T}}\n"
    )
    folder = tmp_path / "editions" / "2024" / "02-lavoro"
    folder.mkdir(parents=True)
    (folder / "tavola-06.yaml").write_text(
        'table: "6"\nsection: "2.4"\ntitle: Aggiunta\nparts:\n'
        "  - {title: Aggiunta, cube: durc, stub: [{territory: [self]}], heading: [{outcome: all}]}\n"
    )
    catalogue = load_catalogue(2024, (TOY, tmp_path))
    assert catalogue.codelists["sex"].title == "Sesso"
    assert list(catalogue.tables) == ["1", "G1", "2", "3", "4", "5", "6"]
    assert len(plan_table(catalogue, catalogue.table("T6"), place("massa-carrara"))[0].cells[0]) == 3


def test_tables_stand_in_the_order_of_their_sections() -> None:
    catalogue = load_catalogue(2024, (TOY,))
    assert [table.section for table in catalogue.tables.values()] == ["1.1", "1.2", "1.10", "2.1", "2.2", "2.3"]
