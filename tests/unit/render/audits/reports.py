"""Reports of audits for the tests: several passages, claims that overlap and nest, what strangers' texts may say."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from rendiconto.document import Status
from rendiconto.document.claims import AuditReport, Coverage, Evidence, JudgedClaim, Passage, Verdict
from rendiconto.findings import Finding, Rule, Severity
from unit.render.findings.reports import INJECTIONS, RULES, wrong_sum

__all__ = ["INJECTIONS", "RULES", "claim_on", "evidence", "full_report", "hostile_report", "overstated", "report_of"]

OVERSTATED = Rule(
    "overstated",
    "Words of degree fit the size of the change",
    "Gli avverbi di misura si addicono alla variazione",
    "“Sharply” over a change of a tenth misleads.",
    "Un «nettamente» per un decimo inganna.",
    Severity.INFO,
    "“{text}” says more than the figures",
    "«{text}» dice più delle cifre",
)

FIRST = (
    "Nel 2024 i pensionati della provincia di Massa-Carrara sono 54.171, in aumento rispetto al 2023;\n"
    "il tasso di occupazione è salito dal 66,1% al 68,3% ed è superiore sia alla media regionale sia a quella nazionale."
)
SECOND = (
    "I beneficiari di ammortizzatori sociali per sospensione del lavoro sono leggermente calati rispetto al 2024. "
    "Le imprese artigiane restano 4.512. I lavoratori usuranti sono rimasti costanti."
)
THIRD = "Le entrate contributive crescono nettamente e raggiungono i 219 milioni di euro."


def evidence(cell: str, shown: str, label: str, value: str | None = None, status: Status = Status.NORMAL) -> Evidence:
    """A figure; ``value`` is what ``shown`` says."""
    return Evidence(cell, None if value is None else Decimal(value), status, shown, label)


def claim_on(
    passages: Sequence[Passage],
    text: str,
    verdict: Verdict,
    operation: str,
    *found: Evidence,
    should_say: str = "",
    why: str = "",
) -> JudgedClaim:
    """A claim on the first place of ``text`` in the passages."""
    start = next(passage.start + passage.text.index(text) for passage in passages if text in passage.text)
    return JudgedClaim(text, start, start + len(text), verdict, operation, found, should_say, why)


def report_of(
    passages: Sequence[str] = (),
    claims: Sequence[JudgedClaim] = (),
    *,
    findings: Sequence[Finding] = (),
    unread: Sequence[tuple[int, int]] = (),
    file: str = "comunicato.txt",
) -> AuditReport:
    """A report of these paragraphs, a blank line between them."""
    return AuditReport(
        file=file,
        title="Comunicato – Massa-Carrara",
        territory="massa-carrara",
        edition=2024,
        data_version="2024.1",
        passages=placed(passages),
        claims=tuple(claims),
        coverage=Coverage(len(claims) + len(unread), sum(claim.verdict is not Verdict.NOT_CHECKABLE for claim in claims)),
        unread=tuple(unread),
        findings=tuple(findings),
    )


def placed(texts: Sequence[str], headings: Sequence[str] = ()) -> tuple[Passage, ...]:
    """Paragraphs one below the other, a blank line between them; the first begins at offset 0, on line 1."""
    passages = []
    start, line = 0, 1
    for at, text in enumerate(texts):
        passages.append(Passage(text, start, 1, line, headings[at] if at < len(headings) else ""))
        start += len(text) + 2
        line += text.count("\n") + 2
    return tuple(passages)


def overstated() -> Finding:
    """“Sharply” over a small change."""
    return OVERSTATED.finding(("T17.0/massa-carrara/2024/r0/c2",), {"text": "crescono nettamente"}, values=("219.216.355,46",))


def full_report(file: str = "comunicato.txt") -> AuditReport:
    """One of everything: claims of each verdict, two on one place, one inside another, two that overlap."""
    texts = (FIRST, SECOND, THIRD)
    passages = placed(texts, ("Popolazione e lavoro", "Popolazione e lavoro", "Entrate"))
    rate = evidence("T9.0/massa-carrara/2024/r0/c1", "66,1", "Tasso di occupazione, Massa-Carrara, 2023", "66.1")
    after = evidence("T9.0/massa-carrara/2024/r0/c2", "68,3", "Tasso di occupazione, Massa-Carrara, 2024", "68.3")
    region = evidence("T9.0/massa-carrara/2024/r1/c2", "71,2", "Tasso di occupazione, Regione Toscana, 2024", "71.2")
    italy = evidence("T9.0/massa-carrara/2024/r2/c2", "62,2", "Tasso di occupazione, Italia, 2024", "62.2")
    pensioners = evidence("T31.0/massa-carrara/2024/r0/c0", "54.117", "Pensionati INPS, Massa-Carrara, 2024", "54117")
    before = evidence("T31.0/massa-carrara/2024/r0/c1", "n.d.", "Pensionati INPS, Massa-Carrara, 2023", None, Status.MISSING)
    wearing = evidence("T44.0/massa-carrara/2024/r3/c2", "*", "Lavori usuranti, Massa-Carrara, 2024", None, Status.CONFIDENTIAL)
    rising = "sono 54.171, in aumento rispetto al 2023"
    constant = "I lavoratori usuranti sono rimasti costanti."
    both = "è superiore sia alla media regionale sia a quella nazionale"
    suspended = "I beneficiari di ammortizzatori sociali per sospensione del lavoro sono leggermente calati rispetto al 2024."
    revenue = evidence("riscossioni/045/2024", "219.216.355,46", "Entrate contributive, 2024", "219216355.46")
    on = partial(claim_on, passages)
    claims = (
        on(
            "54.171",
            Verdict.CONTRADICTED,
            "value",
            pensioners,
            should_say="54.117 (2024, Massa-Carrara)",
            why="Pensionati INPS: 54.117",
        ),
        on(rising, Verdict.NOT_CHECKABLE, "direction", before, pensioners, why="i dati non hanno la cifra"),
        on("il tasso di occupazione è salito dal 66,1% al 68,3%", Verdict.SUPPORTED, "direction", rate, after),
        on("66,1%", Verdict.SUPPORTED, "value", rate),
        on("68,3% ed è superiore", Verdict.SUPPORTED, "value", after),
        on(
            both,
            Verdict.CONTRADICTED,
            "comparison",
            after,
            region,
            should_say="inferiore: 68,3 contro 71,2",
            why="Tasso di occupazione: 68,3; 71,2",
        ),
        on(both, Verdict.SUPPORTED, "comparison", after, italy),
        on(suspended, Verdict.CONTRADICTED, "direction"),
        on(constant, Verdict.NOT_CHECKABLE, "trend", wearing, why="un dato su cui poggia la frase è riservato"),
        on("219 milioni di euro", Verdict.SUPPORTED, "value", revenue),
    )
    unread = passages[1].start + SECOND.index("Le imprese")
    return AuditReport(
        file=file,
        title="Comunicato – Massa-Carrara",
        territory="massa-carrara",
        edition=2024,
        data_version="2024.1",
        passages=passages,
        claims=claims,
        coverage=Coverage(6, 4),
        unread=((unread, unread + len("Le imprese artigiane restano 4.512.")),),
        findings=(overstated(), wrong_sum()),
    )


def hostile_report() -> AuditReport:
    """Markup, formulas and control characters wherever a file's own words are shown."""
    texts = [f"Sono 12 {text} e 13." for text in INJECTIONS]
    passages = placed(texts, INJECTIONS)
    claims = [
        claim_on(passages, text, Verdict.CONTRADICTED, text, evidence(text, text, text), should_say=text, why=text)
        for text in INJECTIONS
    ]
    finding = OVERSTATED.finding(INJECTIONS, {"text": "<b>12</b>"}, values=INJECTIONS)
    unread = tuple((passage.start, passage.start + 7) for passage in passages)
    return AuditReport(
        "<i>.txt", "<script>alert(2)</script>", "<b>", 2024, "<u>", passages, tuple(claims), Coverage(8, 8), unread, (finding,)
    )
