"""Data packages: our own and others', as folder, descriptor and zip; paths that leave, files that changed, dialects."""

import hashlib
import json
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendiconto.document import Document
from rendiconto.errors import DataError, Place, RendicontoError
from rendiconto.observations.intake import datapackage, read_file
from rendiconto.observations.intake.content import Records
from rendiconto.observations.intake.datapackage import read_datapackage
from rendiconto.render.data.cubefiles import cube_csv
from rendiconto.render.data.package import render_data
from sample import sample_document

Json = dict[str, Any]
CSV = b"territory,value\n045,1.10\n046,\n"


@cache
def our_document() -> Document:
    return sample_document()


def put(root: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root


def package(root: Path, *resources: Json, **files: bytes) -> Path:
    """A package with ``nascite.csv`` and more files (``_`` in a name is a dot)."""
    described = json.dumps({"name": "x", "profile": "tabular-data-package", "resources": list(resources)}).encode()
    more = {name.replace("_", "."): content for name, content in files.items()}
    return put(root, {"datapackage.json": described, "nascite.csv": CSV} | more)


def resource(**changes: Any) -> Json:
    return {"name": "nascite", "path": "nascite.csv", "format": "csv"} | changes


def zipped(root: Path, target: Path, inside: str = "") -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(root.rglob("*")):
            if path.is_file():
                archive.write(path, inside + path.relative_to(root).as_posix())
    return target


def ways(tmp_path: Path, root: Path) -> list[Path]:
    """A package as folder, as descriptor, as zip, as zip of the folder."""
    return [
        root,
        root / "datapackage.json",
        zipped(root, tmp_path / "flat.zip"),
        zipped(root, tmp_path / "deep.zip", "data/2024/"),
    ]


def rows(records: Records) -> list[Json]:
    found: list[Json] = records.table.to_pylist()
    return found


def test_our_own_package_comes_back_however_it_is_sent(tmp_path: Path) -> None:
    document = our_document()
    put(tmp_path, dict(render_data(document)))
    for way in ways(tmp_path, tmp_path / "data"):
        name, contents = read_file(way)
        assert name == "frictionless"
        found = {content.name: content for content in contents if isinstance(content, Records)}
        for cube in document.cubes:
            lines = [line.split(",") for line in cube_csv(cube).splitlines()]
            table = found[cube.name].table
            assert table.column_names == lines[0]
            assert table.num_rows == len(cube.observations)
            values = ["" if o.value is None else f"{o.value:f}" for o in cube.observations]
            assert [text or "" for text in table.column("value").to_pylist()] == values
        assert {"cubes", "codelists", "errata"} <= found.keys()


def test_every_column_is_text_and_rows_count_from_the_header(tmp_path: Path) -> None:
    (records,) = read_datapackage(package(tmp_path, resource()))
    assert rows(records) == [{"territory": "045", "value": "1.10"}, {"territory": "046", "value": None}]
    assert records.name == "nascite"
    assert records.locate(0, "value") == "row 2 (value)"


def test_a_parquet_file_is_a_resource_too(tmp_path: Path) -> None:
    root = package(tmp_path, {"name": "saldi", "path": "d.parquet", "type": "table"})
    pq.write_table(pa.table({"territory": ["045"], "value": [1.5]}), root / "d.parquet")
    (records,) = read_datapackage(root)
    assert (records.name, rows(records)) == ("saldi", [{"territory": "045", "value": "1.5"}])
    assert records.locate(0, "value") == "row 1 (value)"


def test_what_is_no_table_is_passed_over(tmp_path: Path) -> None:
    others: list[Json] = [
        {"name": "notes", "path": "notes.json", "format": "json"},
        {"name": "map", "path": "https://example.org/map.png"},
        {"name": "inline", "data": {"a": 1}},
        {"name": "nothing"},
    ]
    assert [records.name for records in read_datapackage(package(tmp_path, *others, resource()))] == ["nascite"]


@pytest.mark.parametrize(
    ("content", "more"),
    [
        (b"territory;value\nForl\xc3\xac;'1;5'\n", {"dialect": {"delimiter": ";", "quoteChar": "'"}}),
        (b'territory|value\nForl\xc3\xac|"1;5"\n', {"dialect": {"csv": {"delimiter": "|"}, "type": "csv"}}),
        ("territory,value\nForlì,1;5\n".encode("cp1252"), {"encoding": "windows-1252"}),
        ("territory,value\r\nForlì,1;5\r\n".encode("utf-16"), {"encoding": "utf-16", "dialect": {"lineTerminator": "\r\n"}}),
        ("\ufeffterritory,value\nForlì,1;5\n".encode(), {"encoding": "UTF-8", "dialect": {"header": True}}),
        ("territory\tvalue\nForlì\t1;5\n".encode(), {"format": "tsv"}),
    ],
)
def test_delimiter_quotes_and_encoding_are_obeyed(tmp_path: Path, content: bytes, more: Json) -> None:
    (records,) = read_datapackage(package(tmp_path, resource(**more), nascite_csv=content))
    assert rows(records) == [{"territory": "Forlì", "value": "1;5"}]


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"dialect": {"header": False}}, "the dialect's header cannot be obeyed .False"),
        ({"dialect": {"commentChar": "#"}}, "the dialect's commentChar cannot be obeyed"),
        ({"dialect": {"never-heard-of": 1}}, "the dialect's never-heard-of"),
        ({"dialect": {"delimiter": "ab"}}, "delimiter is not one character"),
        ({"dialect": {"delimiter": "'", "quoteChar": "'"}}, "are the same"),
        ({"dialect": "dialect.json"}, "the dialect stands elsewhere: dialect.json"),
        ({"encoding": "klingon"}, "the encoding 'klingon' is not known"),
        ({"encoding": "rot13"}, "the encoding 'rot13' is not known"),
        ({"encoding": None}, "the encoding None is not known"),
        ({"compression": "gz"}, "the resource is compressed"),
        ({"format": "xlsx", "type": "table"}, "the resource 'nascite' is xlsx"),
        ({"name": ""}, "name '' is not its own"),
        ({"name": [7]}, "is not its own"),
        ({"path": ["nascite.csv", "nascite.csv"]}, "the resource has 2 files"),
        ({"path": ""}, "path is no path"),
        ({"path": {}}, "path is no path"),
    ],
)
def test_what_cannot_be_obeyed_is_refused_by_name(tmp_path: Path, more: Json, what: str) -> None:
    with pytest.raises(DataError, match=what) as caught:
        read_datapackage(package(tmp_path, resource(**more)))
    assert caught.value.where == Place(tmp_path / "datapackage.json", key="resources.0")


