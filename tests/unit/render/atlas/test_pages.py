"""The site of all territories: every link leads somewhere, every ranking has its figures, every page its notice."""

import csv
import io
import re
from dataclasses import replace
from posixpath import dirname, join, normpath
from typing import Any

import pyarrow.parquet as pq
import pytest
import simplejson
from lxml import html

from rendiconto.render.atlas import render_atlas
from sample_atlas import sample_atlas, sample_files

FILES = sample_files()
PAGES = {path: content for path, content in FILES.items() if path.endswith(".html")}


def test_there_is_a_page_for_everything() -> None:
    atlas = sample_atlas()
    assert {f"territori/{place.slug}/index.html" for place in atlas.places} <= set(PAGES)
    assert {f"indicatori/{indicator.id}/index.html" for indicator in atlas.indicators} <= set(PAGES)
    assert {"index.html", "confronto/index.html", "cerca/index.html", "scarica/index.html", "metodo/index.html"} <= set(PAGES)


def test_every_link_leads_to_a_file_or_into_a_report() -> None:
    lost = set()
    ids = {path: set(re.findall(rb'id="([^"]+)"', content)) for path, content in PAGES.items()}
    for path, content in PAGES.items():
        for target in re.findall(r'(?:href|src)="([^"]+)"', content.decode()):
            file, _, anchor = target.partition("#")
            where = normpath(join(dirname(path), file.partition("?")[0])) if file else path
            if target.startswith("data:") or "/rendiconto/" in where:
                continue
            if where not in FILES or (anchor and anchor.encode() not in ids[where]):
                lost.add((path, target))
    assert not lost


def test_links_into_reports_are_only_to_what_there_is() -> None:
    with_all = PAGES["territori/massa-carrara/index.html"].decode()
    assert all(f"rendiconto/site/capitoli/{number}-" in with_all for number in range(1, 11))
    assert 'href="rendiconto/rendiconto.docx"' in with_all
    pdf_only = PAGES["territori/toscana/index.html"].decode()
    assert "rendiconto/rendiconto.pdf" in pdf_only
    assert "rendiconto/site" not in pdf_only
    without = PAGES["territori/torino/index.html"].decode()
    assert "/rendiconto/" not in without
    assert "non è in questa raccolta" in without


@pytest.mark.parametrize("name", ["tasso-occupazione", "popolazione", "saldo-migratorio", "naspi-accolte"])
def test_a_ranking_prints_every_figure_of_its_indicator(name: str) -> None:
    atlas = sample_atlas()
    indicator = next(indicator for indicator in atlas.indicators if indicator.id == name)
    page = html.fromstring(PAGES[f"indicatori/{name}/index.html"])
    for table, places in (("province", atlas.provinces), ("regioni", atlas.regions)):
        rows = {row.get("data-code"): row for row in page.xpath(f'//table[@id="{table}"]/tbody/tr')}
        assert set(rows) == {place.code for place in places}
        for place in places:
            cells = [cell.text_content().strip() for cell in rows[place.code].xpath("td")]
            figures = [indicator.text(reading) for reading in reversed(indicator.readings[place.code])]
            assert cells[1 : 1 + len(figures)] == figures
    headings = page.xpath("//h2/text()")
    assert headings.index("Graduatoria delle province") < headings.index("Mappa"), "a table first"


def test_whole_cubes_are_offered_as_csv_and_parquet_with_the_same_rows() -> None:
    for cube in sample_atlas().cubes:
        rows = list(csv.DictReader(io.StringIO(FILES[f"dati/cubes/{cube.name}.csv"].decode())))
        table = pq.read_table(io.BytesIO(FILES[f"dati/cubes/{cube.name}.parquet"]))
        assert len(rows) == table.num_rows == len(cube.observations)
    package = simplejson.loads(FILES["dati/datapackage.json"])
    described = {resource["path"] for resource in package["resources"]}
    assert described == {path.removeprefix("dati/") for path in FILES if path.startswith("dati/") and path.endswith(".csv")}


def test_what_scripts_load_says_what_the_pages_say() -> None:
    atlas = sample_atlas()
    listed = called(FILES["risorse/indicatori.js"], "indicators")
    own = called(FILES["risorse/confronto/massa-carrara.js"], "place")
    assert len(listed) == len(own["figures"]) == len(atlas.indicators)
    for entry, figure in zip(listed, own["figures"], strict=True):
        indicator = next(indicator for indicator in atlas.indicators if indicator.id == entry["id"])
        assert figure.removesuffix("%") == indicator.text(indicator.reading("045"))
    shown = called(FILES["risorse/mappe/tasso-occupazione.js"], "map")
    assert shown["texts"]["045"] == "Massa-Carrara: 68,3%"


def called(script: bytes, name: str) -> Any:
    text = script.decode()
    assert text.startswith(f"atlante.{name}(")
    assert "<" not in text
    return simplejson.loads(text.removeprefix(f"atlante.{name}(").removesuffix(");\n"))


def test_nothing_is_styled_or_run_inside_a_page() -> None:
    """The pages' own policy refuses it."""
    for path, content in PAGES.items():
        assert b" style=" not in content, path
        assert not re.search(rb"<script(?! src=)", content), path
        assert not re.search(rb"\son\w+=", content), path


def test_made_up_figures_are_told_on_every_page_and_in_the_data() -> None:
    told = replace(sample_atlas(), title=f"{sample_atlas().title} – DATI SINTETICI", synthetic=True)
    files = render_atlas(told, {})
    for path, content in files.items():
        if path.endswith(".html"):
            page = html.fromstring(content)
            assert "DATI SINTETICI" in page.xpath("string(//title)")
            assert "DATI SINTETICI" in page.xpath("string(//footer)")
    assert "DATI SINTETICI" in simplejson.loads(files["dati/datapackage.json"])["title"]


def test_the_same_atlas_gives_the_same_bytes() -> None:
    again = render_atlas(sample_atlas(), {})
    assert again == render_atlas(sample_atlas(), {})
