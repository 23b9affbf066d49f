"""``python -m rendiconto``."""

from rendiconto.cli import main

main()
