"""Reads the catalogue's files into a ``Catalogue``: validated, with names resolved and every error at its line.

Files come from one or more roots (the package, then a workspace); a file of a later root takes the place of the one at the
same relative path, and new files add to what is there. Files of named entries (sources, units, relations, rates) add entry by
entry.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from rendiconto.catalogue.blocks import Block, parse_blocks
from rendiconto.catalogue.declarations import (
    PERIOD,
    TERRITORY,
    Catalogue,
    ChapterDeclaration,
    Code,
    Codelist,
    Cube,
    Dimension,
    Part,
    TableDeclaration,
)
from rendiconto.catalogue.formulas import FORMULAS, Formula
from rendiconto.catalogue.microtables import MicroTable, MicroTableModel
from rendiconto.catalogue.models import (
    AxisModel,
    ChapterModel,
    CodelistModel,
    CubeModel,
    EditionModel,
    LegendModel,
    PartModel,
    ProseModel,
    RatesModel,
    RelationModel,
    SourceModel,
    TableModel,
    UnitModel,
)
from rendiconto.catalogue.references import check_references
from rendiconto.catalogue.topics import resolve_topics
from rendiconto.catalogue.yamlmodels import read_model
from rendiconto.catalogue.yamltext import YamlFile, read_yaml
from rendiconto.errors import CatalogueError, UnknownName, nearest_names

PACKAGED = Path(__file__).parent
_Model = TypeVar("_Model", bound=BaseModel)


def load_catalogue(year: int, roots: tuple[Path, ...] = (PACKAGED,)) -> Catalogue:
    """The catalogue of an edition. An unknown year names those that exist. The packaged one is read once."""
    return _packaged(year) if roots == (PACKAGED,) else _load(year, roots)


@lru_cache(maxsize=4)
def _packaged(year: int) -> Catalogue:
    return _load(year, (PACKAGED,))


def _load(year: int, roots: tuple[Path, ...]) -> Catalogue:
    files = _Files(roots)
    editions = [path.split("/")[1] for path in files.under("editions/") if path.endswith("/edition.yaml")]
    if str(year) not in editions:
        raise UnknownName("edition", str(year), editions)
    codelists = {name: _codelist(name, source) for name, source in files.named("codelists")}
    axes = {name: _axis(source) for name, source in files.named("axes")}
    cubes = {name: _cube(name, source, codelists) for name, source in files.named("cubes")}
    catalogue = Catalogue(
        edition=read_model(EditionModel, files.read(f"editions/{year}/edition.yaml")),
        codelists=codelists,
        cubes=cubes,
        microtables={name: _microtable(name, source) for name, source in files.named("microdata")},
        axes=axes,
        sources=_entries(SourceModel, files, "sources.yaml"),
        units=_entries(UnitModel, files, "units.yaml"),
        glossary=tuple(_list(LegendModel, files.read("glossary.yaml"))),
        relations=_entries(RelationModel, files, "relations.yaml"),
        rates=_entries(RatesModel, files, "rates.yaml"),
        prose=read_model(ProseModel, files.read("prose.yaml")),
        chapters=tuple(_chapters(files, f"editions/{year}/", cubes)),
        sha256=files.digest(),
    )
    check_references(catalogue)
    return catalogue


class _Files:
    """The catalogue's files by relative path, over all roots."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self.paths: dict[str, Path] = {}
        self.layers: dict[str, list[Path]] = {}
        for root in roots:
            for file in sorted(root.rglob("*.yaml")):
                path = file.relative_to(root).as_posix()
                self.paths[path] = file
                self.layers.setdefault(path, []).append(file)

    def under(self, prefix: str) -> list[str]:
        return sorted(path for path in self.paths if path.startswith(prefix))

    def read(self, path: str) -> YamlFile:
        if path not in self.paths:
            raise CatalogueError("the file is missing", path)
        return read_yaml(self.paths[path])

    def named(self, folder: str) -> Iterator[tuple[str, YamlFile]]:
        for path in self.under(f"{folder}/"):
            yield Path(path).stem, self.read(path)

    def digest(self) -> str:
        digest = sha256()
        for path in sorted(self.layers):
            for file in self.layers[path]:
                digest.update(path.encode() + b"\0" + file.read_bytes() + b"\0")
        return digest.hexdigest()


def _entries(model: type[_Model], files: _Files, path: str) -> dict[str, _Model]:
    """The entries of a file of entries, over all roots: a later root's add to an earlier's, or take their place by name."""
    entries = {}
    for file in files.layers.get(path, ()):
        source = read_yaml(file)
        for name, value in (source.content or {}).items():
            entries[name] = read_model(model, source, value, (name,))
    return entries


def _list(model: type[_Model], source: YamlFile) -> list[_Model]:
    return [read_model(model, source, value, (index,)) for index, value in enumerate(source.content)]


