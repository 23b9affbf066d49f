"""What is not documented fails; what is documented is true."""

import re
from pathlib import Path

import pytest
import typer

from rendiconto.catalogue.blocks import KEYWORDS
from rendiconto.catalogue.formulas import FORMULAS
from rendiconto.check import RULES
from rendiconto.cli import app
from rendiconto.document import FigureKind
from rendiconto.render import RENDERERS
from rendiconto.territory import SELECTORS

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_is_in_the_readme(name: str) -> None:
    lines = [line for line in read("README.md").splitlines() if re.match(rf"\| `rendiconto {name}[ `]", line)]
    assert len(lines) == 1
    options = [option for parameter in COMMANDS[name].params for option in parameter.opts if option.startswith("--")]
    assert [option for option in options if option not in lines[0] and option != "--help"] == []


@pytest.mark.parametrize("folder", sorted(path.name for path in (ROOT / "src" / "rendiconto").iterdir() if path.is_dir()))
def test_every_folder_of_the_house_is_on_the_map(folder: str) -> None:
    if folder != "__pycache__":
        assert f"`{folder}/`" in read("CONTRIBUTING.md")


@pytest.mark.parametrize("folder", sorted(path.name for path in (ROOT / "tests").iterdir() if path.is_dir()))
def test_every_folder_of_tests_is_on_the_map(folder: str) -> None:
    if folder != "__pycache__":
        assert f"`{folder}/`" in read("CONTRIBUTING.md")


@pytest.mark.parametrize("word", [*KEYWORDS, *FORMULAS, *FigureKind, *SELECTORS, *RULES])
def test_every_word_of_the_language_is_in_the_manual(word: str) -> None:
    assert re.search(rf"`[^`\n]*\b{re.escape(word)}\b", read("docs/catalogue.md")), word


@pytest.mark.parametrize("name", sorted(RENDERERS))
def test_every_format_is_in_the_readme(name: str) -> None:
    assert f"| `{name}` |" in read("README.md")


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


def test_errata_are_as_many_as_the_changelog_says() -> None:
    assert read("src/rendiconto/data/2024/errata.yaml").count("- id:") == 10
    assert "ten errata" in read("CHANGELOG.md")
