"""How an area is framed: its section of the map, the names that fit, the regions too small."""

import math
from dataclasses import dataclass

from pyproj import Transformer

from dashboard.bundle import DataBundle
from dashboard.memo import kept_in_memory
from geodata.codes import NATION, Level
from geodata.framing import bounds as full_bounds
from geodata.framing import focus_bounds, screen_box
from geodata.geojson import neighbours_collection
from geodata.regions import Region

Box = tuple[float, float, float, float]

# The national map reaches from Hainan's southern tip to the Heilong; the rest is in the inset.
NATION_BOX: Box = (73.0, 17.6, 136.0, 54.2)
SOUTH_SEA_BOX: Box = (105.5, 2.5, 123.0, 24.5)

# A frame stretched by far islands beyond this factor shows them in an inset instead.
_STRETCH = 1.6
_PADDING = 0.04

# The drawing surface labels are fitted to; a larger one only leaves them more room.
_WIDTH, _HEIGHT = 740, 400
# Width of a Chinese character, mean width of a Latin letter, height of a line.
_EM, _EN = 13, 7
_LINE = 17
_TINY = 11
# Among more regions than this the few names that fit would be those of deserts.
_MOST_NAMED = 400


@dataclass(frozen=True, slots=True)
class MapFrame:
    """Everything about a map that does not depend on an indicator or a period.

    ``fill`` is the share of the frame's width that the area itself takes up.
    """

    box: Box
    fill: float
    inset: Box | None
    regions: tuple[Region, ...]
    named: frozenset[str]
    roomy: frozenset[str]
    tiny: frozenset[str]
    geometry_url: str
    neighbours_url: str
    neighbours: tuple[str, ...]
    dashes: tuple[tuple[float | None, float | None], ...]


@kept_in_memory(256)
def map_frame(bundle: DataBundle, area: str, level: Level, lang: str) -> MapFrame:
    """Frame an area at a level, with names of a language."""
    regions = bundle.regions.children(area, level)
    core, box, inset = _boxes(bundle, area)
    extents = _extents(bundle, level)
    sheet = _sheet(box, nation=area == NATION)
    sizes = {region.adcode: sheet.size(extents[region.adcode]) for region in regions}
    named, roomy = _place_names(regions, sizes, sheet, lang)
    base = f"/geo/{bundle.geometry_version}"
    return MapFrame(
        box=box,
        fill=min(1.0, 1.12 * (core[2] - core[0]) / (box[2] - box[0])),
        inset=inset,
        regions=regions,
        named=named,
        roomy=roomy,
        tiny=frozenset(code for code, size in sizes.items() if max(size) < _TINY),
        geometry_url=f"{base}/{area}-{level}.json",
        neighbours_url="" if area == NATION else f"{base}/{area}-neighbours.json",
        neighbours=_neighbours(bundle, area),
        dashes=_dashes(bundle) if inset or area == NATION else (),
    )


def _neighbours(bundle: DataBundle, area: str) -> tuple[str, ...]:
    if area == NATION:
        return ()
    around = neighbours_collection(bundle.boundaries, bundle.regions, area)
    return tuple(feature["id"] for feature in around["features"])


def _boxes(bundle: DataBundle, area: str) -> tuple[Box, Box, Box | None]:
    """Return what the map is about, the frame around it, and the inset for what lies outside."""
    if area == NATION:
        return NATION_BOX, NATION_BOX, SOUTH_SEA_BOX
    full = full_bounds(bundle.boundaries, bundle.regions, area)
    focus = focus_bounds(bundle.boundaries, bundle.regions, area)
    if _surface(full) <= _STRETCH * _surface(focus):
        return full, screen_box(full, _PADDING), None
    return focus, screen_box(focus, _PADDING), SOUTH_SEA_BOX


def _surface(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The drawing surface: where a point of the map falls on it, in pixels."""

    to_plane: Transformer
    left: float
    bottom: float
    scale: float

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        x, y = self.to_plane.transform(longitude, latitude)
        return (x - self.left) * self.scale, (y - self.bottom) * self.scale

    def size(self, extent: Box) -> tuple[float, float]:
        left, bottom = self.place(extent[0], extent[1])
        right, top = self.place(extent[2], extent[3])
        return abs(right - left), abs(top - bottom)


def _sheet(box: Box, *, nation: bool) -> _Sheet:
    """Lay a frame on the surface in the projection the figure draws it in."""
    projection = "+proj=aea +lat_1=25 +lat_2=47 +lon_0=105" if nation else "+proj=merc"
    to_plane = Transformer.from_crs("EPSG:4326", projection, always_xy=True)
    left, bottom, right, top = to_plane.transform_bounds(*box)
    scale = min(_WIDTH / (right - left), _HEIGHT / (top - bottom))
    return _Sheet(to_plane, left, bottom, scale)


@kept_in_memory(8)
def _extents(bundle: DataBundle, level: Level) -> dict[str, Box]:
    """Return the extent of each region's largest part, which is where its name belongs."""
    frame = bundle.boundaries
    chosen = frame[frame["level"] == level.value]
    parts = chosen[["adcode", "geometry"]].explode(index_parts=False)
    parts = parts.assign(size=parts.geometry.to_crs("EPSG:6933").area).sort_values("size")
    largest = parts.drop_duplicates("adcode", keep="last")
    return {
        code: (float(box[0]), float(box[1]), float(box[2]), float(box[3]))
        for code, box in zip(largest["adcode"], largest.geometry.bounds.to_numpy(), strict=True)
    }


def _place_names(
    regions: tuple[Region, ...], sizes: dict[str, tuple[float, float]], sheet: _Sheet, lang: str
) -> tuple[frozenset[str], frozenset[str]]:
    """Choose the names that fit, larger regions first; roomy ones have space for a second line."""
    if len(regions) > _MOST_NAMED:
        return frozenset(), frozenset()
    named: set[str] = set()
    roomy: set[str] = set()
    taken: list[Box] = []
    for region in sorted(regions, key=lambda item: -math.prod(sizes[item.adcode])):
        width, height = sizes[region.adcode]
        needed = _EM * len(region.short_zh) if lang == "zh" else _EN * len(region.name_en)
        x, y = sheet.place(region.longitude, region.latitude)
        if width < needed * 0.8 or height < _LINE * 0.8:
            continue
        one, two = (
            (x - needed / 2, y - lines * _LINE / 2, x + needed / 2, y + lines * _LINE / 2)
            for lines in (1, 2)
        )
        if width >= needed and height >= 2.2 * _LINE and not _collides(two, taken):
            roomy.add(region.adcode)
            named.add(region.adcode)
            taken.append(two)
        elif not _collides(one, taken):
            named.add(region.adcode)
            taken.append(one)
    return frozenset(named), frozenset(roomy)


def _collides(label: Box, taken: list[Box]) -> bool:
    return any(
        label[0] < other[2] and other[0] < label[2] and label[1] < other[3] and other[1] < label[3]
        for other in taken
    )


def _dashes(bundle: DataBundle) -> tuple[tuple[float | None, float | None], ...]:
    """Return the dashed line of the South China Sea, its strokes separated by (None, None)."""
    points: list[tuple[float | None, float | None]] = []
    for line in bundle.lines.geometry.explode(index_parts=False):
        points += [(round(x, 3), round(y, 3)) for x, y in line.coords]
        points.append((None, None))
    return tuple(points)
