"""What is wrong with a stranger's figures, one by one and as sums."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from rendiconto.audit.reconcile.choosing import Judged
from rendiconto.audit.reconcile.numbers import Reading
from rendiconto.audit.reconcile.ours import Ours, Verdict
from rendiconto.audit.reconcile.records import Record
from rendiconto.audit.reconcile.rules import ADDS_UP, BOUNDS, DIFFERS, ROUNDED, UNMATCHED, UNREADABLE
from rendiconto.audit.reconcile.slips import Slips
from rendiconto.catalogue.gridplan import Codes
from rendiconto.catalogue.identities import Identity, Sense, Term, derive_identities
from rendiconto.check.checking import LISTED_TERMS, describe
from rendiconto.check.evidence import Cell, key_address
from rendiconto.check.places import PrintedPlaces
from rendiconto.document.values import Status
from rendiconto.findings import Finding, Severity
from rendiconto.italian.numbers import decimals_of, format_number

_HALF = Decimal("0.5")
_LONGEST = 60


def find_unreadable(records: Iterable[Record], readings: Iterable[Reading]) -> Iterator[Finding]:
    """Values that are no numbers."""
    for record, reading in zip(records, readings, strict=True):
        if not reading.readable:
            read = repr(record.raw[:_LONGEST]) if isinstance(record.raw, str) else str(record.raw)[:_LONGEST]
            yield UNREADABLE.finding((record.place,), {"read": read}, values=(read,))


def find_single(
    judged: Iterable[Judged], slips: Slips, places: PrintedPlaces, explained: Collection[str] = ()
) -> Iterator[Finding]:
    """Figures that are not ours, are rounded, or were not compared; those ``explained`` by other findings aside (by place)."""
    for one in judged:
        if one.record.place in explained:
            continue
        if one.verdict is Verdict.ABSENT or one.candidate is None:
            yield _unmatched(one)
        elif one.verdict is not Verdict.MATCHED:
            yield _compared(one, one.candidate.cell, slips, places)


def _unmatched(one: Judged) -> Finding:
    texts = [text.text[:_LONGEST] for text in one.record.texts if not text.weak]
    under = repr(" / ".join(texts)) if texts else repr(one.record.ref or one.record.place)
    words = {"theirs": one.shown, "under": under, "reason": one.reason, "reason_it": one.reason_it}
    return UNMATCHED.finding((one.record.place,), words, values=(one.shown,))


def _compared(one: Judged, cell: Cell, slips: Slips, places: PrintedPlaces) -> Finding:
    """That a figure differs from ours or has fewer digits. What is confidential is only said to be so."""
    ours = slips.ours
    withheld = ours.figure(cell).status is Status.CONFIDENTIAL
    rounded = one.verdict is Verdict.ROUNDED
    slip = None if withheld or rounded or one.value is None else slips.likely(one.value, cell)
    milder = Severity.WARNING if withheld else slip.severity if slip is not None else None
    shown = ours.shown(cell)
    finding = (ROUNDED if rounded else DIFFERS).finding(
        (one.record.place, key_address(cell)),
        {"what": describe(ours.catalogue, cell), "theirs": one.shown, "ours": shown},
        severity=milder,
        values=(one.shown, shown),
        expected=ours.printed(cell),
        observed=one.value,
    )
    finding = replace(finding, cells=(one.record.place, places.address(cell)))
    if withheld:
        return replace(
            finding, hint="ours is confidential: it may not be shown", hint_it="la nostra cifra è riservata: non va mostrata"
        )
    if slip is not None:
        return replace(finding, hint=slip.said, hint_it=slip.said_it)
    return finding


def find_sums(judged: Sequence[Judged], ours: Ours) -> Iterator[Finding]:
    """Identities of the catalogue that the file's own figures break."""
    given: dict[Cell, Judged] = {}
    keys: dict[str, dict[Codes, None]] = {}
    for one in judged:
        if one.candidate is not None and one.number is not None:
            given.setdefault(one.candidate.cell, one)
            keys.setdefault(one.candidate.cell[0], {})[one.candidate.cell[1]] = None
    for identity in derive_identities(ours.catalogue, {name: codes.keys() for name, codes in keys.items()}):
        terms = [(term, given[(term.cube.name, term.codes)]) for term in identity.terms]
        finding = _broken(identity, terms, ours)
        if finding is not None:
            yield finding


def _broken(identity: Identity, terms: Sequence[tuple[Term, Judged]], ours: Ours) -> Finding | None:
    residual = sum((term.sign * (one.number or Decimal(0)) for term, one in terms), Decimal(0))
    tolerance = sum((_slack(term, one, ours) for term, one in terms), Decimal(0))
    vanishing = identity.sense is Sense.VANISH
    if abs(residual) <= tolerance or (not vanishing and residual >= -tolerance):
        return None
    total, whole = terms[0]
    observed = whole.number or Decimal(0)
    decimals = max(decimals_of(one.number or Decimal(0)) for _, one in terms)
    expected = observed - total.sign * residual
    rule = ADDS_UP if vanishing else BOUNDS
    alike = all(one.verdict in (Verdict.MATCHED, Verdict.ROUNDED) for _, one in terms)
    finding = rule.finding(
        tuple(one.record.place for _, one in terms),
        {
            "total": describe(ours.catalogue, (total.cube.name, total.codes)),
            "observed": format_number(observed, decimals),
            "expected": format_number(expected, decimals),
            "arithmetic": _arithmetic(terms, vanishing=vanishing),
            "because": identity.because,
        },
        severity=Severity.INFO if alike else None,
        values=tuple(one.shown for _, one in terms),
        expected=expected if vanishing else None,
        observed=observed,
        tolerance=tolerance,
    )
    wrong = [one.record.place for _, one in terms if one.verdict is Verdict.DIFFERS]
    if len(wrong) == 1:
        finding = finding.led_by(wrong[0])
    if alike:
        return replace(
            finding,
            hint="the figures are ours: `rendiconto check` says what is wrong with them",
            hint_it="le cifre sono le nostre: `rendiconto check` dice che cosa non va",
        )
    return finding


def _slack(term: Term, one: Judged, ours: Ours) -> Decimal:
    """Half a unit of the last digit of a figure that is rounded; nothing for an exact count."""
    if one.verdict is not Verdict.ROUNDED and not term.cube.rounded:
        return Decimal(0)
    digits = decimals_of(one.value or Decimal(0))
    if one.verdict is Verdict.MATCHED:
        digits = ours.decimals((term.cube.name, term.codes))
    return _HALF.scaleb(-digits) * (one.scale if one.scaled else 1)


def _arithmetic(terms: Sequence[tuple[Term, Judged]], *, vanishing: bool) -> str:
    """``310 ≠ 100 + 200``; bounds are set side by side."""
    shown = [format_number(one.number or Decimal(0), decimals_of(one.number or Decimal(0))) for _, one in terms]
    if not vanishing:
        return " | ".join(shown[:LISTED_TERMS])
    text = ""
    for (term, _), value in zip(terms[1 : LISTED_TERMS + 1], shown[1:], strict=False):
        operator = " − " if term.sign > 0 else " + "
        text += operator + value if text else ("−" if term.sign > 0 else "") + value
    more = len(shown) - 1 - LISTED_TERMS
    return f"{shown[0]} ≠ {text}" + (f" + … ({more})" if more > 0 else "")
