"""Shares and ratios: what a percentage is of, and what "il doppio" is the double of."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from rendiconto.audit.binding import Subject
from rendiconto.audit.candidates import Candidates
from rendiconto.audit.contrasts import Contrasts
from rendiconto.audit.cues import Cues
from rendiconto.audit.quantities import Number
from rendiconto.catalogue.inputs import input_key
from rendiconto.check.claims import Claim, Operation

_Costed = tuple[tuple[Claim, ...], float]
"""Claims of a reading, and what it costs to think so."""
_CHANGING: Final = 1.6
"""What it costs to take a percentage for a share where a word of change is measured by it."""
_DECLARED: Final = 0.1
_OTHER: Final = 0.6
_PLACE: Final = 0.7
_FAR: Final = 2.0
_SISTER: Final = 0.3
"""The cost of a whole that nobody prints: all the codes of a list together."""
_YEAR: Final = 0.8


class ShareReader:
    """Reads percentages and ratios of one sentence."""

    def __init__(self, candidates: Candidates, contrasts: Contrasts) -> None:
        self.data = candidates.data
        self.contrasts = contrasts
        self.cues = Cues(candidates.sentence)

    def ratios(self, number: Number, subject: Subject, place: str, year: int) -> Iterator[_Costed]:
        """How many times one figure is another: of another year, place, code or term."""
        for pair in self.contrasts.in_time(number, subject, place, year):
            yield (Claim(Operation.RATIO, (pair.of, pair.against), number.quantity),), pair.cost + 0.3
        for pair in self.contrasts.codes(number, subject, place, year):
            yield (Claim(Operation.RATIO, (pair.of, pair.against), number.quantity),), pair.cost
        if subject.cube.is_rate or not subject.cube.sums:
            for pair in self.contrasts.places(number, subject, place, year):
                yield (Claim(Operation.RATIO, (pair.of, pair.against), number.quantity),), pair.cost
        for pair in self.contrasts.terms(number, subject, place, year):
            yield (Claim(Operation.RATIO, (pair.of, pair.against), number.quantity),), pair.cost
            if (subject.at or 0) > number.last:
                yield (Claim(Operation.RATIO, (pair.against, pair.of), number.quantity),), pair.cost

    def shares(self, number: Number, subject: Subject, place: str, year: int) -> Iterator[_Costed]:
        """A percentage of what is counted: a code of its whole, a declared share, a place of another, one term of another."""
        cost = _CHANGING if self.cues.change(number) is not None and self.cues.is_step(number) else 0.0
        if number.quantity.signed:
            cost += _CHANGING
        for name, chosen in subject.codes.items():
            if len(chosen) == 1:
                yield from ((claims, cost + each) for claims, each in self._of_whole(number, subject, name, place, year))
        for claims in self._declared(number, subject, place, year):
            yield claims, cost + _DECLARED
        for pair in self.contrasts.terms(number, subject, place, year):
            yield (Claim(Operation.SHARE, (pair.of, pair.against), number.quantity),), cost + _OTHER + pair.cost
            yield (Claim(Operation.SHARE, (pair.against, pair.of), number.quantity),), cost + _OTHER + pair.cost
        for pair in self.contrasts.places(number, subject, place, year):
            far = 0.0 if self.contrasts.is_whole_place(number, pair) else _FAR
            yield (Claim(Operation.SHARE, (pair.of, pair.against), number.quantity),), cost + _PLACE + far + pair.cost
        plain = _OTHER if number.literal else 0.0
        for pair in self.contrasts.codes(number, subject, place, year):
            yield (Claim(Operation.SHARE, (pair.of, pair.against), number.quantity),), cost + plain + pair.cost
        if not number.literal:
            for pair in self.contrasts.in_time(number, subject, place, year):
                yield (Claim(Operation.SHARE, (pair.of, pair.against), number.quantity),), cost + _YEAR + pair.cost

    def _of_whole(self, number: Number, subject: Subject, name: str, place: str, year: int) -> Iterator[_Costed]:
        """A code of its total; where there is none, of its sisters."""
        dimension = subject.cube.dimension(name)
        codelist = dimension.codelist if dimension is not None else None
        if codelist is None:
            return
        if codelist.total is not None and subject.codes[name] == (codelist.total,):
            return
        if codelist.total is None and (subject.cube.is_rate or any(code.unit for code in codelist.codes.values())):
            return
        wholes = (
            [codelist.total]
            if codelist.total
            else [code.code for code in codelist.codes.values() if not code.sum and not code.within]
        )
        for part in self.data.cells(subject, place, year)[:1]:
            sides = (replace(subject, codes={**subject.codes, name: (code,)}) for code in wholes)
            cells = [cell for side in sides for cell in self.data.cells(side, place, year)[:1]]
            there = cells if codelist.total else [cell for cell in cells if self.data.is_there(*cell)]
            if there and there != [part]:
                yield (Claim(Operation.SHARE, (part, *there), number.quantity),), 0.0 if codelist.total else _SISTER

    def _declared(self, number: Number, subject: Subject, place: str, year: int) -> Iterator[tuple[Claim, ...]]:
        """The shares that the catalogue declares of what is counted."""
        for cube, share in self.data.shares:
            inputs = share.inputs()
            fits = any(
                need.cube == subject.cube.name and all(subject.codes.get(d, (c,)) == (c,) for d, c in need.fix.items())
                for need in inputs
            )
            fixed = {name for need in inputs for name in need.fix}
            lacks = any(cube.dimension(name) is None and name not in fixed for name in subject.codes)
            if (fits and not lacks) or cube.name == subject.cube.name:
                codes = {name: chosen for name, chosen in subject.codes.items() if cube.dimension(name) is not None}
                for _, key in self.data.cells(Subject(cube, codes), place, year)[:1]:
                    cells = tuple(input_key(self.data.catalogue, cube, key, need) for need in inputs)
                    if not all(self.data.is_there(*cell) for cell in cells) and self.data.is_there(cube, key):
                        yield (Claim(Operation.VALUE, ((cube, key),), number.quantity),)  # only the share was delivered
                    elif cells[0] != cells[1]:
                        yield (Claim(Operation.SHARE, cells, number.quantity),)

    def parts(self, number: Number, subject: Subject, place: str, year: int) -> Iterator[_Costed]:
        """The count that is the part of a declared share."""
        for claims in self._declared(number, subject, place, year):
            if claims[0].operation is Operation.SHARE:
                yield (Claim(Operation.VALUE, (claims[0].cells[0],), number.quantity),), 0.0
