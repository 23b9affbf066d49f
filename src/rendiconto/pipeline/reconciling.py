"""A stranger's file compared with an edition."""

from pathlib import Path

from rendiconto.audit.reconcile import Reconciled, reconcile_records
from rendiconto.audit.reconcile.reading import read_records
from rendiconto.check.checking import territories_with_data
from rendiconto.errors import RendicontoError
from rendiconto.pipeline.editions import Edition
from rendiconto.territory import Gazetteer, Territory


def reconcile_file(path: Path, edition: Edition, territory: Territory) -> Reconciled:
    """The figures of a CSV or JSON file compared with ours; those that name no territory are the given one's.

    A file that cannot be read is a ``DataError``; whatever is wrong with its figures is a finding.
    """
    records = read_records(path, edition.catalogue)
    return reconcile_records(records, edition.catalogue, edition.observations, territory, path.stem)


def reconciled_territory(edition: Edition, name: str | None = None) -> Territory:
    """The territory of a file: the one named, else the only one that the edition is for (or has data of)."""
    if name is not None:
        return Gazetteer.load().find(name, edition.year)
    focus = edition.focus
    if focus is None:
        focus = territories_with_data(edition.catalogue, edition.observations)
    if len(focus) == 1:
        return focus[0]
    what = f"the edition is for {len(focus)} territories" if focus else "the edition has no data"
    raise RendicontoError(what, todo="Say which one the file is about: --territory NAME.")
