"""The site of all territories beside real reports: made from what stands, made again when that changes, whole or not at all."""

from dataclasses import replace
from pathlib import Path

import pytest

from rendiconto.errors import RendicontoError
from rendiconto.pipeline import Batch, Outcome, atlas_folder, build_atlas, build_batch, load_edition, plan_atlas
from rendiconto.territory import Gazetteer

FEW = ("massa-carrara", "valle-d-aosta")


def batch(out: Path, names: tuple[str, ...] = FEW) -> Batch:
    edition = load_edition(2024)
    return Batch(edition, tuple(Gazetteer.load().find(name, 2024) for name in names), out, ("data", "xlsx", "site"))


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    assert [report.outcome for report in build_batch(batch(folder), jobs=2)] == [Outcome.BUILT] * 2
    built = build_atlas(batch(folder))
    assert (built.outcome, built.why, built.reports) == (Outcome.BUILT, "not built yet", 2)
    return folder


def test_the_reports_are_in_the_site_as_they_stand(out: Path) -> None:
    for slug in FEW:
        inside = atlas_folder(batch(out)) / "territori" / slug / "rendiconto"
        own = out / f"{slug}-2024"
        there = {path.relative_to(own) for path in own.rglob("*") if path.is_file() and not path.name.startswith(".")}
        assert {path.relative_to(inside) for path in inside.rglob("*") if path.is_file()} == there
        assert all((inside / path).read_bytes() == (own / path).read_bytes() for path in there)


def test_a_profile_leads_into_its_report(out: Path) -> None:
    profile = (atlas_folder(batch(out)) / "territori" / "massa-carrara" / "index.html").read_text(encoding="utf-8")
    assert "rendiconto/site/index.html" in profile
    assert "rendiconto/rendiconto-sociale-massa-carrara-2024.xlsx" in profile
    assert "foglio di calcolo" in profile
    assert "186.982" in profile


def test_it_stands_until_something_that_it_shows_changes(out: Path) -> None:
    assert plan_atlas(batch(out)) == ""
    assert build_atlas(batch(out)).outcome is Outcome.KEPT
    list(build_batch(batch(out, ("lucca",)), jobs=1))
    assert plan_atlas(batch(out)) == "reports changed"
    assert build_atlas(batch(out)).reports == 3
    home = atlas_folder(batch(out)) / "index.html"
    before = home.read_bytes()
    home.write_bytes(before.replace(b"2024", b"2042"))
    assert plan_atlas(batch(out)) == "index.html was altered or is gone"
    build_atlas(batch(out))
    assert home.read_bytes() == before
    assert plan_atlas(replace(batch(out), as_published=True)).startswith("the program, the catalogue or the data")


def test_a_killed_build_leaves_the_site_of_before_and_is_swept(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = atlas_folder(batch(out))
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.html")}
    (folder / "cerca" / "index.html").write_text("altered", encoding="utf-8")
    left = out / f".{folder.name}-killed"
    left.mkdir()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.link", full)
        patched.setattr("shutil.copyfile", full)
        with pytest.raises(RendicontoError, match="No space left"):
            build_atlas(batch(out))
    assert set(folder.rglob("*.html")) == set(before), "what stood stands"
    assert not left.exists()
    assert not list(out.glob(f".{folder.name}-*"))
    assert build_atlas(batch(out)).outcome is Outcome.BUILT


def test_two_builds_do_not_write_to_one_folder(out: Path) -> None:
    reports = build_batch(batch(out, ("pisa",)), jobs=1)
    next(reports)
    with pytest.raises(RendicontoError, match="another build is writing here"):
        build_atlas(batch(out))
    reports.close()  # type: ignore[attr-defined]
