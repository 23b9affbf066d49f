"""The body of a text: CommonMark as blocks of plain text with marks, live figures and the place of every character in its file.

What a text may have is a closed set: paragraphs, headings, lists, quotes, emphasis, strong, links. Raw HTML is text like any
other; images, code and rules are findings, and their words are kept.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from rendiconto.document.prose import MarkKind, ParagraphKind, TextMark

OPEN: Final = "{{"
CLOSE: Final = "}}"
REVIEW: Final = "=="
"""What stands around a sentence that its author has to look at."""

_SCHEMES: Final = ("http://", "https://", "mailto:")
_HTML: Final = re.compile(r"</?[a-zA-Z][^>]*>|<!--")
_PAIRS: Final = {"em": MarkKind.EMPHASIS, "strong": MarkKind.STRONG, "link": MarkKind.LINK}


@dataclass(frozen=True, slots=True)
class LiveSpan:
    """A live figure in a block: between which offsets of its text its source stands, and the line in the file."""

    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not set, on a line of the file: the rule, and its words."""

    rule: str
    line: int
    text: str
    right: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, item or quote.

    ``text`` is plain, live figures as they were typed. ``origin`` has for each character, and for the end, its
    offset in the body. ``review`` are the offsets in ``text`` where a mark ``==`` stood.
    """

    kind: ParagraphKind
    level: int
    ordered: bool
    text: str
    marks: tuple[TextMark, ...]
    live: tuple[LiveSpan, ...]
    review: tuple[int, ...]
    origin: tuple[int, ...]
    line: int


@dataclass(frozen=True)
class Body:
    """The blocks of a text, what was not set, and the lines on which ``{{`` is never closed.

    ``too_deep`` is the line where lists and quotes nest deeper than the parser follows; None in any sensible text.
    """

    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]
    unclosed: tuple[int, ...]
    too_deep: int | None = None


class _PlacedState(StateInline):
    """Remembers where in the source each token begins, or, for a run of text, ends."""

    def pushPending(self) -> Token:  # noqa: N802 - the library's name
        token = super().pushPending()
        token.meta["end"] = self.pos
        return token

    def push(self, ttype: str, tag: str, nesting: Any) -> Token:
        token = super().push(ttype, tag, nesting)
        token.meta["at"] = self.pos
        return token


class _PlacingParser(ParserInline):
    """The library's inline parser over states that remember places."""

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        state = _PlacedState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _live_rule(state: StateInline, silent: bool) -> bool:
    """``{{ … }}`` as one token; an opening that is never closed is text."""
    if not state.src.startswith(OPEN, state.pos):
        return False
    end = state.src.find(CLOSE, state.pos + len(OPEN), state.posMax) if state.html_terminator_last(CLOSE) > state.pos else -1
    if end < 0:
        return False
    end += len(CLOSE)
    if not silent:
        state.push("live", "", 0).content = state.src[state.pos : end]
    state.pos = end
    return True


def _review_rule(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith(REVIEW, state.pos):
        return False
    if not silent:
        state.push("review", "", 0)
    state.pos += len(REVIEW)
    return True


def _parser() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False})
    inline = _PlacingParser()
    inline.ruler.before("escape", "live", _live_rule)
    inline.ruler.before("escape", "review", _review_rule)
    markdown.inline = inline
    markdown.configure("commonmark", {"html": False})
    inline.ruler.enable(["live", "review"])
    # Runs of text stay apart: each knows its own place.
    inline.ruler2.disable("fragments_join")
    markdown.core.ruler.disable("text_join")
    # Whether a link is set is ours to say, with a finding.
    markdown.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005
    return markdown


def parse_body(body: str, first_line: int = 1) -> Body:
    """The blocks of a Markdown text whose first line is the ``first_line`` of its file; line ends are Unix ones."""
    return _BodyReader(body, first_line).read()


@dataclass
class _Nest:
    """A list or quote that is open."""

    kind: str
    item_new: bool = False


class _BodyReader:
    def __init__(self, body: str, first_line: int) -> None:
        self.lines = body.split("\n")
        self.first_line = first_line
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.body = body
        self.nests: list[_Nest] = []
        self.heading = 0
        self.blocks: list[Block] = []
        self.problems: list[Problem] = []
        self.unclosed: list[int] = []

    def read(self) -> Body:
        parser = _parser()
        tokens = parser.parse(self.body)
        for token in tokens:
            self._take(token)
        deep = next((self._line(token) for token in tokens if token.level >= parser.options["maxNesting"] - 1), None)
        return Body(tuple(self.blocks), tuple(dict.fromkeys(self.problems)), tuple(self.unclosed), deep)

    def _take(self, token: Token) -> None:
        if token.type in ("bullet_list_open", "ordered_list_open", "blockquote_open"):
            self.nests.append(_Nest(token.type.removesuffix("_open")))
        elif token.type in ("bullet_list_close", "ordered_list_close", "blockquote_close"):
            self.nests.pop()
        elif token.type == "list_item_open":
            self.nests[-1].item_new = True
        elif token.type == "heading_open":
            self.heading = int(token.tag[1:])
        elif token.type == "heading_close":
            self.heading = 0
        elif token.type == "inline":
            self._inline(token)
        elif token.type in ("fence", "code_block"):
            self._code(token)
        elif token.type == "hr":
            self.problems.append(Problem("unsupported_markup", self._line(token), token.markup, "leave it out"))

    def _line(self, token: Token) -> int:
        return self.first_line + (token.map[0] if token.map else 0)

    def _kind(self) -> tuple[ParagraphKind, int, bool]:
        """What the next block is: a heading; the first block of an item; inside a quote; else text."""
        if self.heading:
            return ParagraphKind.HEADING, self.heading, False
        lists = [nest for nest in self.nests if nest.kind != "blockquote"]
        if lists and lists[-1].item_new:
            lists[-1].item_new = False
            return ParagraphKind.ITEM, len(lists), lists[-1].kind == "ordered_list"
        quotes = len(self.nests) - len(lists)
        return (ParagraphKind.QUOTE, quotes, False) if quotes else (ParagraphKind.TEXT, 0, False)

    def _code(self, token: Token) -> None:
        """Code is kept as words."""
        line = self._line(token)
        self.problems.append(Problem("unsupported_markup", line, "a block of code", "its words are printed as text"))
        words = " ".join(token.content.split())
        if words:
            at = self.starts[line - self.first_line]
            kind, level, ordered = self._kind()
            self.blocks.append(Block(kind, level, ordered, words, (), (), (), (at,) * (len(words) + 1), line))

    def _inline(self, token: Token) -> None:
        run = _Run(token, self._places(token), self._line(token))
        run.read(token.children or [])
        self.problems.extend(run.problems)
        self.unclosed.extend(self._unclosed(token, run))
        kind, level, ordered = self._kind()
        if run.text.strip():
            self.blocks.append(
                Block(
                    kind,
                    level,
                    ordered,
                    run.text,
                    tuple(run.marks),
                    tuple(run.live),
                    tuple(run.review),
                    (*run.origin, run.end),
                    run.first_line,
                )
            )

    def _unclosed(self, token: Token, run: "_Run") -> Iterator[int]:
        """Lines of openings that stay text: those outside of code and links' addresses."""
        shown = {at for at, character in zip(run.raw, run.text, strict=True) if character == "{"}
        at = token.content.find(OPEN, token.content.rfind(CLOSE) + 1)
        while at >= 0:
            if at in shown and at + 1 in shown:
                yield run.line_of(at)
                return
            at = token.content.find(OPEN, at + 1)

    def _places(self, token: Token) -> list[int]:
        """The offset in the body of every character of a token's content, and of its end."""
        first = token.map[0] if token.map else 0
        places: list[int] = []
        for number, line in enumerate(token.content.split("\n"), start=first):
            at = self.lines[number].rfind(line) if number < len(self.lines) else -1
            begin = self.starts[min(number, len(self.lines) - 1)] + max(at, 0)
            places.extend(range(begin, begin + len(line) + 1))
        return places


@dataclass
class _Run:
    """The inline content of one block, as it is put together. ``raw`` has each character's offset in the content."""

    token: Token
    places: list[int]
    first_line: int
    text: str = ""
    raw: list[int] = field(default_factory=list)
    marks: list[TextMark] = field(default_factory=list)
    live: list[LiveSpan] = field(default_factory=list)
    review: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    opened: list[tuple[str, int, str]] = field(default_factory=list)
    passed: int = 0

    @property
    def origin(self) -> list[int]:
        """Each character's offset in the body."""
        return [self.places[at] for at in self.raw]

    @property
    def end(self) -> int:
        """The offset in the body of the block's end."""
        return self.places[-1]

    def line_of(self, at: int) -> int:
        """The line of the file on which a character of the content stands."""
        return self.first_line + self.token.content.count("\n", 0, at)

    def read(self, children: Sequence[Token]) -> None:
        """Take the tokens in order."""
        for child in children:
            at = self._start(child)
            handler = getattr(self, f"_take_{child.type}", None)
            if handler is not None:
                handler(child, at)
            elif child.type.removesuffix("_open") in _PAIRS:
                self._open(child, at)
            elif child.type.removesuffix("_close") in _PAIRS:
                self._close()
        self._html()

    def _start(self, child: Token) -> int:
        """Where a token's content begins in the block's: text ends shortly before where it was pushed."""
        if "end" in child.meta:
            at = self.token.content.rfind(child.content, self.passed, int(child.meta["end"]))
        else:
            at = int(child.meta.get("at", self.passed))
        self.passed = max(self.passed, at)
        return self.passed

    def _add(self, text: str, at: int, *, spread: bool) -> None:
        self.raw.extend(at + offset if spread else at for offset in range(len(text)))
        self.text += text

    def _take_text(self, child: Token, at: int) -> None:
        self._add(child.content, at, spread=True)
        self.passed = at + len(child.content)

    def _take_text_special(self, child: Token, at: int) -> None:
        as_written = child.markup.endswith(child.content)  # an escape; an entity is written otherwise
        self._add(child.content, at + len(child.markup) - len(child.content) if as_written else at, spread=as_written)
        self.passed = at + len(child.markup)

    def _take_softbreak(self, _child: Token, at: int) -> None:
        self._add(" ", at, spread=False)

    _take_hardbreak = _take_softbreak

    def _take_live(self, child: Token, at: int) -> None:
        start = len(self.text)
        self._add(child.content, at, spread=True)
        self.live.append(LiveSpan(start, len(self.text), self.line_of(at)))
        self.passed = at + len(child.content)

    def _take_review(self, _child: Token, _at: int) -> None:
        self.review.append(len(self.text))

    def _take_code_inline(self, child: Token, at: int) -> None:
        self.problems.append(Problem("unsupported_markup", self.line_of(at), "code", "its words are printed as text"))
        self._add(child.content, at, spread=False)

    def _take_image(self, child: Token, at: int) -> None:
        self.problems.append(Problem("unsupported_markup", self.line_of(at), "an image", "only its words are printed"))
        self._add(child.content, at, spread=False)

    def _open(self, child: Token, at: int) -> None:
        target = str(child.attrs.get("href", ""))
        if child.type == "link_open" and not target.casefold().startswith(_SCHEMES):
            self.problems.append(Problem("unsafe_link", self.line_of(at), target))
            target = ""
        self.opened.append((child.type.removesuffix("_open"), len(self.text), target))

    def _close(self) -> None:
        name, start, target = self.opened.pop()
        kind = _PAIRS[name]
        if len(self.text) > start and (kind is not MarkKind.LINK or target):
            self.marks.append(TextMark(start, len(self.text), kind, target))

    def _html(self) -> None:
        match = _HTML.search(self.text)
        if match is not None:
            line = self.line_of(self.raw[match.start()])
            self.problems.append(Problem("unsupported_markup", line, match[0], "raw HTML is printed as text"))
