"""The package's README, in Italian, for whoever opens the folder without us."""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from rendiconto.document import Document
from rendiconto.render.data.cubefiles import ORIGIN_MEANINGS, STATUS_MEANINGS

if TYPE_CHECKING:
    from jinja2 import Template


def readme_text(document: Document) -> str:
    """Markdown: what there is, columns, statuses, versions, licence."""
    return _template().render(document=document, statuses=STATUS_MEANINGS, origins=ORIGIN_MEANINGS)


@cache
def _template() -> "Template":
    from jinja2 import Environment, StrictUndefined

    source = (files(__package__) / "README.md.jinja").read_text(encoding="utf-8")
    # Markdown, not HTML: nothing to escape.
    environment = Environment(autoescape=False, undefined=StrictUndefined, trim_blocks=True)  # noqa: S701
    return environment.from_string(source)
