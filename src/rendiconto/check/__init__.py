"""What is wrong: one rule per family, derived from the catalogue; findings as values, the likely culprit first."""

from rendiconto.check.checking import check_data, reaching, territories_with_data
from rendiconto.check.rules import RULES

__all__ = ["RULES", "check_data", "reaching", "territories_with_data"]
