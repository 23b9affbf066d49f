"""Deliveries kept: every file as it came, every state of the data that it made, nothing ever overwritten."""

from rendiconto.observations.deliveries.ledger import Delivered, Delivery, Entry, Ledger, Refusal
from rendiconto.observations.deliveries.states import Change, changes_between, load_state

__all__ = ["Change", "Delivered", "Delivery", "Entry", "Ledger", "Refusal", "changes_between", "load_state"]