def test_a_path_of_one_is_a_path_and_a_name_may_be_the_files(tmp_path: Path) -> None:
    one = {"path": ["nascite.csv"], "profile": "tabular-data-resource"}
    assert [records.name for records in read_datapackage(package(tmp_path, one))] == ["nascite"]


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("/etc/passwd", "leads out of the package: /etc/passwd"),
        ("../secret.csv", r"leads out of the package: \.\./secret.csv"),
        ("a/../../secret.csv", "leads out of the package"),
        ("..\\secret.csv", "leads out of the package"),
        ("\\\\server\\secret.csv", "leads out of the package"),
        ("C:\\secret.csv", "the resource is elsewhere: C:"),
        ("https://example.org/x.csv", "the resource is elsewhere: https://example.org/x.csv"),
        ("file:///etc/passwd", "the resource is elsewhere"),
        ("link.csv", "leads out of the package: link.csv"),
        ("away/secret.csv", "leads out of the package: away/secret.csv"),
        ("ring.csv", "the package lacks a file that it names: ring.csv"),
        ("absent.csv", "the package lacks a file that it names: absent.csv"),
        ("x" * 5000 + ".csv", "the package lacks a file"),
        (".", "the package lacks a file"),
        ("nascite.csv\0", "path is no path"),
    ],
)
def test_a_path_never_leaves_the_package(tmp_path: Path, path: str, what: str) -> None:
    (tmp_path / "secret.csv").write_bytes(b"password,value\nx,1\n")
    root = package(tmp_path / "package", resource(path=path))
    (root / "a").mkdir()
    (root / "link.csv").symlink_to(tmp_path / "secret.csv")
    (root / "away").symlink_to(tmp_path)
    (root / "ring.csv").symlink_to(root / "ring.csv")
    with pytest.raises(DataError, match=what):
        read_datapackage(root)


