"""A report of an area that is no province: several, whose figures follow, or a part of one, whose figures are delivered."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from rendiconto.cli import app
from rendiconto.compose.atlas import compose_atlas
from rendiconto.document import Document, Origin, Status
from rendiconto.errors import RendicontoError
from rendiconto.observations import Resolver
from rendiconto.pipeline import check_edition, compose_report, load_edition
from rendiconto.render.atlas import render_atlas
from rendiconto.territory import Gazetteer
from rendiconto.workspace import init_workspace, read_workspace

AREAS = """
[[areas]]
name = "Apuania e Lucchesia"
units = ["massa-carrara", "lucca"]

[[areas]]
name = "Lunigiana"
within = "massa-carrara"
of = "della Lunigiana"
title = "Agenzia della Lunigiana"

[[areas]]
name = "La Spezia e Massa-Carrara"
units = ["la-spezia", "MS"]
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    root = tmp_path / "ufficio"
    init_workspace(root, edition=2024, territories=(), base="packaged")
    settings = root / "rendiconto.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + AREAS, encoding="utf-8")
    monkeypatch.chdir(root)
    yield root
    Gazetteer.name_areas(())


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def deliver(office: Path, cube: str, lines: str) -> None:
    (office / f"{cube}.csv").write_text(lines, encoding="utf-8")
    result = run("ingest", f"{cube}.csv", "--cube", cube)
    assert result.exit_code == 0, result.output


def report(office: Path, name: str) -> Document:
    return compose_report(name, load_edition(workspace=read_workspace(office)))


def figure(document: Document, cube: str, **codes: str) -> tuple[Decimal | None, Status, Origin]:
    found = [
        (cell.value, cell.status, cell.origin)
        for grid in document.grids
        for line in grid.cells
        for cell in line
        if cell.cube == cube and codes.items() <= dict(cell.key).items()
    ]
    return found[0]


def test_an_area_of_several_provinces_has_their_sums_and_weighed_means(office: Path) -> None:
    deliver(office, "pensionati", "territory,period,sex,value\n046,2024,M,50000\n046,2024,F,60000\n046,2024,T,110000\n")
    deliver(office, "personale", "territory,period,area,sex,value\n046,2024,T,T,100\n")
    document = report(office, "apuania-e-lucchesia")
    assert (document.subtitle, document.territory.slug) == ("Territorio di Apuania e Lucchesia", "apuania-e-lucchesia")
    store = load_edition(workspace=read_workspace(office)).observations
    own = store.get("pensionati", ("045", "2024", "T"))
    assert own is not None
    assert own.value is not None
    at = {"territory": "apuania-e-lucchesia", "period": "2024"}
    assert figure(document, "pensionati", sex="T", **at) == (own.value + 110000, Status.NORMAL, Origin.COMPUTED)
    ages = [store.get("eta_media_personale", (code, "2024")) for code in ("045", "046")]
    heads = store.get("personale", ("045", "2024", "T", "T"))
    assert heads is not None
    assert heads.value is not None
    values = [age.value for age in ages if age is not None and age.value is not None]
    weighed = (values[0] * heads.value + values[1] * 100) / (heads.value + 100)
    value, status, origin = figure(document, "eta_media_personale", **at)
    assert (status, origin) == (Status.NORMAL, Origin.COMPUTED)
    assert value == weighed.quantize(Decimal("0.1"))


def test_what_its_provinces_do_not_have_is_not_made_up(office: Path) -> None:
    document = report(office, "apuania-e-lucchesia")
    at = {"territory": "apuania-e-lucchesia", "period": "2024"}
    assert figure(document, "pensionati", sex="T", **at)[1] is Status.MISSING
    assert figure(document, "tasso_occupazione", **at)[1] is Status.MISSING, "a rate without counts cannot be weighed"


def test_a_part_of_a_province_has_what_was_delivered_for_it(office: Path) -> None:
    deliver(
        office,
        "pensionati",
        "territory,period,sex,value\nLunigiana,2024,M,7000\nlunigiana,2024,F,8000\nlunigiana,2024,T,15000\n",
    )
    document = report(office, "lunigiana")
    assert document.subtitle == "Agenzia della Lunigiana"
    assert figure(document, "pensionati", territory="lunigiana", sex="T") == (Decimal(15000), Status.NORMAL, Origin.DELIVERED)
    assert figure(document, "pensionati", territory="09", sex="T")[2] is not Origin.NONE, "it is compared with Toscana"


