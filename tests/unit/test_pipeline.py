"""Builds are whole or not at all."""

from pathlib import Path

import pytest

from rendiconto.errors import RendicontoError
from rendiconto.pipeline import build_report, building, check_formats, compose_report
from rendiconto.pipeline.folders import write_files


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_build_gives_the_same_bytes_twice_and_leaves_nothing_else(tmp_path: Path) -> None:
    first = build_report("massa-carrara", tmp_path, formats=("xlsx", "data"))
    before = tree(first.folder)
    again = build_report("Massa Carrara", tmp_path, formats=("xlsx", "data"))
    assert again.folder == first.folder == tmp_path / "massa-carrara-2024"
    assert tree(again.folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["massa-carrara-2024"]


def test_a_renderer_that_fails_leaves_the_old_report_untouched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = build_report("massa-carrara", tmp_path, formats=("xlsx",))
    before = tree(built.folder)

    def failing(*_: object) -> dict[str, bytes]:
        raise RendicontoError("no")

    monkeypatch.setattr(building, "_render", failing)
    with pytest.raises(RendicontoError):
        build_report("massa-carrara", tmp_path, formats=("xlsx",))
    assert tree(built.folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["massa-carrara-2024"]


def test_a_write_that_fails_leaves_the_old_report_untouched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = build_report("massa-carrara", tmp_path, formats=("xlsx",))
    before = tree(built.folder)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(building, "write_files", full)
    with pytest.raises(RendicontoError, match="No space left"):
        build_report("massa-carrara", tmp_path, formats=("xlsx",))
    assert tree(built.folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["massa-carrara-2024"]


def test_a_file_in_the_way_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(RendicontoError, match="cannot write") as caught:
        build_report("massa-carrara", tmp_path / "out", formats=("xlsx",))
    assert "--out" in str(caught.value.todo)


def test_no_file_leaves_its_folder(tmp_path: Path) -> None:
    with pytest.raises(RendicontoError, match="outside its folder"):
        write_files(tmp_path, {"../escaped": b""})


def test_formats_are_checked_with_near_names() -> None:
    assert check_formats(["pdf", "pdf", "xlsx"]) == ("pdf", "xlsx")
    with pytest.raises(RendicontoError, match="unknown format 'pdff'") as caught:
        check_formats(["pdff"])
    assert "'pdf'" in str(caught.value.todo)


def test_progress_names_each_stage(tmp_path: Path) -> None:
    stages: list[str] = []
    build_report("massa-carrara", tmp_path, formats=("data", "xlsx"), progress=stages.append)
    assert stages == ["compose", "data", "xlsx", "write"]


def test_only_some_tables_can_be_composed() -> None:
    document = compose_report("045", tables=["T17", "g1"])
    assert [table.number for table in document.tables] == ["G1", "17"]


def test_the_site_offers_every_file_of_the_build_whatever_the_order_asked(tmp_path: Path) -> None:
    built = build_report("massa-carrara", tmp_path, formats=("site", "stampa", "sintesi", "data"))
    offered = {path.name: path.read_bytes() for path in (built.folder / "site" / "scarica").iterdir() if path.suffix != ".html"}
    names = ("nota-di-sintesi", "nota-di-sintesi", "scheda-stampa")
    endings = ("docx", "pdf", "pdf")
    expected = [f"{name}-massa-carrara-2024.{ending}" for name, ending in zip(names, endings, strict=True)]
    assert sorted(offered) == expected
    assert all((built.folder / name).read_bytes() == content for name, content in offered.items())
    page = (built.folder / "site" / "scarica" / "index.html").read_text(encoding="utf-8")
    assert all(f'href="{name}" download' in page for name in expected)
    assert "scheda per la stampa" in page
