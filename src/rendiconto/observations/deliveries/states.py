"""States of the data: what the deliveries up to a version make, and what changed from one to another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256

from rendiconto.catalogue.declarations import Catalogue
from rendiconto.catalogue.gridplan import Codes
from rendiconto.document.values import Status
from rendiconto.errors import RendicontoError
from rendiconto.observations.columns import CubeObservations
from rendiconto.observations.deliveries.ledger import Delivery, Entry, Ledger, RestoreEntry
from rendiconto.observations.layers import Layer, changed_keys, layered, matching_rows
from rendiconto.observations.store import ObservationStore


def load_state(catalogue: Catalogue, base: ObservationStore, ledger: Ledger, version: int | None = None) -> ObservationStore:
    """The data at a version (the latest by default); 0 is the base alone. The same version is always the same data."""
    entries = ledger.entries()
    version = len(entries) if version is None else version
    if not 0 <= version <= len(entries):
        raise RendicontoError(f"there is no version {version}", todo=f"Versions go from 0 (no delivery) to {len(entries)}.")
    if version == 0:
        return base
    counting = counting_deliveries(entries, version)
    layers = [_layer(catalogue, ledger, delivery) for delivery in counting]
    store = layered(catalogue, base, layers)
    digest = sha256(base.sha256.encode())
    for delivery in counting:
        for name, stored in sorted(delivery.cubes.items()):
            digest.update(f"{name}\0{stored.sha256}\0".encode())
    return replace(store, version=f"{base.version}+{version}", date=entries[version - 1].at[:10], sha256=digest.hexdigest())


def counting_deliveries(entries: Sequence[Entry], version: int) -> list[Delivery]:
    """The deliveries that make a version, oldest first: a restored version counts as it was."""
    counting: list[Delivery] = []
    while version > 0:
        entry = entries[version - 1]
        if isinstance(entry, RestoreEntry):
            version = entry.restores
            continue
        counting[:0] = entry.deliveries
        version -= 1
    return counting


def _layer(catalogue: Catalogue, ledger: Ledger, delivery: Delivery) -> Layer:
    layer = {}
    for name, stored in sorted(delivery.cubes.items()):
        cube = catalogue.cube(name)
        layer[name] = CubeObservations(cube, columns=ledger.observations(cube, stored, delivery))
    return layer


@dataclass(frozen=True, slots=True)
class Change:
    """A figure in two states; ``before`` or ``after`` is None where it was not there."""

    cube: str
    codes: Codes
    before: tuple[Decimal | None, Status] | None
    after: tuple[Decimal | None, Status] | None

    @property
    def absolute(self) -> Decimal | None:
        """By how much the value changed."""
        if self.before is None or self.after is None or self.before[0] is None or self.after[0] is None:
            return None
        return self.after[0] - self.before[0]

    @property
    def relative(self) -> Decimal | None:
        """The change as a percentage of the earlier value."""
        if self.absolute is None or not self.before or not self.before[0]:
            return None
        return 100 * self.absolute / abs(self.before[0])


def changes_between(one: ObservationStore, two: ObservationStore) -> list[Change]:
    """Cell by cell what changed: the largest relative change first, figures that came or went last, then by key."""
    changes = [change for name in sorted({*one.cubes, *two.cubes}) for change in _cube_changes(name, one, two)]
    return sorted(changes, key=_weight)


def _cube_changes(name: str, one: ObservationStore, two: ObservationStore) -> Iterator[Change]:
    before, after = one.cubes.get(name), two.cubes.get(name)
    if before is None or after is None:
        for codes in sorted(before or after or ()):
            yield _change(name, codes, before, after)
        return
    if before is after:
        return
    changed = set(changed_keys(before, after))
    gained = {after.columns.key(int(row)) for row in (matching_rows(before.columns, after.columns) < 0).nonzero()[0]}
    lost = {before.columns.key(int(row)) for row in (matching_rows(after.columns, before.columns) < 0).nonzero()[0]}
    for codes in sorted(changed | gained | lost):
        yield _change(name, codes, before, after)


def _change(name: str, codes: Codes, before: CubeObservations | None, after: CubeObservations | None) -> Change:
    def figure(observations: CubeObservations | None) -> tuple[Decimal | None, Status] | None:
        found = None if observations is None else observations.get(codes)
        return None if found is None else (found.value, found.status)

    return Change(name, codes, figure(before), figure(after))


def _weight(change: Change) -> tuple[int, Decimal, Decimal, str, Codes]:
    relative = change.relative
    known = 0 if relative is not None else 1 if change.absolute is not None else 2
    return (known, -abs(relative or Decimal(0)), -abs(change.absolute or Decimal(0)), change.cube, change.codes)
