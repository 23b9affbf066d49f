"""Readers run apart: a process of their own with limits of memory and time, so that no file can take the rest down with it."""

import os
import pickle
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from rendiconto.errors import DataError, Place, RendicontoError

MEMORY = 3 << 29
"""Bytes of address space (1.5 GB), where the system can limit it."""
SECONDS = 60


def read_apart(reader: str, path: Path, *, seconds: int = SECONDS) -> Any:
    """What ``module:function`` makes of a file, in a process that is stopped when it takes too much.

    The function takes the path and gives a value that can be pickled, or raises ``RendicontoError``.
    """
    with tempfile.TemporaryDirectory(prefix="rendiconto-") as name:
        result = Path(name) / "result"
        command = [sys.executable, "-I", "-X", "utf8", "-c", _CHILD, reader, str(path.resolve()), str(result), *sys.path]
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter, our own reader
                command, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False, env=_environment()
            )
        except subprocess.TimeoutExpired:
            raise _refused(path, f"it takes more than {seconds} seconds") from None
        if done.returncode != 0 or not result.exists():
            raise _refused(path, _why(done.stderr))
        outcome = pickle.loads(result.read_bytes())  # noqa: S301 - written by our own child, in a folder only we can write to
    if isinstance(outcome, RendicontoError):
        raise outcome
    return outcome


def _environment() -> dict[str, str]:
    """Our own, but that Arrow asks the system for memory as it needs it: its usual pool takes addresses by the gigabyte."""
    return {**os.environ, "ARROW_DEFAULT_MEMORY_POOL": "system"}


def _why(error: bytes) -> str:
    text = error.decode("utf-8", "replace").strip()
    if "memory" in text.casefold():
        return "it takes too much memory"
    return "it is damaged"


def _refused(path: Path, why: str) -> DataError:
    return DataError(f"the file cannot be read safely: {why}", Place(path), "Ask for it again, saved anew.")


_CHILD = """
import sys
sys.path[:] = sys.argv[4:]
from rendiconto.quarantine import run_reader
run_reader(*sys.argv[1:4])
"""


def run_reader(reader: str, path: str, result: str) -> None:
    """In the child: limit, read, leave the outcome. Whatever goes wrong ends the process with a reason on stderr."""
    _limit_memory()
    module, function = reader.split(":")
    try:
        outcome: object = getattr(import_module(module), function)(Path(path))
    except RendicontoError as error:
        outcome = error
    except BaseException as error:  # noqa: BLE001 - native readers raise their panics past Exception
        sys.exit(f"{type(error).__name__}: {error}")
    Path(result).write_bytes(pickle.dumps(outcome, protocol=pickle.HIGHEST_PROTOCOL))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows: the archive and the used range are bounded before all the same
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
