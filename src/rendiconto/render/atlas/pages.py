"""Renders every page of the site of all territories from Jinja templates, with its data, scripts and styles."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from rendiconto.document.atlas import Atlas, AtlasPlace, Indicator
from rendiconto.document.report import KeyFigure
from rendiconto.italian.sorting import italian_sort_key
from rendiconto.render import Files
from rendiconto.render.atlas import addresses
from rendiconto.render.atlas.mapping import MapView, draw_any, draw_map, locator, view_map, with_unit
from rendiconto.render.atlas.scripts import EXTREMES, data_scripts
from rendiconto.render.atlas.standing import Standing, ranking
from rendiconto.render.data.cubepackage import Package, add_codelists, add_cubes, describe, json_bytes
from rendiconto.render.site.pages import common_assets, italian_date, site_environment

_HERE = Path(__file__).parent
_SCRIPTS = ("atlante.js", "mappa.js", "confronto.js")
MOST_COMPARED = 5
"""Territories beside each other."""


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """What stands of a territory's report beside its profile: whole files with what each is, its own site, its data."""

    whole: Mapping[str, str]
    site: bool
    data: bool


def render_atlas(atlas: Atlas, reports: Mapping[str, ReportFiles]) -> Files:
    """All files of the site by path; ``reports``, by territory code, are put beside it under ``territori/``."""
    views = {indicator.id: view_map(atlas, indicator) for indicator in atlas.indicators}
    site = _Site(atlas, reports, views)
    files = {path: html.encode() for path, html in site.pages()}
    files.update(_data(atlas))
    files.update(data_scripts(atlas, views))
    files.update(common_assets((_HERE / "assets" / "atlante.css").read_text(encoding="utf-8")))
    files.update({f"risorse/{name}": (_HERE / "assets" / name).read_bytes() for name in _SCRIPTS})
    return files


def _data(atlas: Atlas) -> Files:
    """Every cube of every territory, as a data package."""
    package = Package()
    add_cubes(package, atlas.cubes)
    add_codelists(package, atlas.cubes)
    about = f"I dati di {atlas.title} per tutti i territori, come osservazioni: un file per cubo."
    descriptor = describe(atlas, "tutti-i-territori", "Italia", about, package.resources)
    package.files["datapackage.json"] = json_bytes(descriptor)
    return {addresses.data_file(path): content for path, content in package.files.items()}


