"""Front matter: what a text says of itself before it begins. Where it goes, whose it is, of when."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from pydantic import field_validator

from rendiconto.catalogue.declarations import Catalogue
from rendiconto.catalogue.formulas import Strict
from rendiconto.catalogue.models import Names
from rendiconto.catalogue.yamlmodels import read_model
from rendiconto.catalogue.yamltext import YamlFile, parse_yaml
from rendiconto.document.prose import Byline
from rendiconto.errors import CatalogueError, Place, UnknownName, nearest_names
from rendiconto.territory import Gazetteer, Territory

FENCE: Final = "---"
_MOST_LINES: Final = 100
_MOST_CHARACTERS: Final = 8_000
_SHAPE: Final = "Write `place: presentation`, `place: chapter 4` or `place: table 17`."


class AuthorModel(Strict):
    """Somebody who answers for a text."""

    name: str
    role: str = ""


class FrontMatterModel(Strict):
    """What stands between the two ``---`` lines. A text without ``territory`` is for all, without ``edition`` for every one."""

    place: str
    title: str
    authors: tuple[AuthorModel, ...] = ()
    date: str = ""
    territory: Names = ()
    edition: int | None = None

    @field_validator("date")
    @classmethod
    def _is_iso(cls, value: str) -> str:
        try:
            return date.fromisoformat(value).isoformat() if value else ""
        except ValueError:
            raise ValueError(f"{value!r} is not a date such as 2025-03-31") from None


class Where(StrEnum):
    """The kinds of places that a text can go to."""

    PRESENTATION = "presentation"
    CHAPTER = "chapter"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a text goes: before the report, into a chapter (its number), to a table (its number: "17", "G1")."""

    where: Where
    number: str = ""

    def __str__(self) -> str:
        return f"{self.where} {self.number}".rstrip()


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Front matter read; no territories are all, no edition is every one. ``title_line`` is the title's line in the file."""

    destination: Destination
    title: str
    bylines: tuple[Byline, ...]
    date: str
    territories: tuple[Territory, ...]
    edition: int | None
    title_line: int

    def is_for(self, territory: Territory, edition: int) -> bool:
        """Whether the text belongs into a report."""
        of_territory = not self.territories or any(own.code == territory.code for own in self.territories)
        return of_territory and self.edition in (None, edition)


def split_front_matter(text: str, file: Path | str) -> tuple[str, str, int]:
    """Front matter, body, and the line on which the body begins (from 1)."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        raise CatalogueError("the text has no front matter", Place(file, 1), f"Begin with a line {FENCE}. {_SHAPE}")
    for number, line in enumerate(lines[1 : _MOST_LINES + 1], start=1):
        if line.rstrip() == FENCE:
            head = "\n".join(lines[1:number])
            if len(head) > _MOST_CHARACTERS:
                raise CatalogueError("the front matter is too long", Place(file, 1), f"At most {_MOST_CHARACTERS} characters.")
            return head, "\n".join(lines[number + 1 :]), number + 2
    raise CatalogueError("the front matter does not end", Place(file, 1), f"Close it with a line {FENCE}.")


def read_front_matter(head: str, file: Path, catalogue: Catalogue) -> FrontMatter:
    """Front matter as values; what no edition, chapter, table or territory bears is an error with the near names."""
    source = _parsed(head, file)
    model = read_model(FrontMatterModel, source)
    if not model.title.strip():
        raise CatalogueError("the title is empty", source.place("title"))
    territories = tuple(_territory(name, catalogue.year, source) for name in model.territory)
    return FrontMatter(
        destination=_destination(model.place, catalogue, source.place("place")),
        title=" ".join(model.title.split()),
        bylines=tuple(Byline(author.name, author.role) for author in model.authors),
        date=model.date,
        territories=territories,
        edition=model.edition,
        title_line=source.place("title").line or 1,
    )


def _parsed(head: str, file: Path) -> YamlFile:
    try:
        source = parse_yaml(f"\n{head}", file)  # the fence's line, so that lines are the file's
    except RecursionError:
        raise CatalogueError("the front matter is nested too deeply", Place(file, 1)) from None
    if not isinstance(source.content, dict):
        raise CatalogueError("the front matter is not a list of keys and values", Place(file, 1), _SHAPE)
    return source


def _territory(name: str, year: int, source: YamlFile) -> Territory:
    try:
        return Gazetteer.load().find(name, year)
    except UnknownName as error:
        raise UnknownName("territory", name, error.near, source.place("territory")) from None


def _destination(text: str, catalogue: Catalogue, place: Place) -> Destination:
    kind, _, name = text.strip().partition(" ")
    name = name.strip()
    known = [str(where) for where in Where]
    if kind not in known:
        raise UnknownName("place", kind, nearest_names(kind, known) or known, place)
    where = Where(kind)
    if (where is Where.PRESENTATION) == bool(name):
        raise CatalogueError(f"{text!r} is not a place", place, _SHAPE)
    if where is Where.TABLE:
        return Destination(where, _table(name, catalogue, place))
    return Destination(where, _chapter(name, catalogue, place) if where is Where.CHAPTER else "")


def _chapter(name: str, catalogue: Catalogue, place: Place) -> str:
    for chapter in catalogue.chapters:
        if name in (str(chapter.number), chapter.slug):
            return str(chapter.number)
    slugs = [chapter.slug for chapter in catalogue.chapters]
    raise UnknownName("chapter", name, nearest_names(name, slugs) or slugs, place)


def _table(name: str, catalogue: Catalogue, place: Place) -> str:
    try:
        return catalogue.table(name).number
    except UnknownName as error:
        raise UnknownName("table", name, error.near, place) from None
