"""Strangers' files: each kind of harm is refused in plain words, in bounded memory and time; nothing in a file is executed."""

import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rendiconto.errors import DataError, RendicontoError
from rendiconto.observations.intake import read_file
from rendiconto.observations.intake.content import Records, Sheet
from rendiconto.quarantine import read_apart

CORPUS = Path(__file__).parent / "corpus"


def workbook(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Dati")
        page.write_row(0, 0, ["Provincia", "2023", "2024"])
        page.write_row(1, 0, ["Massa-Carrara", 1347, 84.9])
        page.merge_range(3, 0, 3, 2, "Totale")
    return path


def repacked(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def refused(path: Path) -> DataError:
    with pytest.raises(DataError) as caught:
        read_file(path)
    assert caught.value.todo
    assert str(path.name) in str(caught.value)
    return caught.value


def test_a_plain_workbook_is_read(tmp_path: Path) -> None:
    name, (sheet,) = read_file(workbook(tmp_path / "dati però.xlsx"))
    assert name == "xlsx"
    assert isinstance(sheet, Sheet)
    assert [str(value) for value in sheet.rows[1]] == ["Massa-Carrara", "1347", "84.9"]
    assert sheet.merged[0].first_row == sheet.merged[0].last_row == 3


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("dati.xls", b"<html><table><tr><td>1</td></tr></table></html>", "a web page"),
        ("dati.xlsx", b"\n <!DOCTYPE html><html></html>", "a web page"),
        ("dati.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "an old Excel file"),
        ("dati.xlsx", b"a;b\n1;2\n", "a text file"),
        ("dati.csv", b"%PDF-1.7", "a PDF"),
        ("dati.csv", b"", "empty"),
        ("dati.csv", b"\x89PNG\r\n", "a picture"),
        ("dati.csv", b"MZ\x90\0", "a program"),
        ("dati.xml", b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "document type"),
        ("dati.xml", b"<?xml version='1.0'?><dati/>", "not SDMX"),
        ("dati.json", b'{"a": 1}', "neither JSON-stat"),
        ("dati.csv", b"a;b\n1;\0\n", "binary"),
        ("dati.csv", b"Provincia;Valore\nForl\x8d;1\n", "neither UTF-8 nor Windows-1252"),
        ("dati.csv", "Provincia;Anno\nForlÃ¬;1\n".encode(), "letters were lost"),
        ("dati.csv", "Provincia;Anno\nForl\ufffd;1\n".encode(), "letters were lost"),
        ("dati.xlsx", b"PK\x03\x04" + b"\0" * 100, "damaged"),
    ],
)
def test_a_file_is_called_what_it_is(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert said in refused(path).what


@pytest.mark.parametrize(
    ("member", "said"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/externalLinks/externalLink1.xml", "links to other files"),
        ("xl/embeddings/oleObject1.bin", "attached objects"),
        ("xl/activeX/activeX1.bin", "attached objects"),
        ("../../etc/cron.d/x", "written elsewhere"),
        ("/etc/passwd", "written elsewhere"),
        ("..\\..\\x", "written elsewhere"),
    ],
)
def test_what_is_not_figures_is_refused(tmp_path: Path, member: str, said: str) -> None:
    path = repacked(workbook(tmp_path / "dati.xlsx"), lambda members: members.update({member: b"x"}))
    assert said in refused(path).what


def test_a_document_type_inside_a_workbook_is_refused(tmp_path: Path) -> None:
    def change(members: dict[str, bytes]) -> None:
        members["xl/sharedStrings.xml"] = b"<?xml version='1.0'?>" + b" " * 70_000 + b'<!DOCTYPE sst [<!ENTITY a "b">]><sst/>'

    assert "document type" in refused(repacked(workbook(tmp_path / "dati.xlsx"), change)).what


def test_a_zip_bomb_is_refused_before_it_bursts(tmp_path: Path) -> None:
    path = workbook(tmp_path / "dati.xlsx")
    repacked(path, lambda members: members.update({"xl/worksheets/sheet2.xml": b"\0" * (300 << 20)}))
    assert path.stat().st_size < 1 << 20
    script = (
        "import resource, sys\nfrom pathlib import Path\nfrom rendiconto.observations.intake import read_file\n"
        "try:\n    read_file(Path(sys.argv[1]))\nexcept Exception as error:\n    print(error.what)\n"
        # A process's own peak as the kernel counts it since it began: its parent (this test) held the bomb in memory.
        "own = next(int(line.split()[1]) for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
        "print(max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    said, kilobytes = done.stdout.splitlines()
    assert "unpack" in said
    assert int(kilobytes) < 200 << 10


def test_a_cell_at_the_far_corner_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "dati.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Dati")
        page.write(0, 0, 1)
        page.write(1_048_575, 16_383, 1)
    error = refused(path)
    assert "reaches 1048576 rows and 16384 columns" in error.what


def test_formulas_are_known_and_never_computed(tmp_path: Path) -> None:
    path = tmp_path / "dati.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Dati")
        page.write_formula("B2", "=1+1", None, 5)
        page.write_formula("C7", '=HYPERLINK("http://example.org")', None, "x")
    _, (sheet,) = read_file(path)
    assert isinstance(sheet, Sheet)
    assert sheet.formulas == {(1, 1), (6, 2)}
    assert str(sheet.rows[1][1]) == "5"


def test_a_line_of_two_gigabytes_is_refused_after_the_first_megabyte(tmp_path: Path) -> None:
    path = tmp_path / "dati.csv"
    with path.open("wb") as stream:
        stream.write(b"territory,period,value\n")
        stream.seek((2 << 30) - 10)
        stream.write(b"1")
    script = (
        "import resource, sys\nfrom pathlib import Path\nfrom rendiconto.observations.intake import read_file\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))\n"
        "try:\n    read_file(Path(sys.argv[1]))\nexcept Exception as error:\n    print(type(error).__name__, error.what)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("DataError")


def test_a_million_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "dati.csv"
    path.write_text(";".join(["1"] * 400_000) + "\n" + ";".join(["1"] * 400_000) + "\n", encoding="utf-8")
    assert "columns" in refused(path).what


def test_a_reader_that_hangs_crashes_or_swells_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "dati.bin"
    path.write_bytes(b"x")
    (tmp_path / "bad_readers.py").write_text(
        "import os, time\n"
        "def hang(path):\n    time.sleep(60)\n"
        "def crash(path):\n    os.abort()\n"
        "def swell(path):\n    return bytearray(3 << 30)\n"
        "def panic(path):\n    raise BaseException('panicked at src/lib.rs')\n",
        encoding="utf-8",
    )
    sys.path.insert(0, str(tmp_path))
    try:
        for reader, said in (("hang", "seconds"), ("crash", "damaged"), ("swell", "memory"), ("panic", "damaged")):
            with pytest.raises(DataError) as caught:
                read_apart(f"bad_readers:{reader}", path, seconds=4)
            assert said in caught.value.what
    finally:
        sys.path.remove(str(tmp_path))


def test_a_refusal_comes_out_of_the_quarantine_as_it_went_in(tmp_path: Path) -> None:
    path = repacked(workbook(tmp_path / "dati.xlsx"), lambda members: members.update({"xl/vbaProject.bin": b""}))
    with pytest.raises(DataError) as caught:
        read_apart("rendiconto.observations.intake.spreadsheets:read_spreadsheet", path)
    assert "macros" in caught.value.what


SEEDS = {
    "dati.csv": b"territory;period;value\n045;2024;1.347\n09;2023;84,9\n",
    "office.csv": "Età;2023;2024\nFino a 29;1,5;-\n".encode("cp1252"),
    "dati.json": b'{"version":"2.0","class":"dataset","id":["a"],"size":[2],"dimension":{"a":{"category":{"index":["x","y"]}}},'
    b'"value":[1,2]}',
    "dati.xml": b'<?xml version="1.0"?><m:GenericData xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"/>',
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    name=st.sampled_from(sorted(SEEDS)),
    cuts=st.lists(st.tuples(st.integers(0, 200), st.integers(0, 5), st.binary(max_size=6)), max_size=4),
)
def test_damaged_texts_give_content_or_a_refusal(tmp_path: Path, name: str, cuts: list[tuple[int, int, bytes]]) -> None:
    content = SEEDS[name]
    for at, length, put in cuts:
        content = content[:at] + put + content[at + length :]
    path = tmp_path / name
    path.write_bytes(content)
    given_or_refused(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=12)
@given(cuts=st.lists(st.tuples(st.integers(0, 6000), st.binary(min_size=1, max_size=4)), min_size=1, max_size=5))
def test_damaged_workbooks_give_content_or_a_refusal(tmp_path: Path, cuts: list[tuple[int, bytes]]) -> None:
    path = workbook(tmp_path / "dati.xlsx")
    content = bytearray(path.read_bytes())
    for at, put in cuts:
        content[at : at + len(put)] = put
    path.write_bytes(bytes(content))
    given_or_refused(path)


def given_or_refused(path: Path) -> None:
    contents: tuple[object, ...] = ()
    with suppress(RendicontoError):
        _, contents = read_file(path)
    assert all(isinstance(content, Sheet | Records) for content in contents)


@pytest.mark.parametrize("path", sorted(CORPUS.iterdir()), ids=lambda path: path.name)
def test_what_once_went_wrong_goes_right(path: Path) -> None:
    given_or_refused(path)
