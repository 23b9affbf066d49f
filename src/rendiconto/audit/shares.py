"""Shares and ratios: what a percentage is of, and what "il doppio" is the double of."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rendiconto.audit.binding import Subject, subjects_of
from rendiconto.audit.numberscope import NumberScope
from rendiconto.audit.quantities import Number
from rendiconto.catalogue.inputs import input_key
from rendiconto.check.claims import Cell, Claim, Operation

Reading = tuple[Claim, ...]
"""Claims that hold together or not at all."""


@dataclass(frozen=True)
class ShareReader:
    """Reads percentages and ratios of one sentence."""

    scope: NumberScope

    def ratios(self, number: Number, subject: Subject, place: str, year: int) -> Iterator[Reading]:
        """How many times one figure is another: of another term, of another year, of another code."""
        others = [mention for mention in self.scope.sentence.mentions if mention.first != subject.at]
        for cell in self.scope.data.cells(subject, place, year)[:2]:
            for mention in others:
                for other in subjects_of(self.scope.data, self.scope.sentence, mention):
                    for against in self.scope.data.cells(other, place, year)[:1]:
                        first = mention.last < number.first and (subject.at or 0) > number.last
                        pair = (against, cell) if first else (cell, against)
                        yield (Claim(Operation.RATIO, pair, number.quantity),)
            for base in self.scope.data.cells(subject, place, self.scope.base_year(number, year))[:1]:
                yield (Claim(Operation.RATIO, (cell, base), number.quantity),)
            codes = [name for name, chosen in subject.codes.items() if len(chosen) == 1]
            for name in codes:
                yield from self._against_sisters(number, subject, name, cell, place, year)

    def _against_sisters(
        self, number: Number, subject: Subject, name: str, cell: Cell, place: str, year: int
    ) -> Iterator[Reading]:
        dimension = subject.cube.dimension(name)
        if dimension is None or dimension.codelist is None:
            return
        said = [
            code.code
            for code in self.scope.sentence.codes.get(dimension.codelist.name, ())
            if code.code not in subject.codes[name]
        ]
        for code in said:
            other = replace(subject, codes={**subject.codes, name: (code,)})
            for against in self.scope.data.cells(other, place, year)[:1]:
                yield (Claim(Operation.RATIO, (cell, against), number.quantity),)

    def shares(self, number: Number, subject: Subject, place: str, year: int) -> Iterator[Reading]:
        """A percentage of what is counted: a declared share of these inputs, a code of its whole, one of another."""
        yield from self._of_another_year(number, subject, place, year)
        yield from self._declared_shares(number, subject, place, year)
        for name, chosen in subject.codes.items():
            dimension = subject.cube.dimension(name)
            if len(chosen) == 1 and dimension is not None and dimension.codelist is not None:
                for part in self.scope.data.cells(subject, place, year)[:1]:
                    yield from self._part_of_whole(number, subject, name, part, place, year)
        yield from self._of_another_term(number, subject, place, year)

    def _of_another_year(self, number: Number, subject: Subject, place: str, year: int) -> Iterator[Reading]:
        """As "meno della metà del 2023": this year's figure as a share of that one's."""
        default = self.scope.data.default_year(subject, place)
        if not number.literal and year != default:
            for part, whole in zip(
                self.scope.data.cells(subject, place, default), self.scope.data.cells(subject, place, year), strict=False
            ):
                yield (Claim(Operation.SHARE, (part, whole), number.quantity),)

    def _of_another_term(self, number: Number, subject: Subject, place: str, year: int) -> Iterator[Reading]:
        """One term as a share of another that is counted in the same unit."""
        for mention in self.scope.sentence.mentions:
            if mention.first != subject.at:
                for other in subjects_of(self.scope.data, self.scope.sentence, mention):
                    if other.cube.unit == subject.cube.unit:
                        for part, whole in zip(
                            self.scope.data.cells(subject, place, year)[:1],
                            self.scope.data.cells(other, place, year)[:1],
                            strict=False,
                        ):
                            yield (Claim(Operation.SHARE, (part, whole), number.quantity),)
                            yield (Claim(Operation.SHARE, (whole, part), number.quantity),)

    def _declared_shares(self, number: Number, subject: Subject, place: str, year: int) -> Iterator[Reading]:
        for cube, share in self.scope.data.shares:
            inputs = share.inputs()
            fits = any(
                need.cube == subject.cube.name and all(subject.codes.get(d, (c,)) == (c,) for d, c in need.fix.items())
                for need in inputs
            )
            named = cube.name == subject.cube.name
            if fits or named:
                codes = {name: chosen for name, chosen in subject.codes.items() if cube.dimension(name) is not None}
                for _, key in self.scope.data.cells(Subject(cube, codes), place, year)[:1]:
                    cells = tuple(input_key(self.scope.data.catalogue, cube, key, need) for need in inputs)
                    if cells[0] != cells[1]:
                        yield (Claim(Operation.SHARE, cells, number.quantity),)

    def _part_of_whole(
        self, number: Number, subject: Subject, name: str, part: Cell, place: str, year: int
    ) -> Iterator[Reading]:
        codelist = next((d.codelist for d in subject.cube.dimensions if d.name == name), None)
        total = codelist.total if codelist is not None else None
        if total is None and codelist is not None:
            others = [code for code in codelist.codes if (code,) != subject.codes[name]]
            for code in others[:4]:
                for whole in self.scope.data.cells(replace(subject, codes={**subject.codes, name: (code,)}), place, year)[:1]:
                    yield (Claim(Operation.SHARE, (part, whole), number.quantity),)
        elif total is not None:
            for whole in self.scope.data.cells(replace(subject, codes={**subject.codes, name: (total,)}), place, year)[:1]:
                yield (Claim(Operation.SHARE, (part, whole), number.quantity),)

    def parts(self, number: Number, subject: Subject, place: str, year: int) -> Iterator[Reading]:
        """The count that is the part of a declared share."""
        for reading in self._declared_shares(number, subject, place, year):
            yield (Claim(Operation.VALUE, (reading[0].cells[0],), number.quantity),)
