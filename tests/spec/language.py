"""Plans as text, for the catalogue language's cases; and the manual page made of them."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from cases import CASES, Case

from rendiconto.catalogue import Catalogue, load_catalogue
from rendiconto.catalogue.blocks import parse_blocks
from rendiconto.catalogue.declarations import Part
from rendiconto.catalogue.gridplan import GridPlan, plan_table
from rendiconto.catalogue.yamltext import parse_yaml
from rendiconto.document.grid import leaves
from rendiconto.territory import Gazetteer

TOY = Path(__file__).parent.parent / "toy" / "catalogue"


@cache
def toy_catalogue() -> Catalogue:
    """The toy edition: two chapters that use every feature of the language."""
    return load_catalogue(2024, (TOY,))


def plan_case(text: str, territory: str) -> GridPlan:
    """The plan of a part written in YAML against the toy catalogue."""
    catalogue = toy_catalogue()
    source = parse_yaml(text, Path("case.yaml"))
    content = source.content
    table = catalogue.table("1")
    part = Part(
        index=0,
        title="",
        cube=content.get("cube"),
        fix=content.get("fix", {}),
        stub=parse_blocks(source, content["stub"], ("stub",)),
        heading=parse_blocks(source, content["heading"], ("heading",)),
        stub_titles=(),
        labels=content.get("labels", {}),
        notes=(),
        legend=(),
        charts=(),
        place=source.place(),
    )
    place = Gazetteer.load().find(territory, catalogue.year)
    return plan_table(catalogue, replace(table, parts=(part,)), place)[0]


def plan_columns(plan: GridPlan) -> str:
    """The columns, separated by bars."""
    return " | ".join(leaf.label for leaf in leaves(plan.heading))


def plan_rows(plan: GridPlan) -> str:
    """One line per row: ">" for each level of indent, label, and what stands in each cell."""
    lines = []
    for leaf, cells in zip(leaves(plan.stub), plan.cells, strict=True):
        shown = [f"{cell.cube.name}({' '.join(cell.codes)})" for cell in cells]
        lines.append(" | ".join(["> " * leaf.level + leaf.label, *shown]))
    return "\n".join(lines)


def expected_rows(case: Case) -> str:
    """The rows that a case expects, without the source's indentation."""
    return "\n".join(line.strip() for line in case.plan.strip().splitlines())


def manual_page() -> str:
    """The page of the manual: each case's text, YAML, and plan."""
    lines = [
        "# The catalogue language by example",
        "",
        "Made from `tests/spec/cases.py` by `make manual`; every example is a test. Cells are shown as `cube(codes)`, in",
        "the order of the cube's dimensions. Codelists and cubes are those of the toy edition in `tests/toy`.",
    ]
    for case in CASES:
        lines += ["", f"## {case.title}", "", case.text, "", "```yaml", case.part.strip(), "```", ""]
        lines += [
            f"For `{case.territory}`, edition 2024:",
            "",
            "```",
            f"columns: {case.columns}",
            expected_rows(case),
            "```",
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    page = Path(__file__).parent.parent.parent / "docs" / "language.md"
    page.write_text(manual_page(), encoding="utf-8")
