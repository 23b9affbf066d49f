"""The README's first command, as a person runs it."""

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_make_report_compiles_every_format_and_prints_where(tmp_path: Path) -> None:
    make = shutil.which("make")
    assert make is not None
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    result = subprocess.run(
        [make, "report", f"OUT={tmp_path}"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    folder = tmp_path / "massa-carrara-2024"
    stem = "rendiconto-sociale-massa-carrara-2024"
    for path in (f"{stem}.pdf", f"{stem}.xlsx", "site/index.html", "data/datapackage.json"):
        assert str(folder / path) in result.stdout
        assert (folder / path).stat().st_size > 1000
    assert (folder / f"{stem}.pdf").stat().st_size < 6_000_000
    for name in (f"{stem}.pdf", f"{stem}.xlsx"):
        assert (folder / "site" / "scarica" / name).read_bytes() == (folder / name).read_bytes()
