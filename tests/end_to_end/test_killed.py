"""An ingest killed at any moment leaves the data as before or as after, and what comes next works."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rendiconto.catalogue import load_catalogue
from rendiconto.observations import ObservationStore
from rendiconto.observations.deliveries import Ledger, load_state
from rendiconto.workspace import Workspace, init_workspace

# The run says when it begins to store: the moments of interest come after, and are short.
SCRIPT = """
import sys
from pathlib import Path
from rendiconto.pipeline import ingest_files, inspect_files
from rendiconto.workspace import read_workspace
workspace = read_workspace(Path(sys.argv[1]))
intakes = inspect_files([Path(name) for name in sys.argv[2:]], workspace=workspace)
print("ready", flush=True)
sys.stdin.readline()
ingest_files(workspace, intakes)
print("stored", flush=True)
"""
EMPTY = ObservationStore({}, (), "0", "2024-12-31", "")


def figures(workspace: Workspace) -> dict[tuple[str, tuple[str, ...]], object]:
    store = load_state(load_catalogue(2024), EMPTY, Ledger(workspace.deliveries))
    return {(name, codes): o.value for name, cube in store.cubes.items() for codes, o in cube.items()}


def deliveries(folder: Path, turn: int) -> list[Path]:
    """Three files of three territories, in three cubes."""
    paths = []
    for cube, codes in (("durc", ",REG"), ("ape_sociale", ""), ("pensionati", ",F")):
        columns = {"durc": ",outcome", "ape_sociale": "", "pensionati": ",sex"}[cube]
        path = folder / f"{cube}.csv"
        lines = [f"{place},{year}{codes},{turn}{year}," for place in ("045", "046", "011") for year in range(2000, 2025)]
        path.write_text(f"territory,period{columns},value,status\n" + "\n".join(lines) + "\n", encoding="utf-8")
        paths.append(path)
    return paths


def kill_an_ingest(workspace: Workspace, paths: list[Path], delay: float) -> bool:
    """Kill a run ``delay`` seconds after it began to store; whether it had ended by then."""
    command = [sys.executable, "-c", SCRIPT, str(workspace.root), *map(str, paths)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.stdin.write("go\n")
        process.stdin.flush()
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        return process.stdout.read() == "stored\n"


def campaign(folder: Path, seed: int, kills: int) -> None:
    workspace = init_workspace(folder / "ws", edition=2024, territories=(), base="none")
    draw = random.Random(seed)
    before: dict[tuple[str, tuple[str, ...]], object] = {}
    states = {"before": 0, "after": 0}
    longest = 0.06
    for turn in range(1, kills + 1):
        paths = deliveries(folder, turn)
        ended = kill_an_ingest(workspace, paths, draw.uniform(0, longest))
        now = figures(workspace)
        after = {**before, **{key: value for key, value in now.items() if str(value).startswith(str(turn))}}
        assert now in (before, after), f"turn {turn}: between two states"
        assert now == after or not ended
        if now != before:
            assert len(now) == 3 * 3 * 25
            assert all(str(value).startswith(str(turn)) for value in now.values())
        states["after" if now != before else "before"] += 1
        before = now
    assert states["before"], "no kill came before the end: the moments were not met"
    assert states["after"], "no run came to its end: the moments were not met"
    # And the ledger still takes what comes.
    subprocess.run(
        [sys.executable, "-c", SCRIPT, str(workspace.root), *map(str, deliveries(folder, 9))],
        input="go\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert all(str(value).startswith("9") for value in figures(workspace).values())


def test_a_killed_ingest_leaves_the_data_whole(tmp_path: Path) -> None:
    campaign(tmp_path, seed=4, kills=14)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(8))
def test_hundreds_of_kills_leave_the_data_whole(tmp_path: Path, seed: int) -> None:
    campaign(tmp_path, seed=seed, kills=50)
