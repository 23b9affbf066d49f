"""What is wrong: identities and formulas held against the data, as findings."""

from rendiconto.check.arithmetic import check_figures
from rendiconto.check.rules import RULES

__all__ = ["RULES", "check_figures"]
