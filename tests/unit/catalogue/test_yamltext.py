from pathlib import Path

import pytest

from rendiconto.catalogue.yamltext import parse_yaml, read_yaml
from rendiconto.errors import CatalogueError

FILE = Path("file.yaml")


def test_every_scalar_stays_the_text_that_was_typed() -> None:
    source = parse_yaml("a: 045\nb: NO\nc: 2.10\nd: [1, yes]\ne: 2024-01-01\n", FILE)
    assert source.content == {"a": "045", "b": "NO", "c": "2.10", "d": ["1", "yes"], "e": "2024-01-01"}


def test_values_know_their_lines() -> None:
    source = parse_yaml("a: 1\nb:\n  - x\n  - {c: 2}\n", FILE)
    assert source.place("b", 1, "c").line == 4
    assert source.place("b", 1, "absent").line == 4
    assert str(source.place("b", 1, "c")) == "file.yaml:4 (b.1.c)"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\na: 2\n", 2, "given twice"),
        ("a: &x 1\nb: *x\n", 1, "anchors"),
        ("a: [1\n", 2, "not valid YAML"),
        ("? [a, b]\n: 1\n", 1, "plain word"),
    ],
)
def test_what_is_not_allowed_is_refused_at_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(CatalogueError, match=message) as caught:
        parse_yaml(text, FILE)
    assert f":{line}" in str(caught.value.where)


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="cannot be read"):
        read_yaml(tmp_path / "absent.yaml")
    (tmp_path / "latin.yaml").write_bytes("a: età".encode("latin-1"))
    with pytest.raises(CatalogueError, match="not UTF-8"):
        read_yaml(tmp_path / "latin.yaml")
