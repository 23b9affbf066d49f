"""Texts as files: read whole, bounded, with front matter, blocks and live figures; every mistake is told with its line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rendiconto.catalogue.declarations import Catalogue
from rendiconto.errors import Place, RendicontoError
from rendiconto.texts.frontmatter import FrontMatter, read_front_matter, split_front_matter
from rendiconto.texts.livesyntax import LiveSource, parse_live
from rendiconto.texts.markdown import Body, parse_body

MOST_BYTES: Final = 256_000
"""A hundred pages: more than any committee writes, and little enough to be read at once whatever it holds."""
MOST_IN_PARAGRAPH: Final = 10_000
"""Characters that may stand together without a blank line: some four pages."""
_ASIDE: Final = ("_", ".")
_LINE: Final = "\n"


class TextsWrong(RendicontoError):
    """Several mistakes in texts, each with its place."""

    def __init__(self, mistakes: Sequence[RendicontoError]) -> None:
        self.mistakes = tuple(mistakes)
        listed = "\n".join(str(mistake).replace("\n", "\n    ") for mistake in mistakes)
        super().__init__(f"{len(mistakes)} mistakes in the texts", todo=listed.replace("\n", "\n  "))


def raise_mistakes(mistakes: Sequence[RendicontoError]) -> None:
    """Raise what is wrong, if anything is: one mistake as itself, several together."""
    flat = [each for mistake in mistakes for each in (mistake.mistakes if isinstance(mistake, TextsWrong) else (mistake,))]
    if len(flat) == 1:
        raise flat[0]
    if flat:
        raise TextsWrong(flat)


def placed(error: RendicontoError, where: Place) -> RendicontoError:
    """The same mistake, with its place."""
    error.where = where
    return error


@dataclass(frozen=True)
class Draft:
    """A text as its author wrote it.

    ``source`` is its path within ``texts/``; ``text`` the whole file with Unix line ends, the body from ``body_start`` on.
    ``live`` has for each block its live figures, parsed, in the order of ``Block.live``.
    """

    file: Path
    source: str
    text: str
    body_start: int
    front: FrontMatter
    body: Body
    live: tuple[tuple[LiveSource, ...], ...]

    def place(self, line: int) -> str:
        """A line of it, as findings cite it."""
        return f"{self.source}:{line}"

    def line_at(self, offset: int) -> int:
        """The line of the file on which a character of the body stands."""
        return self.text.count(_LINE, 0, self.body_start + offset) + 1


def find_texts(folder: Path) -> Iterator[Path]:
    """The Markdown files of a folder and those below it, by path; names that begin with ``_`` or ``.`` are left aside."""
    if not folder.is_dir():
        return
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder).parts
        if file.suffix.casefold() == ".md" and not any(part.startswith(_ASIDE) for part in inside):
            yield file


def read_drafts(folder: Path, catalogue: Catalogue) -> tuple[Draft, ...]:
    """All texts of a folder; what is wrong in any of them is raised together."""
    drafts, mistakes = [], []
    for file in find_texts(folder):
        try:
            drafts.append(read_draft(file, catalogue, folder))
        except RendicontoError as error:
            mistakes.append(error)
    raise_mistakes(mistakes)
    return tuple(drafts)


def read_draft(file: Path, catalogue: Catalogue, folder: Path | None = None) -> Draft:
    """One text; ``folder`` is the one that it must lie in, and that its name is told from."""
    source = file.name if folder is None else file.relative_to(folder).as_posix()
    if folder is not None and not file.resolve().is_relative_to(folder.resolve()):
        raise RendicontoError("the file leads out of the folder of texts", Place(file), "Put the text itself there.")
    return parse_draft(_content(file), file, source, catalogue)


def parse_draft(text: str, file: Path, source: str, catalogue: Catalogue) -> Draft:
    """A text that stands, or would stand, in a file."""
    head, body, line = split_front_matter(text, file)
    front = read_front_matter(head, file, catalogue)
    _check_paragraphs(body, line, file)
    parsed = parse_body(body, line)
    mistakes = [
        RendicontoError("{{ is never closed", Place(file, at), "Close it with }} in the same paragraph.")
        for at in parsed.unclosed
    ]
    if parsed.too_deep is not None:
        mistakes.append(RendicontoError("lists and quotes are nested too deeply", Place(file, parsed.too_deep)))
    live = []
    for block in parsed.blocks:
        own = []
        for span in block.live:
            try:
                own.append(parse_live(block.text[span.start : span.end]))
            except RendicontoError as error:
                mistakes.append(placed(error, Place(file, span.line)))
        live.append(tuple(own))
    raise_mistakes(mistakes)
    return Draft(file, source, text, len(text) - len(body), front, parsed, tuple(live))


def _check_paragraphs(body: str, first_line: int, file: Path) -> None:
    """A text without blank lines is refused: it is no prose, and costs more than its length to read."""
    size = 0
    for number, line in enumerate(body.split(_LINE), start=first_line):
        size = size + len(line) if line.strip() else 0
        if size > MOST_IN_PARAGRAPH:
            raise RendicontoError(
                f"a paragraph has more than {MOST_IN_PARAGRAPH} characters", Place(file, number), "Put blank lines in it."
            )


def _content(file: Path) -> str:
    """The file's text with Unix line ends; larger, foreign and binary files are refused."""
    try:
        if not file.is_file():
            raise RendicontoError("is not a file", Place(file))
        with file.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise RendicontoError(f"cannot be read: {error.strerror}", Place(file)) from None
    if len(content) > MOST_BYTES:
        raise RendicontoError(f"is larger than {MOST_BYTES // 1000} kB", Place(file), "A text has words only: split it.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RendicontoError("is not UTF-8", Place(file, line), "Save it as UTF-8.") from None
    text = text.replace("\r\n", _LINE).replace("\r", _LINE)
    for at, character in enumerate(text):
        if not character.isprintable() and not character.isspace() and character < " ":
            line = text.count(_LINE, 0, at) + 1
            raise RendicontoError(f"has the control character U+{ord(character):04X}", Place(file, line), "Take it out.")
    return text
