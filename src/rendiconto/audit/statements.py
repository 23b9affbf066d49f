"""What a sentence says without a number: a direction, a trend, a comparison, a sign, an extreme."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from rendiconto.audit.annotations import Sentence, Turn, YearMention
from rendiconto.audit.binding import Context, Data, Subject, nearest_mentions, subjects_of
from rendiconto.audit.numbers import Found, Reading
from rendiconto.audit.vocabulary import Mention
from rendiconto.catalogue.declarations import TERRITORY
from rendiconto.catalogue.formulas import Share
from rendiconto.check.claims import Cell, Claim, Operation
from rendiconto.italian.lexicon import EXTREME_NOUNS, SIZES, Direction, wavers
from rendiconto.territory import Gazetteer

_TREND_NOUNS: Final = frozenset(("tendenza", "andamento", "trend", "dinamica"))
_SIGNS: Final = {
    "negativo": Direction.DOWN,
    "negativa": Direction.DOWN,
    "positivo": Direction.UP,
    "positiva": Direction.UP,
    "negativi": Direction.DOWN,
    "positivi": Direction.UP,
    "positive": Direction.UP,
    "passivo": Direction.DOWN,
    "attivo": Direction.UP,
}
_ADJECTIVES: Final = frozenset(("crescente", "crescenti", "decrescente", "decrescenti"))
_OF: Final = frozenset(("di", "del", "dell'", "della", "dei", "delle", "degli", "dello"))
_PRESENT: Final = frozenset(("presenti", "presente", "esistono", "esiste"))
_ANAPHORS: Final = frozenset(
    ("dato", "dati", "valore", "valori", "numero", "importo", "cifra", "quota", "percentuale", "media", "tempi")
)
_LOOSE: Final = frozenset(("tendenzialmente", "complessivamente", "sostanzialmente", "circa", "grosso"))
_SPAN: Final = {"biennio": 2, "triennio": 3, "quadriennio": 4, "quinquennio": 5, "decennio": 10}
_ALL_YEARS: Final = re.compile(r"anni|annualita|sempre|continu\w*|progressiv\w*|costantemente|ininterrott\w*")


class StatementReader:
    """Reads the turns of phrase of one sentence."""

    def __init__(self, data: Data, sentence: Sentence, context: Context) -> None:
        self.data = data
        self.sentence = sentence
        self.context = context
        self.words = sentence.words
        self.used: set[int] = set()

    def read(self) -> Iterator[Found]:
        """Every statement, in no particular order."""
        yield from self._extremes()
        yield from self._signs()
        yield from self._trends()
        yield from self._absences()
        for turn in self.sentence.turns:
            if turn.at not in self.used:
                found = self._comparison(turn) if turn.compares else self._direction(turn)
                if found is not None:
                    yield found

    # --- what is spoken of

    def _mentions(self, turn: Turn) -> list[Mention]:
        """The terms that a turn of phrase is about: those it governs ("riduzione sia delle A sia delle B"), or its subject."""
        after = self._governed(turn)
        if after:
            return after
        if self._of_something_else(turn):
            return []
        ranked = [mention for mention in nearest_mentions(self.sentence, turn.at) if not self._elsewhere(mention, turn)]
        if not ranked:
            return []
        first = ranked[0]
        joined = [m for m in ranked[1:] if m.last < first.first and self._joined(m, first) and first.last < turn.at]
        return [first, *joined]

    def _of_something_else(self, turn: Turn) -> bool:
        """Whether a noun of change has an object that is no term: "la riduzione del divario di genere"."""
        following = self.words[turn.last + 1 : turn.last + 3]
        return not turn.compares and len(following) == 2 and following[0].folded in _OF and not following[1].is_number

    def _governed(self, turn: Turn) -> list[Mention]:
        """Terms that follow and depend on it: "aumento delle A e delle B", "diminuiscono le A"."""
        found: list[Mention] = []
        at = turn.last
        for mention in self.sentence.mentions:
            if mention.first <= turn.at:
                continue
            between = self.words[at + 1 : mention.first]
            limit = 5 if not found else 4
            links = sum(
                not word.is_mark
                and not word.folded.startswith(
                    ("de", "il", "l", "gl", "le", "la", "i", "un", "nu", "tot", "sia", "e", "che", "anch", "com")
                )
                for word in between
            )
            broken = any(word.text in ";:().," for word in between) or any(
                t.at > turn.at and t.at < mention.first for t in self.sentence.turns
            )
            if broken or links > limit or not (between or found) or self._starts_clause(between):
                break
            if not found and between[0].folded.removesuffix("'") in (
                "rispetto",
                "a",
                "in",
                "sul",
                "nel",
                "su",
                "per",
                "al",
                "alla",
                "da",
                "dal",
            ):
                break
            if found and not any(
                word.folded in ("e", "ed", "sia", "che", "come", "quanto") or word.text == "," for word in between
            ):
                break
            found.append(mention)
            at = mention.last
        return found

    @staticmethod
    def _starts_clause(between: Sequence[object]) -> bool:
        return any(getattr(word, "folded", "") in ("mentre", "ma", "quando", "dove", "rispetto") for word in between)

    def _elsewhere(self, mention: Mention, turn: Turn) -> bool:
        """Whether a term stands in what something is compared with."""
        return mention.first > turn.last and mention.first not in self.sentence.chunk(turn.at, clause=True)

    def _joined(self, first: Mention, second: Mention) -> bool:
        between = self.words[first.last + 1 : second.first]
        return (
            len(between) <= 6
            and any(word.folded in ("e", "ed", "sia", "che", "come") for word in between)
            and not any(word.text in ";:" for word in between)
        )

    def _subjects(self, turn: Turn) -> list[list[Subject]]:
        """For each thing that is spoken of, what it may be; without any, what the sentence before spoke of."""
        mentions = self._mentions(turn)
        if mentions:
            until = self._next_turn(turn)
            return [subjects_of(self.data, self.sentence, mention, until=until) for mention in mentions]
        if not self._takes_up(turn):
            return []
        return [[self._narrowed(subject)] for subject in self.context.subjects[:1]]

    def _next_turn(self, turn: Turn) -> int | None:
        """Where the next turn of phrase begins to speak of something else."""
        later = [t.at for t in self.sentence.turns if t.at > turn.last]
        return later[0] if later else None

    def _takes_up(self, turn: Turn) -> bool:
        """Whether a sentence without a term of its own speaks of what the one before spoke of: "il dato è in calo"."""
        near = self.sentence.chunk(turn.at)
        words = [self.words[at].folded for at in near]
        before = self.words[turn.at - 1].folded if turn.at else ""
        after = self.words[turn.last + 1].folded if turn.last + 1 < len(self.words) else ""
        if after in _OF:
            return False
        return before in ("in", "sono", "ha", "hanno", "era", "erano", "non") or any(word in _ANAPHORS for word in words)

    def _narrowed(self, subject: Subject) -> Subject:
        """The subject of the sentence before with the codes that this one says."""
        codes = dict(subject.codes)
        for dimension in subject.cube.dimensions:
            if dimension.codelist is not None:
                said = self.sentence.codes.get(dimension.codelist.name, ())
                if said:
                    codes[dimension.name] = tuple(dict.fromkeys(code.code for code in said))
        return replace(subject, codes=codes, at=None)

    def _place(self, turn: Turn, subject: Subject) -> str:
        """Whose figure: a place that opens the clause, else the report's own."""
        clause = self.sentence.chunk(turn.at, clause=True)
        limit = turn.at if subject.at is None else max(turn.at, subject.at + 4)
        named = [p for p in self.sentence.places if p.at in clause and p.last < limit and not self._is_reference(p.at)]
        return named[-1].code if named else self.data.territory.code

    def _is_reference(self, at: int) -> bool:
        """Whether a place is what something is compared with ("rispetto alla media regionale", "in linea con la tendenza…")."""
        before = [word.folded for word in self.words[max(at - 6, 0) : at]]
        linked = any(
            word in ("rispetto", "media", "linea", "dato", "quella", "quello", "valore", "confronto", "tendenza")
            for word in before
        )
        return linked or any(turn.compares and turn.last < at <= turn.last + 8 for turn in self.sentence.turns)

    # --- when

    def _years(self, turn: Turn, subject: Subject, place: str) -> tuple[list[int], YearMention | None]:
        """The years that a change runs over, base first; and the mention that says the base."""
        clause = self.sentence.chunk(turn.at, clause=True)
        there = self.data.years(subject, place)
        near = [year for year in self.sentence.years if year.at in clause] or list(self.sentence.years)
        plain = [year for year in near if not year.base and year.first == year.last and year.first]
        spans = [year for year in near if year.first < year.last]
        of = plain[-1].last if plain else self.data.default_year(subject, place)
        if spans:
            return [year for year in there if spans[0].first <= year <= spans[0].last], None
        if len(plain) >= 2 and plain[0].last < plain[-1].last:
            return [plain[0].last, plain[-1].last], None
        base = next((year for year in near if year.base and not year.all_before), None)
        if base is not None and base.step:
            return [of - (self.context.step or 1), of], base
        if base is not None:
            first = of - base.back if base.back else base.first
            if first > of and not plain:
                return [first, of], base
            return [first, of], base
        earlier = [year for year in there if year < of]
        if any(year.all_before for year in near):
            return [*earlier, of], None
        return ([earlier[-1], of] if earlier else [of - 1, of]), None

    # --- statements

    def _direction(self, turn: Turn) -> Found | None:
        if self.words[turn.at].folded in _ADJECTIVES:
            return None
        alternatives = self._subjects(turn)
        if not alternatives:
            return None
        readings: list[Reading] = []
        for choice in range(max(len(options) for options in alternatives)):
            chosen = [options[min(choice, len(options) - 1)] for options in alternatives if options]
            claims: list[Claim] = []
            for subject in chosen:
                claims.extend(self._changes(turn, subject))
            if claims:
                readings.append(tuple(claims))
        subject = alternatives[0][0] if alternatives[0] else None
        return self._found(turn, readings, Operation.DIRECTION, subject)

    def _changes(self, turn: Turn, subject: Subject) -> Iterator[Claim]:
        place = self._place(turn, subject)
        years, _ = self._years(turn, subject, place)
        if len(years) < 2:
            return
        steps = list(zip(years, years[1:], strict=False)) if self._continues(turn) else [(years[0], years[-1])]
        for first, last in steps:
            for base, of in self.data.pairs(subject, place, first, last):
                yield Claim(Operation.DIRECTION, (base, of), direction=turn.direction, degree=self._degree(turn))

    def _continues(self, turn: Turn) -> bool:
        clause = self.sentence.chunk(turn.at, clause=True)
        return any(_ALL_YEARS.fullmatch(self.words[at].folded) for at in clause)

    def _degree(self, turn: Turn) -> str:
        near = self.words[max(turn.at - 3, 0) : turn.last + 3]
        return next((word.folded for word in near if word.folded in SIZES), "")

    def _trends(self) -> Iterator[Found]:
        for at, word in enumerate(self.words):
            if word.folded not in _TREND_NOUNS:
                continue
            near = range(at + 1, min(at + 7, len(self.words)))
            turn = next((t for t in self.sentence.turns if t.at in near and not t.compares and t.at not in self.used), None)
            sign = next((_SIGNS[self.words[i].folded] for i in near if self.words[i].folded in _SIGNS), None)
            wavering = any(wavers(self.words[i].folded) for i in near)
            if turn is None and not wavering and (sign is None or word.folded == "andamento"):
                continue
            direction = turn.direction if turn is not None else None if wavering else sign
            anchor = turn or Turn(at, at, direction or Direction.LEVEL, compares=wavering)
            self.used.add(anchor.at)
            found = self._trend(anchor, direction)
            if found is not None:
                yield found

    def _trend(self, turn: Turn, direction: Direction | None) -> Found | None:
        readings: list[Reading] = []
        alternatives = self._subjects(turn)
        loose = any(word.folded in _LOOSE for word in self.words[max(turn.at - 4, 0) : turn.at])
        for options in alternatives[:1]:
            for subject in options:
                place = self._place(turn, subject)
                series = self._series(turn, subject, place)
                by_key = [self.data.cells(subject, place, year) for year in series]
                claims = [
                    Claim(Operation.TREND, tuple(cells), direction=direction, loose=loose)
                    for cells in zip(*by_key, strict=False)
                    if len(cells) > 1
                ]
                if claims:
                    readings.append(tuple(claims))
        subject = alternatives[0][0] if alternatives and alternatives[0] else None
        return self._found(turn, readings, Operation.TREND, subject)

    def _series(self, turn: Turn, subject: Subject, place: str) -> list[int]:
        """The years of a trend: the span that is said, else all that there are; for what is level, the last two."""
        there = self.data.years(subject, place)
        spans = [year for year in self.sentence.years if year.first < year.last]
        if spans:
            return [year for year in there if spans[0].first <= year <= spans[0].last]
        count = next((_SPAN[word.folded] for word in self.words if word.folded in _SPAN), 0)
        if turn.direction is Direction.LEVEL and not turn.compares and not count:
            return there[-2:]
        return there[-count:]

    def _signs(self) -> Iterator[Found]:
        """A balance above or below nought: "saldo naturale negativo", "il saldo è positivo"."""
        for at, word in enumerate(self.words):
            if word.folded not in _SIGNS:
                continue
            mention = next(
                (m for m in nearest_mentions(self.sentence, at) if m.last < at <= m.last + 14 or at <= m.first <= at + 3), None
            )
            if mention is None or any(w.folded in ("tendenza", "trend") for w in self.words[max(at - 3, 0) : at]):
                continue
            for subject in subjects_of(self.data, self.sentence, mention)[:1]:
                if subject.cube.formula is None or not subject.cube.formula.signed:
                    continue
                turn = Turn(at, at, _SIGNS[word.folded], compares=False)
                constant = next((t for t in self.sentence.turns if 0 < t.at - at <= 2 and t.direction is Direction.LEVEL), None)
                place = self._place(turn, subject)
                years = self.data.years(subject, place) if constant is not None else [self._years(turn, subject, place)[0][-1]]
                if constant is not None:
                    self.used.add(constant.at)
                claims = [
                    Claim(Operation.SIGN, (cell,), direction=turn.direction)
                    for year in years
                    for cell in self.data.cells(subject, place, year)
                ]
                yield self._found(turn, [tuple(claims)], Operation.SIGN, subject)

    def _absences(self) -> Iterator[Found]:
        """What is said not to be there: "non sono presenti né unità agricole né fabbricati"."""
        for at, word in enumerate(self.words):
            following = [after.folded for after in self.words[at + 1 : at + 4]]
            denied = word.folded == "non" and any(f in _PRESENT for f in following)
            if not denied and word.folded not in ("assenti", "assente", "inesistenti"):
                continue
            clause = self.sentence.chunk(at, clause=True)
            mentions = [mention for mention in self.sentence.mentions if mention.first in clause]
            place = self.data.territory.code
            subjects = [subjects_of(self.data, self.sentence, mention)[0] for mention in mentions]
            cells = [c for s in subjects for c in self.data.cells(s, place, self.data.default_year(s, place))]
            if cells:
                turn = Turn(at, at, Direction.LEVEL, compares=False)
                reading = tuple(Claim(Operation.SIGN, (cell,), direction=Direction.LEVEL) for cell in cells)
                yield self._found(turn, [reading], Operation.SIGN, subjects[0])

    def _comparison(self, turn: Turn) -> Found | None:
        until = self._comparison_end(turn)
        places = [p for p in self.sentence.places if turn.last < p.at < until]
        years = [y for y in self.sentence.years if turn.last < y.at < until]
        after = [m for m in self.sentence.mentions if turn.last < m.first < until and not any(p.at in m.span for p in places)]
        numbers = [n for n in self.sentence.numbers if turn.last < n.first < until]
        if not places and years and all(y.base or y.back for y in years):
            return self._direction(replace(turn, compares=False))
        if places:
            return self._with_places(turn, [place.code for place in places])
        if numbers and turn.direction is Direction.LEVEL:
            return None
        if after and turn.direction is not Direction.LEVEL:
            found = self._with_mentions(turn, after)
            if found is not None:
                return found
        return None if numbers else self._with_sister(turn)

    def _with_sister(self, turn: Turn) -> Found | None:
        """One code set against the other of two: "un minor numero di assunzioni per le donne", "DURC regolari e irregolari"."""
        for mention in self._mentions(turn):
            for subject in subjects_of(self.data, self.sentence, mention):
                for name, chosen in subject.codes.items():
                    dimension = subject.cube.dimension(name)
                    codelist = dimension.codelist if dimension is not None else None
                    if codelist is None:
                        continue
                    codes = [code for code in codelist.codes if code != codelist.total]
                    if len(codes) != 2 or len(chosen) > 2:
                        continue
                    other = chosen[1] if len(chosen) == 2 else next(code for code in codes if code != chosen[0])
                    place = self.data.territory.code
                    year = self._of_year(turn, subject, place)
                    sides = [replace(subject, codes={**subject.codes, name: (code,)}) for code in (chosen[0], other)]
                    pairs = zip(*(self.data.cells(side, place, year) for side in sides), strict=False)
                    reading = tuple(Claim(Operation.COMPARISON, pair, direction=turn.direction) for pair in pairs)
                    if reading:
                        return self._found(turn, [reading], Operation.COMPARISON, subject)
        return None

    def _comparison_end(self, turn: Turn) -> int:
        later = [t.at for t in self.sentence.turns if t.at > turn.last]
        clause = self.sentence.chunk(turn.at, clause=True).stop
        return min([clause, *later])

    def _with_places(self, turn: Turn, places: Sequence[str]) -> Found | None:
        alternatives = self._before(turn)
        readings: list[Reading] = []
        others = [place for place in dict.fromkeys(places) if place != self.data.territory.code]
        for subject in alternatives:
            claims = tuple(claim for place in others for claim in self._set_against(turn, subject, place))
            if claims:
                readings.append(claims)
        return (
            self._found(turn, readings, Operation.COMPARISON, alternatives[0] if alternatives else None)
            if alternatives
            else None
        )

    def _set_against(self, turn: Turn, subject: Subject, place: str) -> Iterator[Claim]:
        """A figure beside another place's: rates as they are; counts by their change, or by the share that they are of a whole."""
        own = self.data.territory.code
        year = self._of_year(turn, subject, own)
        if TERRITORY not in subject.cube.sums and not (subject.cube.formula is not None and subject.cube.formula.signed):
            for cell in self.data.cells(subject, own, year):
                other = self._elsewhere_cell(cell, place)
                yield Claim(Operation.COMPARISON, (cell, other), direction=turn.direction, degree=self._degree(turn))
            return
        share = self._share_of(subject)
        change = next((t for t in self.sentence.turns if not t.compares), None)
        between = {word.folded for word in self.words[turn.at : turn.last + 8]}
        if between & _TREND_NOUNS or (change is not None and turn.direction is Direction.LEVEL):
            yield from self._beside(Operation.LIKENESS, turn, subject, place, year)
        elif share is not None:
            yield from self._set_against(turn, share, place)
        elif change is not None:
            yield from self._beside(Operation.PACE, turn, subject, place, year)

    def _beside(self, operation: Operation, turn: Turn, subject: Subject, place: str, year: int) -> Iterator[Claim]:
        for base, of in self.data.pairs(subject, self.data.territory.code, year - 1, year):
            other = (self._elsewhere_cell(base, place), self._elsewhere_cell(of, place))
            yield Claim(operation, (base, of, *other), direction=turn.direction)

    def _share_of(self, subject: Subject) -> Subject | None:
        """The one declared share that a count is the part of, for setting places of other sizes side by side."""
        found = [
            cube
            for cube in self.data.catalogue.cubes.values()
            if isinstance(cube.formula, Share)
            and cube.formula.part.cube == subject.cube.name
            and all(subject.codes.get(name) == (code,) for name, code in cube.formula.part.fix.items())
        ]
        if len(found) != 1:
            return None
        codes = {name: chosen for name, chosen in subject.codes.items() if found[0].dimension(name) is not None}
        return Subject(found[0], codes, subject.at)

    @staticmethod
    def _elsewhere_cell(cell: Cell, place: str) -> Cell:
        cube, codes = cell
        at = cube.dimension_names.index(TERRITORY)
        return cube, (*codes[:at], place, *codes[at + 1 :])

    def _of_year(self, turn: Turn, subject: Subject, place: str) -> int:
        clause = self.sentence.chunk(turn.at, clause=True)
        plain = [
            y
            for y in self.sentence.years
            if y.first and y.first == y.last and not y.base and (y.at in clause or y.at < turn.at)
        ]
        return plain[-1].last if plain else self.data.default_year(subject, place)

    def _before(self, turn: Turn) -> list[Subject]:
        """What is compared: the term before, or the one that the comparative qualifies."""
        mentions = [m for m in nearest_mentions(self.sentence, turn.at) if m.first < turn.at]
        shares = self._share_said(mentions)
        if shares:
            return shares
        if not mentions:
            if self.context.subjects:
                return [self._narrowed(subject) for subject in self.context.subjects]
            mentions = self._mentions(turn)
        return [subject for mention in mentions for subject in subjects_of(self.data, self.sentence, mention)][:4]

    def _share_said(self, mentions: Sequence[Mention]) -> list[Subject]:
        """The declared share whose part and whole the sentence names beside a percentage: "rappresentano il 32,9% dei …"."""
        if not any(number.quantity.percent for number in self.sentence.numbers):
            return []
        named = {name for mention in mentions for name in mention.cubes}
        return [
            Subject(cube, {}, None)
            for cube in self.data.catalogue.cubes.values()
            if isinstance(cube.formula, Share)
            and cube.formula.part.cube != cube.formula.whole.cube
            and {cube.formula.part.cube, cube.formula.whole.cube} <= named
        ]

    def _with_mentions(self, turn: Turn, after: Sequence[Mention]) -> Found | None:
        """One indicator set against another: "un numero maggiore di assunzioni rispetto alle cessazioni"."""
        rivals = [
            m
            for m in after
            if any(
                w.folded in ("rispetto", "alle", "ai", "agli", "al", "alla", "delle", "dei", "di", "a", "quell")
                for w in self.words[turn.last + 1 : m.first]
            )
        ]
        if len(rivals) >= 2:
            this, other = rivals[0], rivals[1]
        elif rivals and (left := [m for m in nearest_mentions(self.sentence, turn.at) if m.last < turn.at]):
            this, other = left[0], rivals[0]
        else:
            return None
        readings = []
        for first in subjects_of(self.data, self.sentence, this):
            for second in subjects_of(self.data, self.sentence, other):
                if first.cube.unit == second.cube.unit:
                    place = self.data.territory.code
                    year = self._of_year(turn, first, place)
                    pairs = zip(self.data.cells(first, place, year), self.data.cells(second, place, year), strict=False)
                    readings.append(tuple(Claim(Operation.COMPARISON, pair, direction=turn.direction) for pair in pairs))
        return self._found(turn, [r for r in readings if r], Operation.COMPARISON, None) if readings else None

    def _extremes(self) -> Iterator[Found]:
        """The most or least of a series or of the provinces: "il 2021 rimane l'anno con il maggior numero di pensioni"."""
        for at, word in enumerate(self.words):
            turn = next(
                (t for t in self.sentence.turns if t.at == at and t.compares and t.direction is not Direction.LEVEL), None
            )
            noun = EXTREME_NOUNS.fullmatch(word.folded) is not None
            article = at > 0 and self.words[at - 1].folded.removesuffix("'") in ("il", "la", "l", "lo", "i", "le")
            anchored = any(
                w.folded in ("anno", "provincia", "province", "valore", "livello", "dato", "punto")
                for w in self.words[max(at - 6, 0) : at + 5]
            )
            if not (noun or (turn is not None and (article or anchored))) or not (anchored or noun):
                continue
            if turn is not None and any(w.folded == "rispetto" for w in self.words[turn.last + 1 : turn.last + 6]):
                continue
            down = word.folded.startswith("minim") or (turn is not None and turn.direction is Direction.DOWN)
            found = self._extreme(
                Turn(at, at if turn is None else turn.last, Direction.DOWN if down else Direction.UP, compares=True)
            )
            if found is not None:
                self.used.add(at)
                yield found

    def _extreme(self, turn: Turn) -> Found | None:
        mentions = self._mentions(turn) or nearest_mentions(self.sentence, turn.at)[:1]
        subjects = [s for m in mentions[:1] for s in subjects_of(self.data, self.sentence, m)] or [
            self._narrowed(s) for s in self.context.subjects[:1]
        ]
        among_places = any(
            w.folded in ("provincia", "province", "toscana", "toscane", "regione")
            for w in self.words[max(turn.at - 8, 0) : turn.at + 12]
        )
        by_year = (
            any(w.folded in ("anno", "anni", "serie", "periodo", "quadriennio", "triennio", "decennio") for w in self.words)
            or not among_places
        )
        readings = []
        for subject in subjects:
            place = self.data.territory.code
            if by_year:
                years = self._series(turn, subject, place)
                plain = [y.last for y in self.sentence.years if y.first == y.last and y.first]
                named = plain[0] if plain else self.data.default_year(subject, place)
                cells = [
                    cell
                    for year in [named, *(y for y in years if y != named)]
                    for cell in self.data.cells(subject, place, year)[:1]
                ]
            else:
                codes = [p.code for p in self.sentence.places if not p.weak and Gazetteer.load().by_code(p.code).is_province]
                place = codes[0] if codes else place
                units = [u.code for u in Gazetteer.load().provinces_of(self.data.territory, self.data.catalogue.year)]
                year = self._of_year(turn, subject, place)
                cells = [
                    cell
                    for code in [place, *(u for u in units if u != place)]
                    for cell in self.data.cells(subject, code, year)[:1]
                ]
            if len(cells) > 1:
                readings.append((Claim(Operation.EXTREME, tuple(cells), direction=turn.direction),))
        return self._found(turn, readings, Operation.EXTREME, subjects[0] if subjects else None) if subjects else None

    def _found(self, turn: Turn, readings: Sequence[Reading], operation: Operation, subject: Subject | None) -> Found:
        chunk = self.sentence.chunk(turn.at)
        subject_at = (
            [subject.at]
            if subject is not None and subject.at is not None and subject.at in self.sentence.chunk(turn.at, clause=True)
            else []
        )
        first = min([chunk.start, *subject_at])
        last = max([chunk.stop - 1, *subject_at])
        return Found(
            self.words[first].start, self.words[last].end, tuple(readings), operation, subject, "" if readings else "no subject"
        )
