"""What all of Italy costs, on figures made up for every territory: reports as PDF and data from nothing, after nothing
changed, after a change to one table; the same with the site of all; memory; one report beside what WeasyPrint was measured to
take.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RENDICONTO = (sys.executable, "-m", "rendiconto")
TITLE = "title: Entrate contributive"


def run(*arguments: str, within: Path) -> tuple[float, list[str]]:
    """Seconds that a command takes, and what it prints."""
    start = time.perf_counter()
    done = subprocess.run([*RENDICONTO, *arguments], capture_output=True, text=True, check=True, cwd=within)
    return time.perf_counter() - start, done.stdout.splitlines()


def retitled(workspace: Path) -> None:
    """Give one table another title, in the workspace's own catalogue."""
    import rendiconto.catalogue

    packaged = Path(rendiconto.catalogue.__file__).parent
    table = next(path for path in packaged.glob("editions/2024/*/tavola-17.yaml"))
    own = workspace / "catalogue" / table.relative_to(packaged)
    own.parent.mkdir(parents=True)
    text = table.read_text(encoding="utf-8")
    assert TITLE in text
    own.write_text(text.replace(TITLE, f"{TITLE} dell'anno", 1), encoding="utf-8")


def main() -> None:
    """Build, and build again; print the seconds."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "italia"
        spent, _ = run("demo", str(workspace), within=Path(folder))
        print(f"A synthetic Italy, figures of every territory: {spent:.1f} s")
        build = ("build", "--all", "--format", "pdf,data", "--out", "out")
        for name, bound in (("from nothing", " (bound 180)"), ("with nothing changed", " (bound 5)")):
            spent, printed = run(*build, within=workspace)
            print(f"All of Italy, full reports, PDF and data, {name}: {spent:.1f} s{bound}; {printed[-1]}")
        retitled(workspace)
        spent, printed = run(*build, within=workspace)
        print(f"After a change to one table's title, which every report shows: {spent:.1f} s; {printed[-1]}")
        with_site = ("build", "--all", "--format", "pdf,data,site", "--out", "site")
        for name in ("from nothing", "with nothing changed"):
            spent, printed = run(*with_site, within=workspace)
            print(f"The same with every report's site and the site of all, {name}: {spent:.1f} s; {printed[-2]}")
        pdf, _ = run("build", "massa-carrara", "--format", "pdf", "--out", "one", within=workspace)
        print(f"One report's PDF, cold: {pdf:.1f} s; WeasyPrint, where it was measured: 13 s, {13 / pdf:.1f} times as long")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    print(f"Largest process: {peak:.2f} GB; a build has one for each core (bound 2 GB in all)")


if __name__ == "__main__":
    main()
