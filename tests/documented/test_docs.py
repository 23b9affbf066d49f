"""What is not documented fails; what is documented is true."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from checks_page import PAGE, checks_page
from rules_tables import DOCS, TABLES, page_with_rules

from rendiconto import __version__
from rendiconto.catalogue.blocks import KEYWORDS
from rendiconto.catalogue.formulas import FORMULAS
from rendiconto.catalogue.microtables import MicrodataModel, MicroMeasureModel, PeriodModel
from rendiconto.check import RULES
from rendiconto.check.claims import Operation
from rendiconto.cli import app
from rendiconto.document import FigureKind
from rendiconto.document.claims import Verdict
from rendiconto.observations.intake import INTAKE
from rendiconto.observations.microdata import ENGINES
from rendiconto.read.raw import READERS
from rendiconto.render import RENDERERS
from rendiconto.render.audits import AUDIT_FORMATS
from rendiconto.render.findings import FINDING_FORMATS
from rendiconto.territory import SELECTORS
from rendiconto.texts.filters import FILTERS
from rendiconto.texts.frontmatter import FrontMatterModel, Where

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands() -> dict[str, Any]:
    """Every command by its name; those of a group after the group's."""
    found: dict[str, Any] = {}
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        within = getattr(command, "commands", None)
        found |= {name: command} if within is None else {f"{name} {each}": own for each, own in within.items()}
    return found


COMMANDS = commands()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_is_in_the_readme(name: str) -> None:
    lines = [line for line in read("README.md").splitlines() if re.match(rf"\| `rendiconto {name}[ `]", line)]
    assert len(lines) == 1
    options = [option for parameter in COMMANDS[name].params for option in parameter.opts if option.startswith("--")]
    assert [option for option in options if option not in lines[0] and option != "--help"] == []


def folders(name: str) -> set[str]:
    """The folders that hold something: caches come and go while tests run."""
    return {path.name for path in (ROOT / name).iterdir() if path.is_dir() and path.name[0] not in "_."}


def mapped(title: str) -> set[str]:
    """What the first column of the map with this title names: a folder's name with its slash, a module's with its ending."""
    table = read("CONTRIBUTING.md").split(f"| {title} |")[1].split("\n\n")[0]
    return set(re.findall(r"`([^`]+)`", "".join(line.split("|")[1] for line in table.splitlines()[2:])))


def test_the_map_of_the_house_names_its_folders_and_modules() -> None:
    modules = {path.name for path in (ROOT / "src" / "rendiconto").glob("[!_]*.py")}
    assert mapped("folder of `src/rendiconto`") == {f"{folder}/" for folder in folders("src/rendiconto")} | modules


def test_the_map_of_tests_names_their_folders() -> None:
    assert mapped("folder of `tests`") == {f"{folder}/" for folder in folders("tests")}


def test_the_layers_are_those_that_lint_holds() -> None:
    contracts = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    (layers,) = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    # Layers in parentheses are planned: they have their place, and nothing in it yet.
    built = [name for layer in layers for name in layer.split(" | ") if not name.startswith("(")]
    assert f"`{' · '.join(built)}`" in read("CONTRIBUTING.md").splitlines()


@pytest.mark.parametrize("word", [*KEYWORDS, *FORMULAS, *FigureKind, *SELECTORS, *RULES])
def test_every_word_of_the_language_is_in_the_manual(word: str) -> None:
    assert re.search(rf"`[^`\n]*\b{re.escape(word)}\b", read("docs/catalogue.md")), word


@pytest.mark.parametrize("name", sorted(RENDERERS))
def test_every_format_is_in_the_readme(name: str) -> None:
    assert f"| `{name}` |" in read("README.md")


def test_the_page_of_checks_is_that_of_the_rules() -> None:
    assert checks_page() == PAGE.read_text(encoding="utf-8"), "run `make manual`"


@pytest.mark.parametrize("page", sorted(TABLES))
def test_the_tables_of_rules_are_those_of_the_registries(page: str) -> None:
    assert page_with_rules(page) == (DOCS / page).read_text(encoding="utf-8"), "run `make manual`"


def test_every_format_of_reading_and_operation_of_claims_is_in_the_manual() -> None:
    assert [name for name in READERS if f"| `{name}` |" not in read("docs/reading.md")] == []
    assert [name for name in (*Operation, *AUDIT_FORMATS, *Verdict) if f"`{name}`" not in read("docs/audit.md")] == []


def test_every_format_of_delivery_and_of_findings_is_in_the_manual() -> None:
    deliveries = read("docs/deliveries.md")
    assert [name for name in (*INTAKE, *FINDING_FORMATS) if f"`{name}`" not in deliveries] == []


def test_every_engine_and_measure_of_microdata_is_in_the_manual() -> None:
    microdata = read("docs/microdata.md")
    words = (*MicroMeasureModel.model_fields, *MicrodataModel.model_fields, *PeriodModel.model_fields)
    assert [name for name in ENGINES if f"| `{name}` |" not in microdata] == []
    assert [word for word in words if not re.search(rf"\b{word}\b", microdata)] == []


def test_every_filter_place_and_key_of_texts_is_in_the_manual() -> None:
    texts = read("docs/texts.md")
    for name, known in FILTERS.items():
        assert f"| `{name}{known.arguments}` | {known.says} | `{known.example}` |" in texts.replace("\\|", "|"), name
    assert [name for name in (*FrontMatterModel.model_fields, *Where) if f"`{name}" not in texts] == []


def test_every_decision_is_in_the_index() -> None:
    decisions = sorted(path.name for path in (ROOT / "docs" / "decisions").glob("0*.md"))
    assert re.findall(r"\((0\d+-[^)]*)\)", read("docs/decisions/README.md")) == decisions


@pytest.mark.parametrize("target", re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE))
def test_every_make_target_is_in_contributing(target: str) -> None:
    if target != "help":
        assert f"make {target}" in read("CONTRIBUTING.md")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_to_files_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target


def test_the_readmes_python_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", read("README.md"), re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})


def test_the_changelog_and_the_public_catalogue_tell_this_version() -> None:
    public = yaml.safe_load(read("publiccode.yml"))
    (latest, released), *_ = re.findall(r"^## \[(\d[^]]*)\] . (\S+)$", read("CHANGELOG.md"), re.MULTILINE)
    assert latest == public["softwareVersion"] == __version__
    assert released == public["releaseDate"]


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_public_catalogue_takes_our_descriptions(language: str) -> None:
    description = yaml.safe_load(read("publiccode.yml"))["description"][language]
    assert 0 < len(description["genericName"]) <= 35
    assert 0 < len(description["shortDescription"]) <= 150
    assert 150 <= len(description["longDescription"]) <= 10_000
    assert description["features"]
    assert [path for path in description["screenshots"] if not (ROOT / path).is_file()] == []


def test_errata_are_as_many_as_the_changelog_says() -> None:
    assert read("src/rendiconto/data/2024/errata.yaml").count("- id:") == 10
    assert "ten errata" in read("CHANGELOG.md")
