"""What all of Italy costs: every report as PDF and data from nothing, and again with nothing changed."""

import subprocess
import sys
import tempfile
import time

COMMAND = (sys.executable, "-m", "rendiconto", "build", "--all", "--format", "pdf,data", "--out")


def main() -> None:
    """Build twice, print the seconds."""
    with tempfile.TemporaryDirectory() as out:
        for name, bound in (("from nothing", "180"), ("with nothing changed", "5")):
            start = time.perf_counter()
            done = subprocess.run([*COMMAND, out], capture_output=True, text=True, check=True)
            spent = time.perf_counter() - start
            print(f"All of Italy, PDF and data, {name}: {spent:.1f} s (bound {bound}); {done.stdout.splitlines()[-1]}")


if __name__ == "__main__":
    main()
