"""What the report says: codelists, cubes, tables, and the plans that follow from them."""

from rendiconto.catalogue.declarations import Catalogue, Cube, TableDeclaration
from rendiconto.catalogue.gridplan import GridPlan, plan_table
from rendiconto.catalogue.loading import PACKAGED, load_catalogue

__all__ = ["PACKAGED", "Catalogue", "Cube", "GridPlan", "TableDeclaration", "load_catalogue", "plan_table"]
