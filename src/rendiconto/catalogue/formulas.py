"""Formulas: the closed set of ways in which a figure follows from others.

Each formula is a small model named in a cube's ``formula``; it declares its inputs, computes from unrounded decimals, and
says in Italian what it does. Null rules are the same for all: a missing input makes the result missing, a confidential one
makes it confidential; nil counts as zero in sums, and a share or ratio whose whole is nil or zero is nil.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from rendiconto.document.values import Status


class Strict(BaseModel):
    """Base of all catalogue models: unknown keys are errors, instances do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Operand(Strict):
    """A value on its way through a formula; ``value`` is None unless the status is normal."""

    value: Decimal | None
    status: Status = Status.NORMAL

    @property
    def number(self) -> Decimal:
        """The value as an addend: nil is zero."""
        return self.value if self.value is not None else Decimal(0)


NIL = Operand(value=None, status=Status.NIL)


class InputModel(Strict):
    """An input of a formula: a cube, and codes at which some of its dimensions stand."""

    cube: str
    fix: dict[str, str] = Field(default_factory=dict)


def _as_input(value: Any) -> Any:
    return {"cube": value} if isinstance(value, str) else value


Input = Annotated[InputModel, BeforeValidator(_as_input)]


class Formula(Strict, ABC):
    """Base of the formulas. ``inputs`` and the operands of ``evaluate`` are in the same order; ``signed``: it subtracts."""

    signed: ClassVar[bool] = False

    @abstractmethod
    def inputs(self) -> tuple[InputModel, ...]:
        """What the formula needs."""

    @abstractmethod
    def compute(self, operands: Sequence[Operand]) -> Operand:
        """The result when every operand is a number or nil."""

    @abstractmethod
    def sentence(self, names: Sequence[str]) -> str:
        """How the figure is computed, in Italian; ``names`` are the inputs' titles in order."""

    def evaluate(self, operands: Sequence[Operand]) -> Operand:
        """The result, unrounded."""
        for status in (Status.MISSING, Status.CONFIDENTIAL):
            if any(operand.status is status for operand in operands):
                return Operand(value=None, status=status)
        return self.compute(operands)


class Share(Formula):
    """100 × part / whole."""

    part: Input
    whole: Input

    def inputs(self) -> tuple[InputModel, ...]:
        return (self.part, self.whole)

    def compute(self, operands: Sequence[Operand]) -> Operand:
        part, whole = operands
        return NIL if not whole.number else Operand(value=100 * part.number / whole.number)

    def sentence(self, names: Sequence[str]) -> str:
        return f"{names[0]} per 100 di {names[1]}"


class Ratio(Formula):
    """scale × numerator / denominator."""

    numerator: Input
    denominator: Input
    scale: Decimal = Decimal(1)

    def inputs(self) -> tuple[InputModel, ...]:
        return (self.numerator, self.denominator)

    def compute(self, operands: Sequence[Operand]) -> Operand:
        numerator, denominator = operands
        return NIL if not denominator.number else Operand(value=self.scale * numerator.number / denominator.number)

    def sentence(self, names: Sequence[str]) -> str:
        per = "" if self.scale == 1 else f", per {self.scale:f}"
        return f"Rapporto tra {names[0]} e {names[1]}{per}"


class Balance(Formula):
    """Signed sum: what is added less what is taken away."""

    signed: ClassVar[bool] = True
    plus: tuple[Input, ...]
    minus: tuple[Input, ...] = ()

    def inputs(self) -> tuple[InputModel, ...]:
        return (*self.plus, *self.minus)

    def compute(self, operands: Sequence[Operand]) -> Operand:
        added = sum((operand.number for operand in operands[: len(self.plus)]), Decimal(0))
        taken = sum((operand.number for operand in operands[len(self.plus) :]), Decimal(0))
        return Operand(value=added - taken)

    def sentence(self, names: Sequence[str]) -> str:
        added, taken = names[: len(self.plus)], names[len(self.plus) :]
        return " più ".join(added) + "".join(f" meno {name}" for name in taken)


class Difference(Formula):
    """of − base: a change, or a gap."""

    signed: ClassVar[bool] = True
    of: Input
    base: Input

    def inputs(self) -> tuple[InputModel, ...]:
        return (self.of, self.base)

    def compute(self, operands: Sequence[Operand]) -> Operand:
        of, base = operands
        return NIL if of.value is None or base.value is None else Operand(value=of.value - base.value)

    def sentence(self, names: Sequence[str]) -> str:
        return f"Differenza tra {names[0]} e {names[1]}"


class Index(Formula):
    """100 × of / base."""

    of: Input
    base: Input

    def inputs(self) -> tuple[InputModel, ...]:
        return (self.of, self.base)

    def compute(self, operands: Sequence[Operand]) -> Operand:
        of, base = operands
        return NIL if not base.number or of.value is None else Operand(value=100 * of.value / base.number)

    def sentence(self, names: Sequence[str]) -> str:
        return f"{names[0]} fatto 100 il valore di {names[1]}"


class Average(Formula):
    """Weighted mean of inputs: Σ of × weight / Σ weight; a nil weight or value leaves its pair out."""

    of: tuple[Input, ...]
    weights: tuple[Input, ...]

    def inputs(self) -> tuple[InputModel, ...]:
        return (*self.of, *self.weights)

    def compute(self, operands: Sequence[Operand]) -> Operand:
        values, weights = operands[: len(self.of)], operands[len(self.of) :]
        pairs = [(v.value, w.number) for v, w in zip(values, weights, strict=True) if v.value is not None]
        weight = sum((w for _, w in pairs), Decimal(0))
        return NIL if not weight else Operand(value=sum((v * w for v, w in pairs), Decimal(0)) / weight)

    def sentence(self, names: Sequence[str]) -> str:
        return f"Media di {', '.join(names[: len(self.of)])}, pesata con {', '.join(names[len(self.of) :])}"


FORMULAS: dict[str, type[Formula]] = {
    "share": Share,
    "ratio": Ratio,
    "balance": Balance,
    "difference": Difference,
    "index": Index,
    "average": Average,
}
"""What a cube's ``formula`` may be."""