def _codelist(name: str, source: YamlFile) -> Codelist:
    model = read_model(CodelistModel, source)
    codes = {}
    for code, entry in model.codes.items():
        for part in (*entry.sum, *((entry.within,) if entry.within else ())):
            if part not in model.codes:
                raise UnknownName("code", part, nearest_names(part, model.codes), source.place("codes", code, "sum"))
        values = entry.model_dump(exclude={"gender", "article"})
        codes[code] = Code(code=code, **values)
    if model.total is not None and model.total not in codes:
        raise UnknownName("code", model.total, nearest_names(model.total, codes), source.place("total"))
    return Codelist(name, model.title, model.total, codes, source.place(), model.aliases)


def _cube(name: str, source: YamlFile, codelists: dict[str, Codelist]) -> Cube:
    model = read_model(CubeModel, source)
    dimensions = tuple(_dimension(source, index, entry, codelists) for index, entry in enumerate(model.dimensions))
    names = [dimension.name for dimension in dimensions]
    if names[:2] != [TERRITORY, PERIOD]:
        raise CatalogueError("a cube's first dimensions are territory and period", source.place("dimensions"))
    for key, words in (("sums", model.measure.sums),):
        for word in words:
            if word not in names:
                raise UnknownName("dimension", word, nearest_names(word, names), source.place("measure", key))
    return Cube(
        name=name,
        title=model.title,
        label=model.label or model.title,
        perimeter=model.perimeter,
        dimensions=dimensions,
        unit=model.measure.unit,
        decimals=model.measure.decimals,
        sums=model.measure.sums,
        weight=model.measure.weight,
        rounded=model.measure.rounded,
        bounded=model.measure.bounded,
        sources=model.sources,
        offset=model.offset,
        reference=model.reference,
        estimate=model.estimate,
        steady=model.steady,
        sensitivity=model.sensitivity,
        terms=model.terms,
        terms_at=model.terms_at,
        void=model.void,
        labels=model.labels,
        delivered=model.delivered,
        formula=_formula(source, model),
        microdata=model.microdata,
        place=source.place(),
    )


def _dimension(source: YamlFile, index: int, entry: str | dict[str, str], codelists: dict[str, Codelist]) -> Dimension:
    if entry == TERRITORY:
        return Dimension(TERRITORY, "Territorio", None)
    if entry == PERIOD:
        return Dimension(PERIOD, "Anno", None)
    name, codelist = (entry, entry) if isinstance(entry, str) else next(iter(entry.items()))
    if codelist not in codelists:
        raise UnknownName("codelist", codelist, nearest_names(codelist, codelists), source.place("dimensions", index))
    return Dimension(name, codelists[codelist].title, codelists[codelist])


def _formula(source: YamlFile, model: CubeModel) -> Formula | None:
    if model.formula is None:
        return None
    name = next(name for name in FORMULAS if getattr(model.formula, name) is not None)
    return read_model(FORMULAS[name], source, getattr(model.formula, name), ("formula", name))


def _microtable(name: str, source: YamlFile) -> MicroTable:
    model = read_model(MicroTableModel, source)
    return MicroTable(name, model.title, model.row, model.key, model.columns, source.place())


def _axis(source: YamlFile) -> tuple[Block, ...]:
    model = read_model(AxisModel, source)
    return parse_blocks(source, list(model.blocks), ("blocks",))


def _chapters(files: _Files, prefix: str, cubes: Mapping[str, Cube]) -> Iterator[ChapterDeclaration]:
    folders = sorted({path.rsplit("/", 1)[0] for path in files.under(prefix) if path.count("/") > prefix.count("/")})
    for folder in folders:
        source = files.read(f"{folder}/capitolo.yaml")
        chapter = read_model(ChapterModel, source)
        topics = resolve_topics(chapter.commentary, cubes, source.place("commentary"))
        paths = [path for path in files.under(f"{folder}/") if not path.endswith("/capitolo.yaml")]
        tables = sorted((_table(files.read(path)) for path in paths), key=_section_order)
        yield ChapterDeclaration(chapter.number, chapter.slug, chapter.title, tuple(tables), chapter.sections, topics)


def _section_order(table: TableDeclaration) -> tuple[int, ...]:
    return tuple(int(step) for step in table.section.split("."))


def _table(source: YamlFile) -> TableDeclaration:
    model = read_model(TableModel, source)
    number = model.table or f"G{model.chart}"
    if not all(step.isdecimal() for step in model.section.split(".")):
        raise CatalogueError(f"{model.section!r} is not a section number", source.place("section"), 'Write "5.1.4".')
    parts = tuple(_part(source, index, part) for index, part in enumerate(model.parts))
    return TableDeclaration(number, model.section, model.title, parts, model.legend, source.place())


def _part(source: YamlFile, index: int, model: PartModel) -> Part:
    path = ("parts", index)
    return Part(
        index=index,
        title=model.title,
        cube=model.cube,
        fix=model.fix,
        stub=parse_blocks(source, list(model.stub), (*path, "stub")),
        heading=parse_blocks(source, list(model.heading), (*path, "heading")),
        stub_titles=model.stub_titles,
        labels=model.labels,
        notes=model.notes,
        legend=model.legend,
        charts=model.chart,
        place=source.place(*path),
    )
