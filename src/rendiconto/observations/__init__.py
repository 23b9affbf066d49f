"""What the data say: observations by cube and key, errata over them, and figures that follow from them."""

from rendiconto.observations.errata import Erratum
from rendiconto.observations.resolution import Resolved, Resolver
from rendiconto.observations.store import Observation, ObservationStore, load_observations

__all__ = ["Erratum", "Observation", "ObservationStore", "Resolved", "Resolver", "load_observations"]
