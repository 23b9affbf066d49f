"""Our Word file through LibreOffice, as it comes back from somebody who has no Word: every figure and every word kept."""

import shutil
import subprocess
from pathlib import Path

import pytest

from rendiconto.document import Document
from rendiconto.pipeline import load_edition, read_file, render_docx
from rendiconto.pipeline.reviewing import compare_with
from reviewed_report import report_with_prose
from round_trips import differences, synthetic

pytestmark = [pytest.mark.soak, pytest.mark.xdist_group("libreoffice")]


def convert(path: Path, form: str, folder: Path) -> Path:
    """The file saved again by LibreOffice in another form, with a profile of its own."""
    office = shutil.which("soffice")
    assert office is not None, "LibreOffice is missing: `make soak` installs it"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", form, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{path.stem}.{form}"


def saved_again(document: Document, folder: Path) -> tuple[Path, ...]:
    """As .docx, through .odt, and as PDF."""
    path = folder / "report.docx"
    path.write_bytes(render_docx(document))
    direct = convert(path, "docx", folder / "direct")
    through = convert(convert(path, "odt", folder / "odt"), "docx", folder / "through")
    return direct, through, convert(path, "pdf", folder / "pdf")


def test_nothing_is_lost_and_nothing_seems_changed(tmp_path: Path) -> None:
    document = report_with_prose()
    *words, pdf = saved_again(document, tmp_path)
    for path in words:
        report = read_file(path)
        assert differences(document, report) == {}, path
        review, findings = compare_with(document, load_edition(), path, report)
        assert (review.changes, review.tracked, review.comments, findings) == ((), (), (), ()), path
    assert differences(document, read_file(pdf)) == {}


@pytest.mark.parametrize("name", ["lecce", "valle-d-aosta", "toscana", "roma", "italia", "bolzano"])
def test_every_figure_of_a_synthetic_report_is_kept(name: str, tmp_path: Path) -> None:
    document = synthetic(name, tmp_path)
    for path in saved_again(document, tmp_path):
        assert differences(document, read_file(path)) == {}, path
