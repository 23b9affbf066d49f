"""Somebody's retyped figures beside ours: what differs, what does not add up in itself, what mixes perimeters.

A dashboard's data file or an open-data extract is read into *records* (a figure and the texts that say what it is), each record
is bound to one of our figures, and the two are compared. Nothing is guessed silently: what is not bound is a finding, and so is
whatever our figures had to decide.
"""

from rendiconto.audit.reconcile.reconciling import Reconciled, reconcile_records
from rendiconto.audit.reconcile.records import Record, Text
from rendiconto.audit.reconcile.rules import RECONCILE_RULES

__all__ = ["RECONCILE_RULES", "Reconciled", "Record", "Text", "reconcile_records"]
