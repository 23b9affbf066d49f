"""The report as a Word file: blocks decided from the Document, written as WordprocessingML, packed with python-docx.

For another document in Word: make ``Text``, ``Table`` and ``Picture`` blocks (``blocks``; ``prose`` makes them of sentences,
``grids`` of the tables), and give them to ``wordfile.write_word_file``.
"""

from rendiconto.render.docx.report import render_docx

__all__ = ["render_docx"]
