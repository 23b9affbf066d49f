"""The press sheet: one page."""
