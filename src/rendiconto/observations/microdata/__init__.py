"""From microdata to observations: cubes counted from rows, with every total, by any of several engines that agree."""

import re
from dataclasses import dataclass
from importlib import import_module

from rendiconto.errors import RendicontoError, UnknownName, nearest_names
from rendiconto.observations.microdata.figures import Aggregate, figures_of
from rendiconto.observations.microdata.plan import AggregationPlan, cubes_from_microdata, find_cubes, plan_aggregation
from rendiconto.observations.microdata.rules import MICRODATA_RULES
from rendiconto.observations.microdata.sources import Origin, Prepared, prepare_source
from rendiconto.observations.microdata.tally import Engine, MicroSource, Tally

__all__ = [
    "ENGINES",
    "MICRODATA_RULES",
    "Aggregate",
    "AggregationPlan",
    "Engine",
    "MicroSource",
    "Origin",
    "Prepared",
    "Tally",
    "cubes_from_microdata",
    "figures_of",
    "find_cubes",
    "is_address",
    "plan_aggregation",
    "prepare_source",
    "start_engine",
]


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """An engine as "module:class", loaded when first asked for, and the extra that installs what it needs."""

    engine: str
    extra: str | None = None


ENGINES: dict[str, EngineChoice] = {
    "duckdb": EngineChoice("rendiconto.observations.microdata.duck:DuckEngine", "microdata"),
    "spark": EngineChoice("rendiconto.observations.microdata.spark:SparkEngine", "spark"),
    "postgres": EngineChoice("rendiconto.observations.microdata.postgres:PostgresEngine", "postgres"),
    "reference": EngineChoice("rendiconto.observations.microdata.reference:ReferenceEngine"),
}
"""Every engine; ``postgres`` is where its tables are, ``reference`` is the slow, obvious one."""

_ADDRESSES = ("postgres://", "postgresql://")


def is_address(origin: str) -> bool:
    """Whether an origin is a database's address and no path."""
    return origin.startswith(_ADDRESSES)


_MEMORY = re.compile(r"[1-9][0-9]{0,5}(MB|GB)")


def start_engine(name: str, *, memory: str = "2GB", master: str | None = None) -> Engine:
    """An engine of ``ENGINES``, started; ``memory`` bounds it, ``master`` is where a cluster or database is asked."""
    if name not in ENGINES:
        raise UnknownName("engine", name, nearest_names(name, ENGINES) or tuple(ENGINES))
    if not _MEMORY.fullmatch(memory):
        raise RendicontoError(f"{memory!r} is no amount of memory", todo="Write it as 500MB or 4GB.")
    module, kind = ENGINES[name].engine.split(":")
    try:
        engine: Engine = getattr(import_module(module), kind).started(memory, master)
    except ImportError as error:
        todo = f"Install it with `pip install 'rendiconto[{ENGINES[name].extra}]'`."
        raise RendicontoError(f"the engine {name} needs {error.name}, which is not installed", todo=todo) from None
    return engine
