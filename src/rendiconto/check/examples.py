"""Every rule's worked example, run: a rule that cannot find its own example finds nothing."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from rendiconto.catalogue.declarations import Catalogue
from rendiconto.check.checking import check_data
from rendiconto.check.rules import DataRule
from rendiconto.findings import Finding
from rendiconto.observations.layers import layered
from rendiconto.observations.store import ObservationStore, load_observations
from rendiconto.territory import Gazetteer


def run_example(rule: DataRule, catalogue: Catalogue) -> list[Finding]:
    """What a rule alone finds in its example."""
    focus = (Gazetteer.load().find("massa-carrara", catalogue.year),)
    store = _store(catalogue, rule.example.data, rule.example.errata)
    if rule.example.later:
        store = layered(catalogue, store, [_store(catalogue, rule.example.later, "").cubes])
    return check_data(catalogue, store, focus=focus, as_published=True, rules=[rule.id])


def _store(catalogue: Catalogue, data: Mapping[str, str], errata: str) -> ObservationStore:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for cube, rows in data.items():
            header = ",".join((*catalogue.cubes[cube].dimension_names, "value", "status"))
            lines = (f"{row}," for row in rows.splitlines())
            (folder / f"{cube}.csv").write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
        (folder / "version.yaml").write_text('version: "1"\ndate: "2025-01-01"\n', encoding="utf-8")
        if errata:
            (folder / "errata.yaml").write_text(errata, encoding="utf-8")
        return load_observations(catalogue, folder)
