"""What the data say: observations by cube and key, errata over them, and figures that follow from them."""

from rendiconto.observations.columns import CubeObservations, Observation
from rendiconto.observations.errata import Erratum
from rendiconto.observations.resolution import Resolved, Resolver
from rendiconto.observations.store import ObservationStore, load_observations

__all__ = ["CubeObservations", "Erratum", "Observation", "ObservationStore", "Resolved", "Resolver", "load_observations"]
