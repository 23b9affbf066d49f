"""What blocks mean once edition and territory are known: header trees, and the codes that each leaf stands at."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rendiconto.catalogue.blocks import ALL, Block
from rendiconto.catalogue.declarations import PERIOD, TERRITORY, Catalogue, Codelist, Cube, Part
from rendiconto.document.grid import Header
from rendiconto.errors import CatalogueError, Place, UnknownName, nearest_names
from rendiconto.territory import SELECTORS, Gazetteer, Territory

_SPAN = re.compile(r"(-?\d+)\.\.(-?\d+)")


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a row or column fixes: codes by dimension, and the cube if this axis names it."""

    codes: Mapping[str, str]
    cube: str | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """A header with the leaves under it, in order."""

    header: Header
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True)
class Setting:
    """What a block is expanded in: edition and territory, and what the blocks above have fixed."""

    catalogue: Catalogue
    gazetteer: Gazetteer
    territory: Territory
    part_cubes: tuple[Cube, ...]
    labels: tuple[Mapping[str, str], ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    cube: str | None = None
    without: frozenset[str] = frozenset()
    level: int = 0
    under: tuple[str, ...] = ()

    @property
    def year(self) -> int:
        """The edition's year."""
        return self.catalogue.year

    def label(self, names: Sequence[str], default: str) -> str:
        """The innermost renaming of any of ``names``, else the default."""
        for labels in reversed(self.labels):
            for name in names:
                if name in labels:
                    return labels[name]
        return default

    def enter(self, block: Block) -> "Setting":
        """The setting for what stands inside the block."""
        return replace(
            self,
            labels=(*self.labels, block.labels) if block.labels else self.labels,
            without=self.without | block.without,
            codes={**self.codes, **{name: self.fixed(name, code) for name, code in block.fix.items()}},
        )

    def fixed(self, dimension: str, code: str) -> str:
        """A fixed code; a territory or period may be given by selector."""
        if dimension == PERIOD:
            return next(select_periods((code,), self.year, None))
        if dimension == TERRITORY and code in SELECTORS:
            return str(self.gazetteer.resolve((code,), self.territory, self.year)[0][1].code)
        return code


def select_periods(selection: Sequence[str], year: int, place: Place | None) -> Iterator[str]:
    """Years from selectors: "-2" (relative), "-11..-1" (a span), "2003" (absolute)."""
    for item in selection:
        if span := _SPAN.fullmatch(item):
            first, last = int(span[1]), int(span[2])
            if first > last:
                raise CatalogueError(f"the span {item!r} runs backwards", place, f"Write {last}..{first}.")
            yield from (str(_absolute(step, year)) for step in range(first, last + 1))
        elif re.fullmatch(r"-?\d{1,2}|\d{4}", item):
            yield str(_absolute(int(item), year))
        else:
            raise CatalogueError(
                f"{item!r} is not a period",
                place,
                'Write years relative to the edition (-2, 0), a span ("-11..-1") or 2003.',
            )


def _absolute(step: int, year: int) -> int:
    return step if step >= 1000 else year + step


def expand_blocks(blocks: Sequence[Block], setting: Setting) -> list[Branch]:
    """The header trees of a stub or heading, with the leaves under each."""
    return [branch for block in blocks for branch in _expand(block, setting)]


def _expand(block: Block, outer: Setting) -> list[Branch]:
    setting = outer.enter(block)
    if block.axis is not None:
        branches = expand_blocks(_axis_blocks(block, setting), _with_cube(block, setting))
    elif block.dimension is not None:
        branches = _expand_dimension(block, _with_cube(block, setting))
    elif block.cubes:
        branches = _expand_cubes(block, setting)
    elif block.then:
        branches = expand_blocks(block.then, setting)
    else:
        return [_leaf(Header(block.header or "", kind="label", level=setting.level, under=setting.under), setting)]
    if block.header is None or not branches:
        return branches
    header = Header(block.header, tuple(branch.header for branch in branches), kind="label", level=setting.level)
    return [Branch(header, tuple(leaf for branch in branches for leaf in branch.leaves))]


def _axis_blocks(block: Block, setting: Setting) -> tuple[Block, ...]:
    axes = setting.catalogue.axes
    name = block.axis or ""
    if name not in axes:
        raise UnknownName("axis", name, nearest_names(name, axes), block.place)
    return axes[name]


def _with_cube(block: Block, setting: Setting) -> Setting:
    if not block.cubes:
        return setting
    if len(block.cubes) > 1:
        raise CatalogueError(
            "several cubes beside a dimension",
            block.place,
            "Name one, or nest: {cube: [A, B], then: [{dimension: …}]}.",
        )
    return replace(setting, cube=_checked_cube(block.cubes[0], block, setting).name)


def _checked_cube(name: str, block: Block, setting: Setting) -> Cube:
    if setting.cube is not None and setting.cube != name:
        raise CatalogueError(f"the cube {name!r} within cells of {setting.cube!r}", block.place, "Name one cube per cell.")
    return setting.catalogue.cube(name, block.place)


def _expand_cubes(block: Block, setting: Setting) -> list[Branch]:
    branches = []
    for name in block.cubes:
        cube = _checked_cube(name, block, setting)
        header = Header(setting.label((name,), cube.label), kind="cube", code=name, level=setting.level, under=setting.under)
        branches += _nest(header, block, replace(setting, cube=name))
    return branches


def _expand_dimension(block: Block, setting: Setting) -> list[Branch]:
    dimension = block.dimension or ""
    if dimension in setting.codes and not setting.level and dimension not in (TERRITORY, PERIOD):
        raise CatalogueError(f"{dimension} is selected or fixed twice on one axis", block.place, "Keep one of them.")
    branches = []
    for names, header in _codes(dimension, block, setting):
        code = header.code or ""
        if setting.without.intersection((*names, code)):
            continue
        inner = replace(setting, codes={**setting.codes, dimension: code})
        branches += _nest(header, block, inner)
    return branches


def _codes(dimension: str, block: Block, setting: Setting) -> Iterator[tuple[tuple[str, ...], Header]]:
    """The selected codes as headers, each with the names by which ``labels`` and ``without`` may call it."""
    if dimension == TERRITORY:
        yield from _territories(block, setting)
    elif dimension == PERIOD:
        for year in select_periods(block.selection, setting.year, block.place):
            names = (str(int(year) - setting.year), year)
            yield names, _header(setting, setting.label(names, year), PERIOD, year)
    else:
        codelist, cube = _codelist(dimension, block, setting)
        selection = tuple(codelist.codes) if block.selection == (ALL,) else block.selection
        for name in selection:
            if name not in codelist:
                raise UnknownName("code", name, nearest_names(name, codelist.codes), block.place)
            code = codelist.codes[name]
            default = cube.labels.get(name, code.label) if cube else code.label
            header = _header(setting, setting.label((name,), default), dimension, name)
            yield (name,), replace(header, total=bool(code.sum) or name == codelist.total)


def _territories(block: Block, setting: Setting) -> Iterator[tuple[tuple[str, ...], Header]]:
    for selector in block.selection:
        if selector not in SELECTORS:
            raise UnknownName("territory selector", selector, nearest_names(selector, SELECTORS), block.place)
    for selector, territory in setting.gazetteer.resolve(block.selection, setting.territory, setting.year):
        names = (selector, territory.code)
        label = setting.label(names, territory.row_label)
        total = "provinces" in block.selection and selector in ("region", "italy")
        yield names, replace(_header(setting, label, TERRITORY, territory.code), total=total)


def _header(setting: Setting, label: str, dimension: str, code: str) -> Header:
    return Header(label, dimension=dimension, code=code, level=setting.level, under=setting.under)


def _codelist(dimension: str, block: Block, setting: Setting) -> tuple[Codelist, Cube | None]:
    """The codelist of a dimension: that of the cube in force, else the one all the part's cubes agree on."""
    cubes = (setting.catalogue.cubes[setting.cube],) if setting.cube else setting.part_cubes
    found = {cube.name: cube.dimension(dimension) for cube in cubes}
    codelists = {axis.codelist.name: axis.codelist for axis in found.values() if axis and axis.codelist}
    if len(codelists) == 1:
        holders = [cube for cube in cubes if found[cube.name]]
        return next(iter(codelists.values())), holders[0] if len(holders) == 1 else None
    if codelists:
        names = ", ".join(sorted(codelists))
        raise CatalogueError(f"{dimension} has several codelists here: {names}", block.place, "Name the cube in the block.")
    known = {name for cube in cubes for name in cube.dimension_names} | {"cube", "then", "fix", "header", "axis"}
    raise UnknownName("dimension", dimension, nearest_names(dimension, known), block.place)


def _nest(header: Header, block: Block, setting: Setting) -> list[Branch]:
    """The header with what stands under it; a leading one is a row of its own before its nest."""
    if not block.then:
        return [_leaf(header, setting)]
    if block.lead:
        below = replace(setting, level=setting.level + 1, under=(*setting.under, header.label))
        return [_leaf(header, setting), *expand_blocks(block.then, below)]
    inner = replace(setting, under=()) if setting.under else setting
    branches = expand_blocks(block.then, inner)
    if not branches:
        return []
    tree = replace(header, children=tuple(branch.header for branch in branches))
    return [Branch(tree, tuple(leaf for branch in branches for leaf in branch.leaves))]


def _leaf(header: Header, setting: Setting) -> Branch:
    return Branch(header, (Leaf(dict(setting.codes), setting.cube),))


def part_cubes(part: Part, catalogue: Catalogue) -> tuple[Cube, ...]:
    """The cubes that a part can show: its own and those its blocks (and their axes) name."""
    blocks = (*part.stub, *part.heading)
    names = dict.fromkeys(name for name in (part.cube, *(n for b in blocks for n in b.named_cubes())) if name)
    return tuple(catalogue.cube(name, part.place) for name in names)