@dataclass(frozen=True)
class _Site:
    atlas: Atlas
    reports: Mapping[str, ReportFiles]
    views: Mapping[str, MapView]

    def pages(self) -> Iterator[tuple[str, str]]:
        atlas = self.atlas
        yield self.page(addresses.HOME, "atlas/home.html", title=atlas.title, **self.front())
        yield self.page(addresses.TERRITORIES, "atlas/places.html", title="Territori", by_region=self.by_region)
        yield self.page(addresses.INDICATORS, "atlas/indicators.html", title="Indicatori")
        yield self.page(addresses.COMPARISON, "atlas/comparison.html", title="Confronto", most=MOST_COMPARED)
        yield self.page(addresses.METHOD, "atlas/method.html", title="Metodo e fonti")
        yield self.page(addresses.SEARCH, "atlas/search.html", title="Cerca", places=self.alphabetical)
        yield self.page(
            addresses.DOWNLOADS, "atlas/downloads.html", title="Scarica", reports=self.reports, places=self.alphabetical
        )
        for place in atlas.places:
            yield self.profile(place)
        for indicator in atlas.indicators:
            yield self.indicator(indicator)

    def downloads(self) -> dict[str, Any]:
        return {"reports": self.reports, "places": self.alphabetical}

    def front(self) -> dict[str, Any]:
        by_id = {indicator.id: indicator for indicator in self.atlas.indicators}
        candidates = [by_id[name] for name in self.atlas.featured if name in by_id] or list(by_id.values())
        shown = next((i for i in candidates if i.intensive), next(iter(candidates), None))
        view = None if shown is None else self.views[shown.id]
        drawn = "" if view is None or shown is None else draw_any(self.atlas, view, f"Italia: {shown.name}, {shown.period}")
        return {
            "shown": shown,
            "extremes": EXTREMES,
            "view": view,
            "drawn": drawn,
            "by_region": self.by_region,
            "profile": self.atlas.profiles.get(self.atlas.country.code),
            "figure_link": lambda key: self.key_figure_link(addresses.HOME, self.atlas.country, key),
        }

    def profile(self, place: AtlasPlace) -> tuple[str, str]:
        path = addresses.place_page(place)
        names = {other.code: other for other in self.atlas.places}
        region = names.get(place.region or "")
        above = [other for other in (region, self.atlas.country) if other is not None and other.code != place.code]
        crumbs = [(addresses.HOME, "Inizio"), (addresses.TERRITORIES, "Territori")]
        if region is not None and region.code != place.code:
            crumbs.append((addresses.place_page(region), region.name))
        rows = {chapter.number: self.profile_rows(place, above, chapter.indicators) for chapter in self.atlas.chapters}
        profile = self.atlas.profiles.get(place.code)
        return self.page(
            path,
            "atlas/profile.html",
            title=place.title,
            crumbs=crumbs,
            place=place,
            above=above,
            parts=self.by_region.get(place.code, ()) if place.is_region else (),
            profile=profile,
            sentences={} if profile is None else profile.sentences,
            rows=rows,
            report=self.reports.get(place.code),
            drawn=locator(self.atlas, place, f"{place.title} in Italia"),
            figure_link=lambda key: self.key_figure_link(path, place, key),
        )

    def profile_rows(
        self, place: AtlasPlace, above: Sequence[AtlasPlace], indicators: Sequence[Indicator]
    ) -> list[tuple[Indicator, list[str], str]]:
        """The headline indicators of a chapter that have a number here: the figure, those above, the position."""
        return [
            (
                indicator,
                [indicator.text(indicator.reading(other.code)) for other in (place, *above)],
                self.position_text(indicator, place),
            )
            for indicator in indicators
            if indicator.headline and indicator.number(place.code) is not None
        ]

    def position_text(self, indicator: Indicator, place: AtlasPlace) -> str:
        """``12ª su 107``, among provinces or regions; empty for Italy, and where nobody else has a number."""
        standings = self.positions.get(indicator.id, {})
        standing, count = standings.get(place.code, (None, 0))
        if standing is None or standing.position is None or count < 2:
            return ""
        return f"{standing.position}ª su {count}{' a pari merito' if standing.tied else ''}"

    @cached_property
    def positions(self) -> dict[str, dict[str, tuple[Standing, int]]]:
        """Of each headline indicator, each territory's standing among its level, and how many have a number there."""
        found: dict[str, dict[str, tuple[Standing, int]]] = {}
        for indicator in self.atlas.indicators:
            if not indicator.headline:
                continue
            own = found.setdefault(indicator.id, {})
            for places in (self.atlas.regions, self.atlas.provinces):
                standings = ranking(indicator, places)
                count = sum(standing.position is not None for standing in standings)
                own.update({standing.place.code: (standing, count) for standing in standings})
        return found

    def indicator(self, indicator: Indicator) -> tuple[str, str]:
        chapter = next(chapter for chapter in self.atlas.chapters if chapter.number == indicator.chapter)
        view = self.views[indicator.id]
        return self.page(
            addresses.indicator_page(indicator),
            "atlas/indicator.html",
            title=indicator.name,
            crumbs=((addresses.HOME, "Inizio"), (addresses.INDICATORS, "Indicatori")),
            indicator=indicator,
            chapter=chapter,
            view=view,
            drawn=draw_map(self.atlas, view, f"Italia, {view.level}: {indicator.name}, {indicator.period}"),
            provinces=ranking(indicator, self.atlas.provinces),
            regions=ranking(indicator, self.atlas.regions),
            names={place.code: place for place in self.atlas.places},
            siblings=[other for other in chapter.indicators if other.cube == indicator.cube and other is not indicator],
        )

    @cached_property
    def by_region(self) -> dict[str, tuple[AtlasPlace, ...]]:
        """The provinces of each region by name; a region that is its own province has none."""
        return {
            region.code: tuple(
                sorted(
                    (p for p in self.atlas.provinces if p.region == region.code and p is not region),
                    key=lambda place: italian_sort_key(place.name),
                )
            )
            for region in self.atlas.regions
        }

    @cached_property
    def alphabetical(self) -> tuple[AtlasPlace, ...]:
        return tuple(sorted(self.atlas.places, key=lambda place: italian_sort_key(place.name)))

    def key_figure_link(self, page: str, place: AtlasPlace, key: KeyFigure) -> str:
        """From a page to the cell of a key figure, in the report's own site where there is one, else to its profile."""
        report = self.reports.get(place.code)
        if report is None or not report.site:
            return addresses.link(page, addresses.place_page(place))
        return addresses.link(page, addresses.report_page(place, f"tavole/{key.table.lower()}/index.html")) + f"#{key.ref}"

    def page(self, path: str, template: str, **values: Any) -> tuple[str, str]:
        html = (
            site_environment(_HERE / "templates")
            .get_template(template)
            .render(
                document=self.atlas,
                path=path,
                to=lambda target: addresses.link(path, target),
                addresses=addresses,
                date=italian_date,
                with_unit=with_unit,
                **values,
            )
        )
        return path, html
