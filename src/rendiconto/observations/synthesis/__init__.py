"""A synthetic Italy: from the packaged figures to every territory's, those that are known as they are, the others made up."""

from rendiconto.observations.synthesis.counts import complete_counts, leaf_figures
from rendiconto.observations.synthesis.italy import Italy, complete_italy

__all__ = ["Italy", "complete_counts", "complete_italy", "leaf_figures"]