def test_a_link_within_the_package_is_followed(tmp_path: Path) -> None:
    root = package(tmp_path, resource(path="link.csv"))
    (root / "link.csv").symlink_to(root / "nascite.csv")
    assert len(read_datapackage(root)) == 1


def test_a_descriptor_that_lies_elsewhere_is_refused(tmp_path: Path) -> None:
    package(tmp_path / "other", resource())
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "datapackage.json").symlink_to(tmp_path / "other" / "datapackage.json")
    with pytest.raises(DataError, match="leads out of the package"):
        read_datapackage(tmp_path / "package")


@pytest.mark.parametrize("kind", ["md5", "sha1", "sha256", "sha512"])
def test_a_hash_is_held_against_the_file(tmp_path: Path, kind: str) -> None:
    digest = hashlib.new(kind, CSV).hexdigest()
    given = digest if kind == "md5" else f"{kind}:{digest.upper()}"
    assert len(read_datapackage(package(tmp_path, resource(hash=given, bytes=len(CSV))))) == 1
    (tmp_path / "nascite.csv").write_bytes(CSV.replace(b"1.10", b"1.11"))
    with pytest.raises(DataError, match=f"nascite.csv: the file's {kind} is .* and the package says"):
        read_datapackage(tmp_path)


def test_a_size_is_held_against_the_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="the file has 30 bytes, and the package says 31"):
        read_datapackage(package(tmp_path, resource(bytes=31)))


def test_a_hash_of_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="not known: crc32"):
        read_datapackage(package(tmp_path, resource(hash="crc32:00")))


@pytest.mark.parametrize(
    ("described", "what"),
    [
        (b"{", "datapackage.json:1: the file is damaged"),
        (b"[]", "no list of resources"),
        (b'{"resources": {}}', "no list of resources"),
        (b'{"resources": [1]}', "no list of resources"),
        (b'{"resources": ' + b"[" * 100_000, "nests too deeply"),
        (
            b'{"resources": [{"name": "a", "type": "table", "data": [["x"]]}]}',
            "the data of the resource 'a' stand in datapackage.json",
        ),
        (json.dumps({"resources": [resource(), resource()]}).encode(), "name 'nascite' is not its own"),
        (json.dumps({"resources": [{}] * 1001}).encode(), "1001 resources"),
    ],
)
def test_a_descriptor_that_cannot_be_used_is_refused(tmp_path: Path, described: bytes, what: str) -> None:
    root = package(tmp_path, datapackage_json=described)
    with pytest.raises(DataError, match=what):
        read_datapackage(root)


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n", b"\n\n"])
def test_a_header_alone_is_a_table_without_rows(tmp_path: Path, end: bytes) -> None:
    (records,) = read_datapackage(package(tmp_path, resource(), nascite_csv=b"territory,value" + end))
    assert (records.table.column_names, records.table.num_rows) == (["territory", "value"], 0)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"a,a\n1,2\n", ":1: two columns are named 'a'"),
        (b"a,\n1,2\n", ":1: column 2 has no name"),
        (b"", ":1: the file has no header line"),
        (b"a,b\n1\n", "the file is no table: .*Expected 2 columns, got 1"),
        (b"a,b\n1,\xff\n", "UTF-?8"),
        (b"a\xff,b\n1,2\n", ":1: the file is no text in utf-8"),
    ],
)
def test_a_file_that_is_no_table_is_refused_where_people_know_it(tmp_path: Path, content: bytes, what: str) -> None:
    root = package(tmp_path / "package", resource(), nascite_csv=content)
    for way in (root, zipped(root, tmp_path / "x.zip", "deep/")):
        with pytest.raises(DataError, match=what) as caught:
            read_datapackage(way)
        assert isinstance(caught.value.where, Place)
        assert caught.value.where.file == way / "nascite.csv"


