"""Makes the shared fixtures importable: ``sample`` and ``contracts`` lie beside this file."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
