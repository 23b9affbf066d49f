"""Reads the press sheet back: its cards of key figures, each under its name."""

import readback_pdf
from readback import Files, Shown

HEADING = "Le cifre"


def read_shown(files: Files) -> list[Shown]:
    """The figures of the cards."""
    return readback_pdf.read_cards(readback_pdf.open_pdf(files), HEADING)


def read_text(files: Files) -> str:
    """All tagged text."""
    return readback_pdf.read_text(files)
