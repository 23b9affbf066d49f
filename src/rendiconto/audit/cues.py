"""What the words around a number say of its part: a figure, the size of a change, a share, the base of a comparison."""

import re
from itertools import pairwise
from typing import Final

from rendiconto.audit.annotations import Sentence
from rendiconto.audit.quantities import Number
from rendiconto.audit.turns import Turn
from rendiconto.italian.lexicon import SIGNS, Direction, is_distance, is_transitive

_AGAINST: Final = frozenset(("contro", "rispetto", "fronte"))
_MEASURED_WITHIN: Final = 12
_MEASURED_AFTER: Final = 3
_SIGNED_WITHIN: Final = 3
_COUNTED: Final = 1
"""The thing counted, which may stand after a number."""
_FACING: Final = frozenset(("di", "del", "della", "dell", "dei", "degli", "delle", "dello", "che", "rispetto"))
_AGAIN: Final = frozenset(("(", "vale", "ossia", "cioe", "ovvero", "pari"))
_APPOSING: Final = _AGAIN | {
    *("in", "piu", "meno", "del", "dell", "al", "all", "un", "a", "nel", "che", "rispetto", "dire", "circa", "il", "l"),
    *("+", "-", "−", "–", ",", "unita", "euro", "persone", "aumento", "calo", "anno"),
}
_STEPS: Final = frozenset(("di", "del", "dell'", "dello", "d'", "dell"))
_DWELLING: Final = frozenset(("appena", "soli", "sole", "solo", "sola", "altri", "altre", "ulteriori", "ben", "circa"))
_COPULAS: Final = frozenset(("e", "era", "erano", "sono", "fu", "stato", "stata", "stati", "state", "resta", "rimane"))
_GIVING: Final = frozenset(("pari", "attesta", "attestato", "attestata", "fermo", "ferma", "fermi", "ferme"))
_TIMED_WITHIN: Final = 6
_CHAIN_WITHIN: Final = 6
_SUBJECT_WITHIN: Final = 8
_ELLIPTIC_WITHIN: Final = 6
_UNCLEAR: Final = frozenset(("senza", "escluse", "esclusi", "esclusa", "escluso", "ogni", "ciascun", "ciascuno", "ciascuna"))
_LEADS: Final = re.compile(r"anticipo|ritardo|vantaggio|distacco|differenza|scarto|divario")
_SUMMING: Final = re.compile(r"somma(?:ndo|no|re|t[oaie])?|insieme|compens\w*|considerando|comprendendo|includendo|cumula\w*")
_DISTANT_WITHIN: Final = 18
_GAINING: Final = re.compile(r"guadagn\w*|perd\w*|pers[oaie]|tutto|complessivamente")
_FROM: Final = ("da", "dal", "dai", "dalle", "dagli", "dall'", "dallo", "dalla")
_TO: Final = ("a", "ai", "al", "alle", "agli", "all'", "allo", "alla")
_WIDEST_PASSAGE: Final = 12
_SHARING: Final = (
    "rappresent",
    "costitu",
    "incid",
    "quota",
    "percentual",
    "concentr",
    "assorb",
    "pes",
    "riguard",
    "compost",
    "spett",
)
_PAIRED_WITHIN: Final = 6


