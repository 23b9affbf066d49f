"""What texts say, for their authors: where each goes, its live figures, its claims with their verdicts, what nobody checked."""

from collections.abc import Iterator, Sequence

from rendiconto.document.claims import JudgedClaim, Verdict
from rendiconto.texts.pieces import BoundClaim, CheckedPiece, ReadBlock

_VERDICTS = {Verdict.SUPPORTED: "ok", Verdict.CONTRADICTED: "NO", Verdict.NOT_CHECKABLE: "??"}


def listing_text(territory: str, pieces: Sequence[CheckedPiece]) -> str:
    """The texts of one report, for a terminal."""
    lines = [f"{territory}: {len(pieces)} texts"]
    for piece in pieces:
        lines.extend(_piece_lines(piece))
    return "\n".join(lines)


def _piece_lines(piece: CheckedPiece) -> Iterator[str]:
    front, coverage = piece.draft.front, piece.coverage
    yield ""
    yield f"{piece.draft.source} → {front.destination}: {front.title}"
    by = "; ".join(f"{own.name}, {own.role}" if own.role else own.name for own in front.bylines)
    if by or front.date:
        yield f"  {', '.join(part for part in (by, front.date) if part)}"
    yield f"  sentences with figures: {coverage.numeric_sentences}, with a checked claim: {coverage.checked}"
    for block in piece.blocks:
        for shown in block.live:
            yield f"  {shown.line:>4}  live  {shown.source.text} = {shown.inserted.text}"
        for bound in _written(block):
            yield f"  {piece.line_of(block, bound.claim.start):>4}  {_told(bound)}"
    for finding in piece.findings:
        if finding.rule != "contradicted_sentence":
            yield f"  {finding.severity}: {finding.cells[0]}: {finding.message}"


def _written(block: ReadBlock) -> tuple[BoundClaim, ...]:
    """The claims that are no live figure's."""
    live = {(shown.start, shown.end) for shown in block.live}
    return tuple(bound for bound in block.claims if (bound.claim.start, bound.claim.end) not in live)


def _told(bound: BoundClaim) -> str:
    claim = bound.claim
    said = " ".join(claim.text.split())
    mark = _VERDICTS[claim.verdict]
    if claim.verdict is Verdict.CONTRADICTED:
        return f"{mark}    “{said}” should say {claim.should_say}"
    if claim.verdict is Verdict.NOT_CHECKABLE:
        return f"{mark}    “{said}”: {claim.why}"
    where = ", ".join(item.cell for item in claim.evidence[:3])
    return f"{mark}    “{said}” {'' if bound.is_bound else '(several readings) '}{where}"


def listing_json(territory: str, pieces: Sequence[CheckedPiece]) -> dict[str, object]:
    """The texts of one report, for programs."""
    return {"territory": territory, "texts": [_piece_json(piece) for piece in pieces]}


def _piece_json(piece: CheckedPiece) -> dict[str, object]:
    front = piece.draft.front
    return {
        "source": piece.draft.source,
        "place": str(front.destination),
        "title": front.title,
        "authors": [{"name": own.name, "role": own.role} for own in front.bylines],
        "date": front.date,
        "coverage": piece.coverage.as_json(),
        "live": [
            {
                "line": shown.line,
                "source": shown.source.text,
                "text": shown.inserted.text,
                "claim": None if shown.inserted.judged is None else shown.inserted.judged.as_json(),
            }
            for block in piece.blocks
            for shown in block.live
        ],
        "claims": [
            {"line": piece.line_of(block, bound.claim.start), "bound": bound.is_bound, **_claim_json(bound.claim)}
            for block in piece.blocks
            for bound in _written(block)
        ],
        "unread": [
            {"line": piece.line_of(block, start), "text": block.text[start:end]}
            for block in piece.blocks
            for start, end in block.unread
        ],
        "findings": [finding.as_json() for finding in piece.findings],
    }


def _claim_json(claim: JudgedClaim) -> dict[str, object]:
    """A claim without its offsets, which are those of a text that only the report has."""
    return {name: value for name, value in claim.as_json().items() if name not in ("start", "end")}
