"""Files taken out of a PDF: ours come back whole, strangers' stay in their folder."""

from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendiconto.errors import DataError, RendicontoError
from rendiconto.pipeline import take_attached
from rendiconto.read.raw.attached import MOST_BYTES, MOST_FILES, safe_name
from rendiconto.render.archive import read_zip
from rendiconto.render.data.package import render_data
from rendiconto.render.pdf.report import render_pdf
from sample import sample_document


def pdf_with(path: Path, files: dict[str, bytes], password: str = "") -> Path:
    """A PDF of one page that carries files under the names given."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    for number, (name, content) in enumerate(files.items()):
        pdf.attachments[f"{number:04}"] = pikepdf.AttachedFileSpec(pdf, content, filename=name)
    pdf.save(path, encryption=pikepdf.Encryption(owner=password, user=password) if password else None)
    return path


def taken(path: Path, folder: Path) -> dict[str, bytes]:
    return {found.name: found.read_bytes() for found in take_attached(path, folder)}


def test_a_report_gives_its_data_package_back(tmp_path: Path) -> None:
    document = sample_document()
    path = tmp_path / "report.pdf"
    path.write_bytes(next(iter(render_pdf(document).values())))
    found = taken(path, tmp_path / "out")
    assert read_zip(found["rendiconto-sociale-massa-carrara-2024-dati.zip"]) == render_data(document)
    assert taken(path, tmp_path / "out") == found, "taken out again into the same folder"


def test_names_that_lead_away_are_brought_home(tmp_path: Path) -> None:
    files = {"../../uno.csv": b"1", "/etc/due.csv": b"2", "C:\\tre.csv": b"3", "a/tre.csv": b"4", "..": b"5", "con.txt": b"6"}
    found = taken(pdf_with(tmp_path / "a.pdf", files), tmp_path / "out")
    assert found == {"uno.csv": b"1", "due.csv": b"2", "tre.csv": b"3", "tre-2.csv": b"4", "allegato": b"5", "_con.txt": b"6"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "out"]


@given(st.lists(st.text(), max_size=8))
def test_any_name_is_made_one_of_its_own_in_the_folder(said: list[str]) -> None:
    names: set[str] = set()
    for name in said:
        safe = safe_name(name, names)
        assert safe.casefold() not in names
        assert Path(safe).name == safe
        assert safe.strip(". ")
        assert safe.isprintable()
        assert len(safe) < 200
        names.add(safe.casefold())


def test_what_is_there_already_is_not_written_over(tmp_path: Path) -> None:
    path = pdf_with(tmp_path / "a.pdf", {"a.csv": b"1", "b.csv": b"2"})
    (tmp_path / "b.csv").write_bytes(b"mine")
    with pytest.raises(RendicontoError, match="another file of that name"):
        take_attached(path, tmp_path)
    assert not (tmp_path / "a.csv").exists()
    assert (tmp_path / "b.csv").read_bytes() == b"mine"


def test_a_pdf_without_files_says_so(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="carries no files"):
        take_attached(pdf_with(tmp_path / "a.pdf", {}), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_what_is_no_pdf_or_locked_or_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 nothing more")
    locked = pdf_with(tmp_path / "b.pdf", {"a.csv": b"1"}, password="x")
    for path, why in ((tmp_path / "a.pdf", "damaged"), (locked, "password"), (tmp_path / "c.pdf", "no such file")):
        with pytest.raises(DataError, match=why):
            take_attached(path, tmp_path / "out")


def test_too_many_files_or_too_large_ones_are_refused(tmp_path: Path) -> None:
    many = pdf_with(tmp_path / "many.pdf", {f"{number}.csv": b"" for number in range(MOST_FILES + 1)})
    # A hundred thousand bytes that unpack to a hundred million, three times.
    bomb = pdf_with(tmp_path / "bomb.pdf", {f"{number}.csv": bytes(MOST_BYTES // 2) for number in range(3)})
    assert bomb.stat().st_size < MOST_BYTES // 100
    for path in (many, bomb):
        with pytest.raises(DataError, match=r"the PDF holds|more than"):
            take_attached(path, tmp_path / "out")


@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=40))
def test_a_damaged_pdf_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, at: int, noise: bytes) -> None:
    from rendiconto.read.raw.attached import read_attached

    folder = tmp_path_factory.mktemp("damaged")
    path = pdf_with(folder / "a.pdf", {"a.csv": b"1,2,3\n" * 50})
    content = bytearray(path.read_bytes())
    at %= len(content)
    content[at : at + len(noise)] = noise
    path.write_bytes(bytes(content))
    answer: object
    try:
        answer = dict(read_attached(path))
    except DataError as error:
        answer = error.todo
    assert isinstance(answer, dict | str)