class Cues:
    """Answers for the numbers of one sentence."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.words = sentence.words

    def change(self, number: Number) -> Turn | None:
        """The word of change that a number measures: "aumentate del 3,3%", "+3,3%", "41 in meno"."""
        chunk = self.sentence.chunk(number.first)
        near = [turn for turn in self.sentence.turns if not turn.compares and turn.at in chunk]
        before = [turn for turn in near if turn.last < number.first and not self._number_between(turn.last, number.first)]
        if before and number.first - before[-1].last <= _MEASURED_WITHIN:
            return before[-1]
        after = [turn for turn in near if number.last < turn.at <= number.last + 4]
        return after[0] if after else self.more_or_less(number) or self._change_before(number) or self._timed_gap(number)

    def _timed_gap(self, number: Number) -> Turn | None:
        """The comparative that sets a figure beside its own of another year: "inferiore dell'8,9% rispetto al 2013"."""
        turn = self.gap(number)
        return turn if turn is not None and turn.compares and self._is_timed(turn, number) else None

    def _change_before(self, number: Number) -> Turn | None:
        """The change that a number before was told to measure: "crescono del 21,4%, quelle degli uomini del 19,9%"."""
        before = self.like(number)
        if before is not None:
            return self.change(before)
        if self.words[number.first - 1].folded not in _STEPS:
            return None
        clause = self.sentence.chunk(number.first, clause=True)
        turns = [t for t in self.sentence.turns if not t.compares and t.last < number.first and t.at >= clause.start - 1]
        return turns[-1] if turns and not self._number_between(turns[-1].last, number.first) else None

    def like(self, number: Number) -> Number | None:
        """The number before whose part an elliptic one plays ("di 7,6 punti, a fronte dei 2,3 della Toscana"); else None."""
        at = self.sentence.numbers.index(number)
        before = self.sentence.numbers[at - 1] if at else None
        if before is None:
            return None
        told = before.points or self.like(before) is not None or (self.is_step(before) and self.change(before) is not None)
        if not told:
            return None
        between = self.words[before.last + 1 : number.first]
        alike = number.quantity.percent == before.quantity.percent
        turned = any(before.last < turn.at < number.first and not turn.compares for turn in self.sentence.turns)
        plain = not any(word.text in (";", ":", ")") for word in between) and not turned
        stepped = (
            self.words[number.first - 1].folded in _STEPS
            or self.is_base(number)
            or (len(between) <= _ELLIPTIC_WITHIN and self.words[number.first - 1].folded not in _TO)
        )
        first = self.like(before) or before
        return first if plain and stepped and (alike or first.points) else None

    def _number_between(self, first: int, last: int) -> bool:
        return any(first < other.first and other.last < last for other in self.sentence.numbers)

    def more_or_less(self, number: Number) -> Turn | None:
        """The way that "286 in più" or "41 unità in meno" say after it."""
        for at in range(number.last + 1, min(number.last + 5, len(self.words))):
            if self.words[at].folded in ("piu", "meno") and self.words[at - 1].folded in ("in", "di"):
                way = Direction.UP if self.words[at].folded == "piu" else Direction.DOWN
                return Turn(at, at, way, compares=False)
            if self.words[at].is_mark or self.words[at].is_number:
                return None
        return None

    def is_base(self, number: Number) -> bool:
        """Whether a number is what another is set against: "8.924 contro 8.638"."""
        before = [word.folded for word in self.words[max(number.first - 4, 0) : number.first]]
        return any(word in _AGAINST for word in before)

    def gap(self, number: Number) -> Turn | None:
        """The comparative whose distance a number tells: "supera di 2 punti", "8 giorni in meno", "2 anni più tardi"."""
        clause = self.sentence.chunk(number.first, clause=True)
        before = [t for t in self.sentence.turns if t.compares and t.at in clause and t.last < number.first]
        before = [t for t in before if t.direction is not Direction.LEVEL and not self._number_between(t.last, number.first)]
        changed = any(before and before[-1].last < t.at < number.first for t in self.sentence.turns if not t.compares)
        before = [] if changed else before
        if before and self.is_step(number):
            return before[-1]
        like = self._gap_before(number)
        if like is not None:
            return like
        until = number.last + _MEASURED_AFTER
        near = (turn for turn in self.sentence.turns if turn.compares and number.last < turn.at <= until)
        after = (t for t in near if t.direction is not Direction.LEVEL and not is_transitive(self.words[t.at].folded))
        clear = (t for t in after if not any(word.is_mark for word in self.words[number.last + 1 : t.at]))
        return next(clear, None) or self.more_or_less(number)

    def _gap_before(self, number: Number) -> Turn | None:
        """The comparative of a number before that this one follows: "supera di 5,5 punti la Toscana e di 4,0 l'Italia"."""
        at = self.sentence.numbers.index(number)
        before = self.sentence.numbers[at - 1] if at else None
        if before is None or self.words[number.first - 1].folded not in _STEPS:
            return None
        between = self.words[before.last + 1 : number.first]
        plain = not any(word.text in (";", ":", ")") for word in between) and len(between) <= _WIDEST_PASSAGE
        turned = any(before.last < turn.at < number.first for turn in self.sentence.turns)
        return self.gap(before) if plain and not turned else None

    def distance(self, number: Number) -> int | None:
        """Where a word says that a number is a distance between two figures: "lo scarto è di 2,2 anni"; None for nowhere."""
        clause = self.sentence.chunk(number.first, clause=True)
        near = range(max(number.first - _DISTANT_WITHIN, clause.start), number.first)
        last = next((at for at in reversed(near) if is_distance(self.words[at].folded)), None)
        if last is not None and not self._number_between(last, number.first):
            return last
        following = self.words[number.last + 1 : number.last + 4]
        return number.last if any(_LEADS.fullmatch(word.folded) for word in following) else None

    def is_balance(self, number: Number) -> bool:
        """Whether words before a number speak of a balance: "il saldo è positivo per 2.384"."""
        chunk = self.sentence.chunk(number.first)
        return any(self.words[at].folded in ("saldo", "saldi") for at in chunk if at < number.first)

    def facing(self, number: Number) -> int | None:
        """The word after which things are what a number is measured from ("supera di 6,1 punti l'Italia"); None for none."""
        turn = self.gap(number)
        if number.times:
            return number.last
        if turn is None:
            return self.distance(number)
        if self.is_given(number) or self._is_timed(turn, number):
            return None
        after = [word.folded.removesuffix("'") for word in self.words[turn.last + 1 : turn.last + 3]]
        return turn.last if turn.compares or any(word in _FACING for word in after) else None

    def _is_timed(self, turn: Turn, number: Number) -> bool:
        """Whether a comparative sets a figure beside its own of another year: "superiore del 4,4% all'anno precedente"."""
        start = max(turn.last, number.last)
        years = [year.at for year in self.sentence.years if 0 < year.at - start <= _TIMED_WITHIN and year.base]
        marks = [place.at for place in self.sentence.places] + [mention.first for mention in self.sentence.mentions]
        return bool(years) and not any(start < at < years[0] for at in marks)

    def is_unclear(self, number: Number) -> bool:
        """Whether words before a number leave out or divide what it counts: "senza le altre", "ogni cento residenti"."""
        chunk = self.sentence.chunk(number.first)
        summed = any(_SUMMING.fullmatch(word.folded) for word in self.words)
        pairs = [(a.folded, b.folded) for a, b in pairwise(self.words)]
        ratio = any(pair in (("rapporto", "tra"), ("rapporto", "fra")) for pair in pairs)
        return summed or ratio or any(self.words[at].folded in _UNCLEAR for at in chunk)

    def is_step(self, number: Number) -> bool:
        """Whether a number is introduced as the size of a change: "di 286 unità", "del 3,3%"."""
        before = self._introducing(number)
        gained = _GAINING.fullmatch(before) is not None
        return gained or before in _STEPS or number.quantity.signed or self.more_or_less(number) is not None

    def _introducing(self, number: Number) -> str:
        """The word before a number and what only dwells on it ("di appena 0,4")."""
        at = number.first - 1
        while at > 0 and self.words[at].folded in _DWELLING:
            at -= 1
        if at > 0 and self.words[at].folded in ("il", "l'", "lo") and _GAINING.fullmatch(self.words[at - 1].folded):
            at -= 1
        return self.words[at].folded if at >= 0 else ""

    def is_stated(self, number: Number) -> bool:
        """Whether a verb says a figure outright: "era di 56,5 anni"; not of a change: "il calo è di 41 unità"."""
        at = number.first - 1
        while at > 0 and (self.words[at].folded in _DWELLING or self.words[at].folded in _STEPS):
            at -= 1
        if at < 1 or at == number.first - 1 or self.words[at].folded not in _COPULAS:
            return False
        near = range(max(at - _SUBJECT_WITHIN, 0), at)
        subject = next((i for i in reversed(near) if self.words[i].text in (",", ":", ";", "(")), near.start - 1)
        return not any(subject < turn.at < at for turn in self.sentence.turns) and self.distance(number) is None

    def is_given(self, number: Number) -> bool:
        """Whether a figure with a sign is said outright: "è pari al -0,9%", "quella della Toscana (-0,5%)"."""
        if self.is_stated(number):
            return True
        pari = any(word.folded in _GIVING for word in self.words[max(number.first - 3, 0) : number.first])
        bracketed = number.first > 1 and self.words[number.first - 1].text == "("
        placed = bracketed and any(place.last == number.first - 2 for place in self.sentence.places)
        return number.quantity.signed and (pari or placed)

    def apposed(self, number: Number) -> Number:
        """For a percentage that says a change again ("642 in più del 2023 (3,7%)"), the number that said it first."""
        at = self.sentence.numbers.index(number)
        first = self.sentence.numbers[at - 1] if at else None
        if first is None or not number.quantity.percent or first.quantity.percent or not self.is_step(first):
            return number
        years = {word for year in self.sentence.years for word in range(year.at, year.end + 1)}
        between = [at for at in range(first.last + 1, number.first) if at not in years]
        said = all(self.words[at].folded.removesuffix("'") in _APPOSING for at in between[_COUNTED:])
        again = any(self.words[at].folded in _AGAIN for at in between)
        return first if said and again and self.change(first) is not None else number

    def counts_places(self, number: Number) -> bool:
        """Whether a number says how many places something is set among: "tra le 10 province della Toscana"."""
        after = self.words[number.last + 1].folded if number.last + 1 < len(self.words) else ""
        before = [word.folded for word in self.words[max(number.first - 3, 0) : number.first]]
        return after in ("province", "regioni") and any(word in ("tra", "fra", "delle") for word in before)

    def is_whole(self, number: Number) -> bool:
        """Whether a count is what another is set in: "4.961 su 8.924", "34 delle 41 ispezioni"."""
        at = self.sentence.numbers.index(number)
        part = self.sentence.numbers[at - 1] if at else None
        plain = part is not None and not part.quantity.percent and number.first - part.last <= _PAIRED_WITHIN
        between = [word.folded for word in self.words[part.last + 1 : number.first]] if part is not None else []
        return plain and bool(between) and (between[-1] == "su" or between[-2:-1] == ["su"])

    def side(self, number: Number) -> Direction | None:
        """The side of nought that a word just before a number says: "in rosso per 1.721", "negativo per 1.310"."""
        near = self.words[max(number.first - _SIGNED_WITHIN, 0) : number.first]
        return next((SIGNS[word.folded] for word in reversed(near) if word.folded in SIGNS), None)

    def passage(self, number: Number) -> int | None:
        """In "passa da 5 a 4": 0 for the first number, 1 for the second; None elsewhere."""
        numbers = self.sentence.numbers
        at = numbers.index(number)
        if at + 1 < len(numbers) and self._leads_to(number, numbers[at + 1]):
            return 0
        if at and self._leads_to(numbers[at - 1], number):
            return 1
        if at + 1 < len(numbers) and self._comes_from(number, numbers[at + 1]):
            return 1
        return 0 if at and self._comes_from(numbers[at - 1], number) else None

    def _comes_from(self, first: Number, second: Number) -> bool:
        """Whether a passage is told from its end: "scendono a 624 da 911"."""
        between = [word.folded for word in self.words[first.last + 1 : second.first]]
        alike = first.quantity.percent == second.quantity.percent and first.points == second.points
        before = self.words[first.first - 1].folded if first.first else ""
        return alike and before in _TO and len(between) == 1 and between[0] in _FROM

    def _leads_to(self, first: Number, second: Number) -> bool:
        at = self.sentence.numbers.index(first)
        behind = self.sentence.numbers[at - 1].last + 1 if at else 0
        origin = [word.folded for word in self.words[max(first.first - 5, behind) : first.first]]
        between = [word.folded for word in self.words[first.last + 1 : second.first]]
        alike = first.quantity.percent == second.quantity.percent and first.points == second.points
        starts = alike and any(word in _FROM for word in origin[-4:])
        ends = any(word in _TO for word in between[-4:])
        return starts and ends and len(between) <= _WIDEST_PASSAGE and not any(word in (";", ":") for word in between)

    def goes_on(self, number: Number) -> bool:
        """Whether a passage goes on after a number to another: "da 65,5 a 65,9 e infine a 66,2"."""
        at = self.sentence.numbers.index(number)
        following = self.sentence.numbers[at + 1] if at + 1 < len(self.sentence.numbers) else None
        between = [word.folded for word in self.words[number.last + 1 : following.first]] if following is not None else []
        return 0 < len(between) <= _CHAIN_WITHIN and any(word in _TO for word in between) and "e" in between

    def is_part(self, number: Number) -> bool:
        """Whether a number in brackets follows a percentage: the count that it is of the whole ("il 59 % (n. 10)")."""
        at = self.sentence.numbers.index(number)
        previous = self.sentence.numbers[at - 1] if at else None
        between = self.words[previous.last + 1 : number.first] if previous is not None else ()
        if previous is None or not previous.quantity.percent:
            return False
        after = self.sentence.numbers[at + 1] if at + 1 < len(self.sentence.numbers) else None
        if after is not None and self.is_whole(after):
            return True
        return len(between) <= 3 and any(word.text == "(" for word in between)

    def shares(self, number: Number) -> bool:
        """Whether words near a percentage speak of a part of a whole."""
        near = self.words[max(number.first - 6, 0) : number.first] + self.words[number.last + 1 : number.last + 6]
        return any(word.folded.startswith(_SHARING) for word in near)

    def is_of(self, number: Number) -> bool:
        """Whether a percentage is followed by its whole: "il 55,6% delle domande"."""
        after = self.words[number.last + 1].folded.removesuffix("'") if number.last + 1 < len(self.words) else ""
        return after in ("di", "del", "dei", "degli", "delle", "della", "dell", "dello", "sul", "sulle", "sui")
