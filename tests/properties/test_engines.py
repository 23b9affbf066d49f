"""The checks over whole columns say what the slow reference says, identity by identity, whatever is missing or withheld."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from rendiconto.catalogue import load_catalogue
from rendiconto.catalogue.identities import Identity, IdentityKind, Sense, derive_identities
from rendiconto.check import check_data
from rendiconto.document.values import Status
from rendiconto.errors import Place
from rendiconto.findings import Severity
from rendiconto.observations import CubeObservations, Observation, ObservationStore
from rendiconto.observations.columns import columns_from_arrow, columns_to_arrow, merge_columns

CATALOGUE = load_catalogue(2024)
CUBES = (
    "pensionati",
    "pensionati_tipologia",
    "pensioni_vigenti",
    "dipendenti_part_time",
    "vigilanza_ispettiva",
    "popolazione_bilancio",
)
RULES = ["sum", "territory", "relation", "bound"]
PLACES = ("10", "054", "055", "IT", "02")

figures: st.SearchStrategy[tuple[Decimal | None, Status]] = st.one_of(
    st.integers(0, 6).map(lambda n: (Decimal(n), Status.NORMAL)),
    st.sampled_from([(None, Status.NIL), (None, Status.MISSING), (None, Status.CONFIDENTIAL)]),
)


@st.composite
def stores(draw: st.DrawFn) -> ObservationStore:
    """A few cubes, each with some of the keys of a small block."""
    cubes = {}
    for name in draw(st.lists(st.sampled_from(CUBES), min_size=1, max_size=4, unique=True)):
        cube = CATALOGUE.cubes[name]
        choices = [list(d.codelist.codes)[-4:] if d.codelist else None for d in cube.dimensions]
        choices[0], choices[1] = list(PLACES), ["2024"]
        keys = draw(
            st.lists(st.tuples(*(st.sampled_from(codes or [""]) for codes in choices)), min_size=1, max_size=40, unique=True)
        )
        place = Place("drawn")
        rows = {}
        for key in keys:
            value, status = draw(figures)
            rows[key] = Observation(value, status, place)
        cubes[name] = CubeObservations(cube, rows=rows)
    return ObservationStore(cubes, (), "drawn", "2025-01-01", "")


def reference(store: ObservationStore) -> set[tuple[str, frozenset[str], bool]]:
    """Each violated identity: its kind, its keys, and whether it is beyond tolerance."""
    keys = {name: set(cube.rows) for name, cube in store.cubes.items()}
    wrong = set()
    for identity in derive_identities(CATALOGUE, keys):
        found = [store.cubes[term.cube.name].rows[term.codes] for term in identity.terms]
        if any(figure.status in (Status.MISSING, Status.CONFIDENTIAL) for figure in found):
            continue
        signed = sum((t.sign * (f.value or Decimal(0)) for t, f in zip(identity.terms, found, strict=True)), Decimal(0))
        if signed < 0 if identity.sense is Sense.NOT_NEGATIVE else signed != 0:
            cells = frozenset("/".join((term.cube.name, *term.codes)) for term in identity.terms)
            wrong.add((str(identity.kind), cells, abs(signed) > tolerance(identity)))
    return wrong


def tolerance(identity: Identity) -> Decimal:
    rounded = any(term.cube.rounded for term in identity.terms)
    half = Decimal("0.5").scaleb(-identity.terms[0].cube.decimals)
    return half * len(identity.terms) if rounded else Decimal(0)


@given(stores())
def test_columns_and_reference_agree(store: ObservationStore) -> None:
    findings = check_data(CATALOGUE, store, focus=(), as_published=True, rules=RULES)
    seen = {(finding.rule, frozenset(finding.keys), finding.severity is not Severity.INFO) for finding in findings}
    assert seen == reference(store)
    assert {kind for kind, _, _ in seen} <= {str(kind) for kind in IdentityKind}


@given(stores())
def test_columns_go_through_parquets_tables_and_layers_unchanged(store: ObservationStore) -> None:
    for observations in store.cubes.values():
        back = columns_from_arrow(observations.cube, columns_to_arrow(observations.cube, observations.columns), "drawn")
        again = CubeObservations(observations.cube, columns=merge_columns(observations.cube, [observations.columns, back]))
        wanted = {codes: (o.value, o.status) for codes, o in observations.rows.items()}
        assert {codes: (o.value, o.status) for codes, o in again.rows.items()} == wanted
