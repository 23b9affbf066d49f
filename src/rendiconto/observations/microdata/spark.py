"""Apache Spark, the engine of a cluster: ``local[2]`` by default, else any ``spark://`` master or ``sc://`` (Spark Connect)."""

import os
from collections.abc import Sequence
from typing import Any, Self

from rendiconto.errors import RendicontoError
from rendiconto.observations.microdata.sql import Dialect
from rendiconto.observations.microdata.sqlengine import SqlEngine
from rendiconto.observations.microdata.tally import MicroSource

LOCAL = "local[2]"


class SparkEngine(SqlEngine):
    """A session on a master; the files must be where its workers can read them."""

    dialect = Dialect("`", "STRING", escapes=True)

    def __init__(self, master: str = LOCAL, memory: str = "2g") -> None:
        # Workers must run the Python that asks, and their log says nothing to a person.
        os.environ.setdefault("PYSPARK_PYTHON", "python3")
        try:
            from pyspark.sql import SparkSession
        except ImportError:
            raise RendicontoError("PySpark is not installed", todo="Install it with `pip install rendiconto[spark]`.") from None
        builder = SparkSession.builder
        if master.startswith("sc://"):
            builder = builder.remote(master)
        else:
            builder = builder.master(master).config("spark.driver.memory", memory).config("spark.ui.enabled", "false")
            builder = builder.config("spark.log.level", "ERROR").config("spark.ui.showConsoleProgress", "false")
            builder = builder.config("spark.driver.bindAddress", "127.0.0.1") if master.startswith("local") else builder
        try:
            self._session = (
                builder.appName("rendiconto")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.ansi.enabled", "true")
                .config("spark.sql.shuffle.partitions", "8")
                .getOrCreate()
            )
        except Exception as error:  # noqa: BLE001 - whatever Java and Py4J say of it, in plain words
            reason = (str(error).splitlines() or ["no reason given"])[0]
            todo = "Spark needs Java (openjdk-17-jre-headless) and a master that answers; or count with --engine duckdb."
            raise RendicontoError(f"Spark did not start: {reason}", master, todo) from None

    @classmethod
    def started(cls, memory: str, master: str | None) -> Self:
        """A session whose driver takes at most so much memory."""
        return cls(master or LOCAL, memory.removesuffix("B").lower())

    def attach(self, table: str, source: MicroSource) -> None:
        """A temporary view over the files."""
        files = [str(file.resolve()) for file in source.files]
        self._session.read.parquet(*files).createOrReplaceTempView(table)

    def fetch(self, statement: str) -> Sequence[Sequence[Any]]:
        """The rows of an answer."""
        return self._session.sql(statement).collect()

    def close(self) -> None:
        """Stop the session."""
        self._session.stop()
