"""What a build costs: from a cold start, stage by stage, beside the plainest way to the same pages.

Every cold figure is a fresh process. The plain alternative prints the site's own table pages with headless Chromium: no
contents, no tags on both axes, no fixed bytes; only the pages.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

TERRITORY = "massa-carrara"
STAGES = """
import json, sys, time
start = time.perf_counter()
times = {}
def lap(name):
    global start
    now = time.perf_counter(); times[name] = now - start; start = now
import rendiconto.pipeline as pipeline
from rendiconto.render import RENDERERS, load_renderer
lap("import")
edition = pipeline.load_edition(); lap("load catalogue and observations")
document = pipeline.compose_report(sys.argv[1], edition); lap("compose")
from rendiconto.render.charts import charts_svg
charts_svg([figure for table in document.tables for figure in table.figures]); lap("charts")
for name in RENDERERS:
    load_renderer(name)(document); lap(name)
load_renderer("pdf")(document); lap("pdf, warm")
json.dump(times, sys.stdout)
"""


def timed(arguments: list[str]) -> float:
    """Seconds of one fresh process."""
    start = time.perf_counter()
    subprocess.run(arguments, check=True, capture_output=True)
    return time.perf_counter() - start


def best(measure: Callable[[], float], times: int = 3) -> float:
    """The least of a few runs: the rest is the machine's other work."""
    return min(measure() for _ in range(times))


def show(name: str, seconds: float, bound: float | None = None) -> None:
    """One line, with its bound if the project has set one."""
    limit = "" if bound is None else f"   (bound {bound:g} s: {'holds' if seconds <= bound else 'EXCEEDED'})"
    print(f"  {name:42} {seconds:7.2f} s{limit}")


def cold_builds(out: Path) -> None:
    """Whole commands, as a person runs them."""
    command = [sys.executable, "-m", "rendiconto"]
    print("From a cold start")
    json_all = [*command, "table", "all", TERRITORY, "--format", "json"]
    show("table all --format json", best(lambda: timed(json_all)), 3)
    build = [*command, "build", TERRITORY, "--out", str(out)]
    show("build, PDF alone", best(lambda: timed([*build, "--format", "pdf"])))
    show("build, every format", best(lambda: timed(build)), 10)
    peak = peak_memory(build)
    print(f"  {'peak memory':42} {peak:7.0f} MB   (bound 500 MB: {'holds' if peak <= 500 else 'EXCEEDED'})")


def peak_memory(arguments: list[str]) -> float:
    """The most that a command and the processes it starts hold at once, in MB, sampled every hundredth of a second."""
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(resident(pid) for pid in family(process.pid)))
        time.sleep(0.01)
    return peak / 1024


def family(pid: int) -> list[int]:
    """A process and all below it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(below for child in children for below in family(int(child)))]


def resident(pid: int) -> int:
    """Kilobytes that a process holds; 0 when it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0)


def stages() -> None:
    """One process, stage by stage."""
    found = subprocess.run([sys.executable, "-c", STAGES, TERRITORY], check=True, capture_output=True, text=True)
    print("Stage by stage, in one process")
    for name, seconds in json.loads(found.stdout).items():
        show(name, seconds, 2 if name == "pdf, warm" else None)


def sizes(folder: Path) -> None:
    """What the files weigh."""
    print("Sizes")
    for path in sorted(folder.iterdir()):
        if path.is_file():
            print(f"  {path.name:60} {path.stat().st_size / 1e6:6.2f} MB")
    for name in ("site", "data"):
        files = [path for path in (folder / name).rglob("*") if path.is_file()]
        print(f"  {name + '/':60} {sum(path.stat().st_size for path in files) / 1e6:6.2f} MB in {len(files)} files")


def plain_alternative(site: Path) -> None:
    """The same tables printed by a browser, page by page as one document."""
    chromium = shutil.which("chromium")
    print("The plain alternative for the PDF")
    if chromium is None:
        print("  Chromium is not installed: apt-get install chromium")
        return
    bodies = [
        path.read_text(encoding="utf-8").split("<main", 1)[1].split("</main>")[0]
        for path in sorted(site.glob("tavole/*/index.html"))
    ]
    page = site / "tavole" / "tutte.html"
    style = '<link rel="stylesheet" href="../risorse/site.css">'
    page.write_text(f"<!DOCTYPE html><html lang=it>{style}" + "".join(f"<main{body}</main>" for body in bodies))
    pdf = site / "tutte.pdf"
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--print-to-pdf={pdf}"]
    show("Chromium prints the table pages", best(lambda: timed([chromium, *flags, str(page)]), 2))
    print(f"  {'its PDF':42} {pdf.stat().st_size / 1e6:7.2f} MB")


def main() -> None:
    """Print the whole bench."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        cold_builds(out)
        stages()
        sizes(out / f"{TERRITORY}-2024")
        plain_alternative(out / f"{TERRITORY}-2024" / "site")


if __name__ == "__main__":
    main()
