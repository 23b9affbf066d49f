"""Every PDF under two independent checkers of tagged PDF, which live in an environment of their own."""

import json
import subprocess
from pathlib import Path

import pytest
from documents import DOCUMENTS, document_named

from rendiconto.render import load_renderer
from sample_prose import with_prose

CHECKERS = Path(__file__).parents[2] / ".venv-accessibility" / "bin"


FORMATS = ("pdf", "sintesi", "stampa")


@pytest.fixture(scope="module", params=[(name, document) for name in FORMATS for document in (*DOCUMENTS, "prose")])
def pdf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    name, chosen = request.param
    document = with_prose(document_named("report")) if chosen == "prose" else document_named(chosen)
    (content,) = (content for path, content in load_renderer(name)(document).items() if path.endswith(".pdf"))
    path = tmp_path_factory.mktemp("pdf") / f"{name}-{chosen}.pdf"
    path.write_bytes(content)
    return path


def test_outloud_finds_no_error(pdf: Path) -> None:
    report = pdf.with_suffix(".json")
    subprocess.run([CHECKERS / "outloud", "--quiet", "--json", report, pdf], capture_output=True, check=False)
    (found,) = json.loads(report.read_text())["results"]
    assert found["error"] is None
    errors = [finding for finding in found["findings"] if finding["severity"] == "error"]
    assert errors == []


def test_pdfua_finds_nothing(pdf: Path) -> None:
    result = subprocess.run([CHECKERS / "pdfua", "check", pdf], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
    assert "PASS" in result.stdout