def test_an_area_of_two_regions_is_compared_with_italy_once(office: Path) -> None:
    document = report(office, "la-spezia-e-massa-carrara")
    shown = {dict(cell.key)["territory"] for grid in document.grids for line in grid.cells for cell in line}
    assert "IT" in shown
    grid = next(grid for grid in document.grids if grid.table == "12")
    labels = [leaf.label for leaf in (*grid.rows, *grid.columns)]
    assert labels.count("Italia") <= 1


def test_the_site_of_all_territories_has_it_beside_the_provinces(office: Path) -> None:
    edition = load_edition(workspace=read_workspace(office))
    atlas = compose_atlas(edition.catalogue, Resolver(edition.catalogue, edition.observations), {})
    assert [place.name for place in atlas.areas] == ["Apuania e Lucchesia", "Lunigiana", "La Spezia e Massa-Carrara"]
    by_name = {place.name: place for place in atlas.places}
    both = by_name["Massa-Carrara"].rings + by_name["Lucca"].rings
    assert by_name["Apuania e Lucchesia"].rings == both
    assert len(atlas.provinces) == 107, "no ranking has an area beside its own provinces"
    files = render_atlas(atlas, {})
    assert "../territori/lunigiana/index.html" in files["cerca/index.html"].decode()
    assert "Agenzia della Lunigiana" in files["territori/index.html"].decode()
    assert "Territorio di Apuania e Lucchesia" in files["territori/apuania-e-lucchesia/index.html"].decode()


def test_a_delivered_area_is_held_to_its_provinces(office: Path) -> None:
    deliver(office, "nascite", "territory,period,value\n046,2023,1000\napuania-e-lucchesia,2023,5000\n")
    findings = check_edition(load_edition(workspace=read_workspace(office))).findings
    assert any("nascite/apuania-e-lucchesia/2023" in finding.keys for finding in findings if finding.rule == "territory")


def test_it_is_built_like_any_other_and_again_when_it_is_another(office: Path) -> None:
    wanted = ("build", "apuania-e-lucchesia", "massa-carrara", "--format", "data,site")
    result = run(*wanted, "--jobs", "1")
    assert result.exit_code == 0, result.output
    assert (office / "out" / "apuania-e-lucchesia-2024" / "site" / "index.html").is_file()
    assert run(*wanted, "--explain").output.count("stands as it is") == 2
    settings = office / "rendiconto.toml"
    moved = settings.read_text(encoding="utf-8").replace('"massa-carrara", "lucca"', '"massa-carrara", "pisa"')
    settings.write_text(moved, encoding="utf-8")
    assert run(*wanted, "--explain").output.count("the workspace's areas changed") == 2


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ('name = "Lucca"\nunits = ["pisa"]', "a name of its own"),
        ('name = "Niente"', "made of provinces"),
        ('name = "Centro"\nunits = ["toscana"]', "made of provinces"),
        ('name = "Errata"\nunits = ["luca"]', "unknown territory 'luca'"),
        ('name = "Altra"\nunita = ["lucca"]', "areas.0.unita"),
    ],
)
def test_an_area_that_cannot_be_is_told(tmp_path: Path, lines: str, told: str) -> None:
    (tmp_path / "rendiconto.toml").write_text(f"edition = 2024\n[[areas]]\n{lines}\n", encoding="utf-8")
    with pytest.raises(RendicontoError) as refused:
        read_workspace(tmp_path)
    assert told in str(refused.value) or told in repr(refused.value.__dict__)
    Gazetteer.name_areas(())


def test_outside_the_workspace_nobody_knows_it(office: Path) -> None:
    read_workspace(office)
    assert Gazetteer.load().named("lunigiana", 2024) is not None
    Gazetteer.name_areas(())
    assert Gazetteer.load().named("lunigiana", 2024) is None
