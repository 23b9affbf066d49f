"""Arrow's memory within bounds: its usual pool takes addresses a gigabyte at a time, which a limit on them counts in full."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def modest_memory() -> Iterator[None]:
    """Within, Arrow takes from the system what it needs and no more; what was taken may be kept afterwards."""
    import pyarrow as pa

    usual = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(usual)
