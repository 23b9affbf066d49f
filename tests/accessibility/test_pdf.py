"""The PDF under two independent checkers of tagged PDF, which live in an environment of their own."""

import json
import subprocess
from pathlib import Path

import pytest
from documents import DOCUMENTS, document_named

from rendiconto.render import load_renderer

CHECKERS = Path(__file__).parents[2] / ".venv-accessibility" / "bin"


@pytest.fixture(scope="module", params=DOCUMENTS)
def pdf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    (content,) = load_renderer("pdf")(document_named(request.param)).values()
    path = tmp_path_factory.mktemp("pdf") / f"{request.param}.pdf"
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
