"""The ledger loses nothing: entries in order, originals byte for byte, states that come back exactly; errors in plain words."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from rendiconto.catalogue import load_catalogue
from rendiconto.errors import DataError, RendicontoError
from rendiconto.observations import ObservationStore
from rendiconto.observations.deliveries import Ledger, changes_between, load_state
from rendiconto.observations.intake.taking import take_file

EMPTY = ObservationStore({}, (), "0", "2024-12-31", "")


def delivery(folder: Path, name: str, *rows: str) -> Path:
    path = folder / name
    path.write_text("territory,period,outcome,value,status\n" + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def ingest(ledger: Ledger, *paths: Path) -> int:
    intakes = [take_file(load_catalogue(2024), path, cube="durc") for path in paths]
    return ledger.ingest([intake.delivered() for intake in intakes], edition=2024).version


def values(store: ObservationStore) -> dict[tuple[str, ...], Decimal | None]:
    return {codes: observation.value for codes, observation in store.cubes["durc"].items()} if store.cubes else {}


def test_a_newer_delivery_supersedes_and_every_earlier_state_comes_back(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "deliveries")
    assert ingest(ledger, delivery(tmp_path, "a.csv", "045,2024,REG,10,", "045,2024,IRR,1,")) == 1
    assert ingest(ledger, delivery(tmp_path, "b.csv", "045,2024,REG,12,", "045,2023,REG,7,")) == 2
    states = [load_state(load_catalogue(2024), EMPTY, ledger, version) for version in (0, 1, 2)]
    assert values(states[0]) == {}
    assert values(states[1]) == {("045", "2024", "REG"): 10, ("045", "2024", "IRR"): 1}
    assert values(states[2]) == {("045", "2024", "REG"): 12, ("045", "2024", "IRR"): 1, ("045", "2023", "REG"): 7}
    assert ledger.restore(1, edition=2024).version == 3
    back = load_state(load_catalogue(2024), EMPTY, ledger)
    assert values(back) == values(states[1])
    assert back.sha256 == states[1].sha256
    assert len({state.version for state in (*states, back)}) == 4
    assert ledger.restore(2, edition=2024).version == 4
    assert values(load_state(load_catalogue(2024), EMPTY, ledger)) == values(states[2])


def test_a_file_is_kept_byte_for_byte_under_its_hash(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "deliveries")
    path = delivery(tmp_path, "a.csv", "045,2024,REG,10,")
    ingest(ledger, path)
    ingest(ledger, path)
    (entry, again) = ledger.entries()
    assert entry.kind == again.kind == "ingest"
    kept = ledger.original(entry.deliveries[0])
    assert kept.read_bytes() == path.read_bytes()
    assert kept.name == sha256(path.read_bytes()).hexdigest()
    assert len(list(kept.parent.iterdir())) == 1


def test_changes_are_listed_largest_first(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "deliveries")
    ingest(ledger, delivery(tmp_path, "a.csv", "045,2024,REG,100,", "045,2023,REG,100,", "045,2022,REG,5,"))
    ingest(ledger, delivery(tmp_path, "b.csv", "045,2024,REG,110,", "045,2023,REG,300,", "045,2021,REG,1,"))
    one, two = (load_state(load_catalogue(2024), EMPTY, ledger, version) for version in (1, 2))
    changes = changes_between(one, two)
    assert [(change.codes[1], change.absolute, change.relative) for change in changes] == [
        ("2023", 200, 200),
        ("2024", 10, 10),
        ("2021", None, None),
    ]
    assert changes_between(one, one) == []


def test_two_ingests_at_once_both_count(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "deliveries")
    paths = [delivery(tmp_path, f"{n}.csv", f"045,{2000 + n},REG,{n + 1},") for n in range(12)]
    with ThreadPoolExecutor(max_workers=6) as pool:
        versions = sorted(pool.map(lambda path: ingest(ledger, path), paths))
    assert versions == list(range(1, 13))
    assert len(values(load_state(load_catalogue(2024), EMPTY, ledger))) == 12


def test_stored_observations_that_were_changed_are_not_believed(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "deliveries")
    ingest(ledger, delivery(tmp_path, "a.csv", "045,2024,REG,10,"))
    (stored,) = (tmp_path / "deliveries" / "observations").iterdir()
    stored.write_bytes(stored.read_bytes()[:-1] + b"x")
    with pytest.raises(DataError, match="have been changed"):
        load_state(load_catalogue(2024), EMPTY, ledger)


@pytest.mark.parametrize("content", [b"", b"{", b'{"kind": "ingest"}', b"\xff\xfe"])
def test_a_damaged_or_missing_entry_is_said(tmp_path: Path, content: bytes) -> None:
    ledger = Ledger(tmp_path / "deliveries")
    for number in (1, 2):
        ingest(ledger, delivery(tmp_path, f"{number}.csv", f"045,2024,REG,{number},"))
    first = tmp_path / "deliveries" / "log" / "000001.json"
    whole = first.read_bytes()
    first.write_bytes(content)
    with pytest.raises(DataError, match="damaged"):
        ledger.entries()
    first.unlink()
    with pytest.raises(DataError, match="entry 1 of the deliveries is missing"):
        ledger.entries()
    first.write_bytes(whole)
    assert len(ledger.entries()) == 2


def test_a_version_that_is_not_there_names_those_that_are(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "deliveries")
    ingest(ledger, delivery(tmp_path, "a.csv", "045,2024,REG,10,"))
    with pytest.raises(RendicontoError, match="no version 5"):
        ledger.restore(5, edition=2024)
    with pytest.raises(RendicontoError, match="no version 2"):
        load_state(load_catalogue(2024), EMPTY, ledger, 2)


def test_a_full_disk_stores_nothing_and_says_so(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "deliveries")
    ingest(ledger, delivery(tmp_path, "a.csv", "045,2024,REG,10,"))
    script = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from rendiconto.catalogue import load_catalogue\n"
        "from rendiconto.observations.deliveries import Ledger\n"
        "from rendiconto.observations.intake.taking import take_file\n"
        "taken = take_file(load_catalogue(2024), Path(sys.argv[1]), cube='durc').delivered()\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))\n"
        "try:\n    Ledger(Path(sys.argv[2])).ingest([taken], edition=2024)\n"
        "except Exception as error:\n    print(type(error).__name__, error)\n"
    )
    big = delivery(tmp_path, "b.csv", *(f"045,{year},REG,{year}," for year in range(1990, 2020)))
    done = subprocess.run(
        [sys.executable, "-c", script, str(big), str(ledger.folder)], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("RendicontoError")
    assert "the delivery was not stored: File too large" in done.stdout
    assert "Nothing has changed" in done.stdout
    assert len(ledger.entries()) == 1
    assert not list(ledger.folder.rglob(".passing-*"))


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "deliveries"
    blocked.write_text("not a folder", encoding="utf-8")
    with pytest.raises(RendicontoError, match="the delivery was not stored"):
        ingest(Ledger(blocked), delivery(tmp_path, "a.csv", "045,2024,REG,10,"))


def test_an_entry_tells_what_came_from_whom(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "deliveries")
    path = delivery(tmp_path, "a.csv", "045,2024,REG,10,", "045,2024,OTHER,10,")
    intake = take_file(load_catalogue(2024), path, cube="durc", office="DC Tecnologia")
    ledger.ingest([intake.delivered()], edition=2024)
    entry = json.loads((ledger.folder / "log" / "000001.json").read_text(encoding="utf-8"))
    (kept,) = entry["deliveries"]
    assert (kept["file"], kept["office"], kept["format"]) == ("a.csv", "DC Tecnologia", "csv")
    assert kept["cubes"]["durc"]["rows"] == 1
    assert kept["refused"][0]["cell"] == "a.csv row 3 (outcome)"
    assert entry["by"]
    assert entry["at"][:4].isdecimal()
