"""Texts written by hand: Markdown files with live figures become pieces of the report, audited, and come back next year."""

from pathlib import Path
from typing import Final

EXAMPLE: Final = Path(__file__).parent / "esempio.md"
"""A text that shows how texts are written."""
