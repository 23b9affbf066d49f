import sys
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pysdmx.io import read_sdmx
from pysdmx.model import Component, Role
from pysdmx.model.message import Message

from rendiconto.catalogue import load_catalogue
from rendiconto.catalogue.standards import export_structures
from rendiconto.catalogue.standards.artefacts import CATALOGUE_CODE, SUM_OF
from rendiconto.catalogue.standards.identifiers import AGENCY, artefact_id, code_id, component_id, read_code_id
from rendiconto.errors import CatalogueError, RendicontoError
from rendiconto.territory import Gazetteer

CATALOGUE = load_catalogue(2024)


@cache
def exported() -> Message:
    """The message as pysdmx reads it, after the schema of SDMX-ML 3.0 has accepted it."""
    return read_sdmx(export_structures(CATALOGUE).decode(), validate=True)


def annotations(item: object) -> dict[str, str]:
    return {found.type: found.title for found in item.annotations}  # type: ignore[attr-defined]


def test_the_same_catalogue_gives_the_same_bytes() -> None:
    assert export_structures(CATALOGUE) == export_structures(load_catalogue(2024))


def test_every_codelist_comes_back_with_codes_labels_and_sums_in_order() -> None:
    lists = {found.id: found for found in exported().get_codelists()}
    for name, codelist in CATALOGUE.codelists.items():
        found = lists[f"CL_{artefact_id(name)}"]
        assert (found.name, found.agency, found.version) == (codelist.title, AGENCY, "2024.0")
        assert [read_code_id(code.id) for code in found.items] == list(codelist.codes)
        for code, declared in zip(found.items, codelist.codes.values(), strict=True):
            said = annotations(code)
            assert code.name == declared.label
            assert said.get(CATALOGUE_CODE, code.id) == declared.code
            assert tuple(map(read_code_id, said.get(SUM_OF, "").split())) == declared.sum
            assert said.get("UNIT_MEASURE") == declared.unit


def test_the_territories_of_the_year_come_back_with_their_sums() -> None:
    (found,) = (codelist for codelist in exported().get_codelists() if codelist.id == "CL_REF_AREA")
    territories = Gazetteer.load().all(2024)
    assert [(code.id, code.name) for code in found.items] == [(unit.code, unit.title) for unit in territories]
    sums = {code.id: tuple(annotations(code)[SUM_OF].split()) for code in found.items if SUM_OF in annotations(code)}
    assert sums == Gazetteer.load().sum_hierarchy(2024)


def test_every_cube_is_a_structure_with_its_dimensions_and_a_flow() -> None:
    structures = {found.id: found for found in exported().get_data_structure_definitions()}
    flows = {found.id: found for found in exported().get_dataflows()}
    assert len(structures) == len(flows) == len(CATALOGUE.cubes)
    concepts = {item.id for scheme in exported().get_concept_schemes() for item in scheme.items}
    for name, cube in CATALOGUE.cubes.items():
        structure, flow = structures[f"DSD_{artefact_id(name)}"], flows[f"DF_{artefact_id(name)}"]
        own = [component_id(dimension) for dimension in cube.dimension_names[2:]]
        components = list(structure.components)
        assert [found.id for found in components if found.role is Role.DIMENSION] == ["REF_AREA", *own, "TIME_PERIOD"]
        assert [found.id for found in components if found.role is Role.MEASURE] == ["OBS_VALUE"]
        assert {found.id for found in components if found.role is Role.ATTRIBUTE} == {"OBS_STATUS", "UNIT_MEASURE", "DECIMALS"}
        assert {found.id for found in components} <= concepts
        lists = {found.id: enumerated_by(found) for found in components}
        for dimension in cube.dimensions[2:]:
            assert dimension.codelist is not None
            assert lists[component_id(dimension.name)] == f"CL_{artefact_id(dimension.codelist.name)}"
        assert (flow.name, flow.description) == (cube.title, cube.perimeter)
        assert annotations(flow) == {"UNIT_MEASURE": cube.unit, "DECIMALS": str(cube.decimals)}
        assert str(structure.short_urn) in str(flow.structure) or flow.structure == structure


def enumerated_by(component: Component) -> str | None:
    return None if component.enumeration is None else component.enumeration.id


def test_the_codes_of_an_indicator_dimension_carry_the_unit() -> None:
    structures = {found.id: found for found in exported().get_data_structure_definitions()}
    levels = {found.id: found.attachment_level for found in structures["DSD_PRESENZE_COMUNI"].components}
    assert levels["UNIT_MEASURE"] == levels["DECIMALS"] == "PRESENZA"


def test_every_text_is_said_to_be_italian() -> None:
    texts = etree.fromstring(export_structures(CATALOGUE)).iter("{*}Name", "{*}Description")
    assert {text.get("{http://www.w3.org/XML/1998/namespace}lang") for text in texts} == {"it"}


@given(st.text(min_size=1))
def test_a_code_is_read_back_from_its_identifier(code: str) -> None:
    written = code_id(code)
    assert read_code_id(written) == code
    assert all(sign.isascii() and (sign.isalnum() or sign in "_@$-") for sign in written)


def test_only_what_sdmx_forbids_is_written_otherwise() -> None:
    assert [code_id(code) for code in ("045", "0-14", "65+", "T97")] == ["045", "0-14", "65$2B", "T97"]


@pytest.mark.parametrize("name", ["Popolazione", "65_e_oltre", "entrate-uscite", ""])
def test_a_name_that_could_be_ambiguous_is_refused(name: str) -> None:
    with pytest.raises(CatalogueError, match="cannot be an identifier"):
        artefact_id(name)


def test_a_dimension_may_not_take_the_name_of_a_common_component() -> None:
    with pytest.raises(CatalogueError, match="every cube has"):
        component_id("obs_value")


def test_without_pysdmx_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pysdmx.io.format", None)
    with pytest.raises(RendicontoError, match=r"pip install \"rendiconto\[sdmx\]\""):
        export_structures(CATALOGUE)