def test_all_resources_together_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datapackage, "MOST_BYTES", len(CSV))
    assert len(read_datapackage(package(tmp_path, resource()))) == 1
    with pytest.raises(DataError, match="the package has more than"):
        read_datapackage(package(tmp_path, resource(), resource(name="again")))


def test_a_folder_without_a_descriptor_is_refused(tmp_path: Path) -> None:
    for read in (read_datapackage, read_file):
        with pytest.raises(DataError, match="folder"):
            read(tmp_path)


def test_a_zip_must_hold_one_package_and_nothing_hostile(tmp_path: Path) -> None:
    def archive(**members: bytes) -> Path:
        with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as target:
            for name, content in members.items():
                target.writestr(name.replace("_", "/").replace("/json", ".json"), content)
        return tmp_path / "x.zip"

    with pytest.raises(DataError, match=r"holds no datapackage\.json"):
        read_datapackage(archive(other=b""))
    with pytest.raises(DataError, match="holds 2 data packages"):
        read_datapackage(archive(a_datapackage_json=b"{}", b_datapackage_json=b"{}"))
    with pytest.raises(DataError, match="written elsewhere"):
        read_datapackage(archive(datapackage_json=b"{}", **{"../out": b""}))
    with pytest.raises(DataError, match="would unpack"):
        read_datapackage(archive(datapackage_json=b"{}", bomb=b"\0" * (64 << 20)))
    with pytest.raises(DataError, match="cannot be unpacked"):
        read_datapackage(archive(datapackage_json=b"{}", a=b"", **{"a/b": b""}))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.zip"]


def test_a_zip_that_lost_its_beginning_is_refused(tmp_path: Path) -> None:
    path = zipped(package(tmp_path / "package", resource()), tmp_path / "x.zip")
    for lost in (1, 100, 209):
        path.write_bytes(b"PK" + path.read_bytes()[lost:])
        with pytest.raises(DataError, match="damaged"):
            read_datapackage(path)


def test_a_link_in_a_zip_is_no_link(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as target:
        target.writestr("datapackage.json", json.dumps({"resources": [resource(path="link.csv")]}))
        link = zipfile.ZipInfo("link.csv")
        link.external_attr = 0o120777 << 16
        target.writestr(link, "/etc/passwd")
    (records,) = read_datapackage(tmp_path / "x.zip")
    assert records.table.column_names == ["/etc/passwd"]


_JSON = st.recursive(
    st.none() | st.booleans() | st.sampled_from(["", "csv", "nascite.csv", "..", ";", "utf-8", "table", "1"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["delimiter", "csv", "header", "name", "path"]), inner)
    ),
    max_leaves=6,
)
_KEYS = ("name", "path", "format", "type", "profile", "dialect", "encoding", "hash", "bytes", "schema", "data")


@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(_KEYS, _JSON)), max_size=3))
def test_any_descriptor_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, changes: list[Json]) -> None:
    root = package(tmp_path_factory.mktemp("any"), *(resource(**change) for change in changes))
    with suppress(RendicontoError):
        read_datapackage(root)


@given(
    changes=st.lists(st.tuples(st.integers(0, 1 << 12), st.integers(0, 255)), min_size=1, max_size=4), cut=st.integers(0, 400)
)
def test_a_changed_zip_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]], cut: int
) -> None:
    folder = tmp_path_factory.mktemp("changed")
    path = zipped(package(folder / "package", resource()), folder / "x.zip")
    data = bytearray(path.read_bytes())
    for position, byte in changes:
        data[position % len(data)] = byte
    path.write_bytes(data[cut:] if cut % 8 == 1 else data)
    with suppress(RendicontoError):
        for records in read_datapackage(path):
            rows(records)
