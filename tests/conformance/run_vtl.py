"""Run by the Python of `.venv-vtl`: executes a VTL script over a folder and prints the rows of its results as JSON.

    python run_vtl.py FOLDER

FOLDER holds `structures.xml` (SDMX-ML), `rules.vtl` and a CSV file `DF_NAME.csv` for each dataset that the script reads.
"""

import json
import sys
from pathlib import Path
from typing import Any

import vtlengine  # type: ignore[import-not-found]  # it lives in the other environment
from pysdmx.io import read_sdmx


def run_rules(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of every persistent result, by its name."""
    files = {file.stem: file for file in sorted(folder.glob("DF_*.csv"))}
    message = read_sdmx(folder / "structures.xml", validate=True)
    structures = {"DF" + found.id.removeprefix("DSD"): found for found in message.get_data_structure_definitions()}
    results = vtlengine.run(
        script=folder / "rules.vtl",
        data_structures=[structures[name] for name in files],
        datapoints=files,
        sdmx_mappings={structures[name].short_urn: name for name in files},
        time_period_output_format="sdmx_gregorian",
    )
    return {name: json.loads(result.data.to_json(orient="records")) for name, result in sorted(results.items())}


if __name__ == "__main__":
    print(json.dumps(run_rules(Path(sys.argv[1]))))
