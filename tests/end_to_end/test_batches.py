"""Many reports at once: only what is needed is made, one failure stops nothing, a killed build goes on to the same bytes."""

import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path
from threading import Event, Thread

import pytest

from hand_texts import HEAD
from rendiconto.errors import RendicontoError
from rendiconto.pipeline import Batch, Outcome, build_batch, load_edition, plan_batch
from rendiconto.pipeline.manifests import MANIFEST
from rendiconto.territory import Gazetteer
from rendiconto.workspace import init_workspace, read_workspace

FEW = ("massa-carrara", "lucca", "valle-d-aosta")
FORMATS = ("data", "xlsx")


def batch(out: Path, names: tuple[str, ...] = FEW, formats: tuple[str, ...] = FORMATS) -> Batch:
    edition = load_edition(2024)
    return Batch(edition, tuple(Gazetteer.load().find(name, 2024) for name in names), out, formats)


def contents(out: Path) -> dict[str, bytes]:
    """Every file below a folder that a reader could see."""
    files = (path for path in out.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files if not path.name.startswith(".")}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("whole")
    outcomes = [report.outcome for report in build_batch(batch(out), jobs=2)]
    assert outcomes == [Outcome.BUILT] * 3
    return out


def test_what_stands_is_left_alone(whole: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in whole.rglob("*") if path.is_file() and path.name != ".rendiconto.lock"}
    assert [why for _, why in plan_batch(batch(whole))] == ["", "", ""]
    assert [report.outcome for report in build_batch(batch(whole))] == [Outcome.KEPT] * 3
    after = {path: path.stat().st_mtime_ns for path in whole.rglob("*") if path.is_file() and path.name != ".rendiconto.lock"}
    assert after == before


def test_what_was_altered_or_is_gone_is_made_again(whole: Path) -> None:
    package = whole / "lucca-2024" / "data" / "datapackage.json"
    original = package.read_bytes()
    package.write_bytes(original.replace(b"2024", b"2042"))
    planned = {place.slug: why for place, why in plan_batch(batch(whole))}
    assert planned == {"massa-carrara": "", "lucca": "data/datapackage.json was altered or is gone", "valle-d-aosta": ""}
    assert sorted(report.outcome for report in build_batch(batch(whole))) == [Outcome.BUILT, Outcome.KEPT, Outcome.KEPT]
    assert package.read_bytes() == original


def test_another_format_is_a_reason(whole: Path) -> None:
    assert {why for _, why in plan_batch(batch(whole, formats=(*FORMATS, "sintesi")))} == {"not made as sintesi"}


def test_a_copy_of_the_site_is_a_file_of_the_report(tmp_path: Path) -> None:
    wanted = batch(tmp_path, ("lucca",), ("xlsx", "site"))
    list(build_batch(wanted, jobs=1))
    assert [why for _, why in plan_batch(wanted)] == [""]
    next(path for path in (tmp_path / "lucca-2024" / "site" / "scarica").iterdir()).unlink()
    assert next(why for _, why in plan_batch(wanted)).startswith("site/scarica/")


def test_a_report_that_stands_is_not_thereby_fit_for_release(tmp_path: Path) -> None:
    init_workspace(tmp_path / "office", edition=2024, territories=("massa-carrara",), base="packaged")
    note = tmp_path / "office" / "texts" / "nota.md"
    note.parent.mkdir(exist_ok=True)
    note.write_text(f"{HEAD}Le domande di NASpI accolte sono 8.638.\n", encoding="utf-8")
    built = replace(batch(tmp_path / "out", ("massa-carrara",), ("data",)), workspace=tmp_path / "office")

    def made(wanted: Batch) -> tuple[Outcome, str]:
        edition = load_edition(workspace=read_workspace(tmp_path / "office"))
        (report,) = build_batch(replace(wanted, edition=edition), jobs=1)
        return report.outcome, report.why

    released = replace(built, release=True)
    assert made(built) == (Outcome.BUILT, "not built yet")
    assert made(built) == (Outcome.KEPT, "")
    outcome, why = made(released)
    assert outcome is Outcome.FAILED
    assert "nota.md" in why
    note.write_text(f"{HEAD}Le domande di NASpI accolte sono 8.924.\n", encoding="utf-8")
    assert made(released)[0] is Outcome.BUILT
    assert made(released) == (Outcome.KEPT, "")
    assert made(built) == (Outcome.KEPT, ""), "what is fit for release stands for every use"


def test_one_failure_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "lucca-2024").write_text("a file where a folder should be", encoding="utf-8")
    reports = {report.territory.slug: report for report in build_batch(batch(tmp_path), jobs=2)}
    assert reports["lucca"].outcome is Outcome.FAILED
    assert "lucca-2024" in reports["lucca"].why
    assert {reports[slug].outcome for slug in ("massa-carrara", "valle-d-aosta")} == {Outcome.BUILT}


def test_a_process_that_dies_is_replaced(tmp_path: Path) -> None:
    reports = build_batch(batch(tmp_path, formats=("data",)), jobs=1)
    outcomes = [next(reports).outcome]
    for process in active_children():
        process.kill()
    assert [*outcomes, *(report.outcome for report in reports)] == [Outcome.BUILT] * 3


def test_a_build_whose_processes_are_all_ended_comes_to_an_end(tmp_path: Path) -> None:
    ending = Thread(target=kill_children_until, args=(over := Event(),))
    ending.start()
    outcomes = [report.outcome for report in build_batch(batch(tmp_path, formats=("data",)), jobs=1)]
    over.set()
    ending.join()
    assert outcomes == [Outcome.FAILED] * 3


def kill_children_until(over: Event) -> None:
    while not over.wait(0.05):
        for process in active_children():
            process.kill()


def test_two_builds_do_not_write_to_one_folder(tmp_path: Path) -> None:
    first = build_batch(batch(tmp_path, ("lucca", "pisa")), jobs=1)
    next(first)
    with pytest.raises(RendicontoError, match="another build"):
        list(build_batch(batch(tmp_path, ("massa-carrara",))))
    assert len(list(first)) == 1


def kill_a_build(out: Path, delay: float) -> None:
    command = [
        sys.executable,
        "-m",
        "rendiconto",
        "build",
        *FEW,
        "--format",
        ",".join(FORMATS),
        "--out",
        str(out),
        "--jobs",
        "2",
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()


def killed_and_resumed(out: Path, kills: int, seed: int) -> dict[str, bytes]:
    moments = random.Random(seed)
    for _ in range(kills):
        kill_a_build(out, moments.uniform(0.3, 5.0))
    list(build_batch(batch(out), jobs=2))
    return contents(out)


def test_a_killed_build_goes_on_to_the_same_bytes(tmp_path: Path, whole: Path) -> None:
    assert killed_and_resumed(tmp_path, 2, 1) == contents(whole)
    assert not list(tmp_path.glob(".*-2024-*")), "what a killed build left half made is swept away"


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(20))
def test_a_build_killed_at_twenty_moments_goes_on_to_the_same_bytes(tmp_path: Path, whole: Path, seed: int) -> None:
    assert killed_and_resumed(tmp_path, 1, 100 + seed) == contents(whole)
