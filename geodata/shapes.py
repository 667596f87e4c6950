"""Operations on whole coverages of polygons that keep shared borders shared."""

from collections.abc import Iterable

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.errors import BuildError

Geometries = NDArray[np.object_]

_SNAP_ROUNDS = 10


def rounded(geometries: Geometries, digits: int) -> Geometries:
    """Round coordinates; a part that rounding would break or flatten keeps its full precision."""
    parts, owner = shapely.get_parts(geometries, return_index=True)
    coarse = shapely.transform(parts, lambda xy: np.round(xy, digits))
    chosen = np.where(_broken(coarse), parts, coarse)
    return regroup(shapely.remove_repeated_points(chosen), owner, len(geometries))


def regroup(parts: Geometries, owner: NDArray[np.intp], count: int) -> Geometries:
    """Join polygon parts back into one polygon or multipolygon per owner."""
    parts_of: list[list[shapely.Polygon]] = [[] for _ in range(count)]
    for part, index in zip(parts, owner, strict=True):
        parts_of[index].append(part)
    whole = [own[0] if len(own) == 1 else shapely.MultiPolygon(own) for own in parts_of]
    return np.array(whole, dtype=object)


def snapped(geometries: Geometries, digits: int) -> Geometries:
    """Round a coverage so that a border stays the same line on both its sides.

    Where rounding breaks a polygon, its vertices stay unrounded in every polygon that uses them:
    rounding only the broken one would tear it from its neighbours.
    """
    kept: set[tuple[float, float]] = set()
    for _ in range(_SNAP_ROUNDS):
        result = _round_except(geometries, digits, kept)
        broken = _broken(shapely.get_parts(result))
        if not broken.any():
            return shapely.remove_repeated_points(result)
        kept.update(_vertices(shapely.get_parts(geometries)[broken]))
    raise BuildError(
        f"Found polygons that {digits} digits still break after {_SNAP_ROUNDS} rounds, expected "
        "none; keep more digits or simplify less"
    )


def _broken(parts: Geometries) -> NDArray[np.bool_]:
    return ~shapely.is_valid(parts) | (shapely.area(parts) == 0)


def _vertices(parts: Geometries) -> Iterable[tuple[float, float]]:
    return map(tuple, shapely.get_coordinates(parts).tolist())


def _round_except(
    geometries: Geometries, digits: int, kept: set[tuple[float, float]]
) -> Geometries:
    def move(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        near = np.round(xy, digits)
        if kept:
            exact = np.fromiter((tuple(point) in kept for point in xy.tolist()), bool, len(xy))
            near[exact] = xy[exact]
        return near

    return shapely.transform(geometries, move)


def dissolved(geometries: Geometries, groups: Iterable[str]) -> dict[str, shapely.Geometry]:
    """Unite the polygons of each group, closing sliver gaps that no other group fills."""
    names = np.asarray(list(groups))
    united = {name: shapely.union_all(geometries[names == name]) for name in np.unique(names)}
    tree = shapely.STRtree(list(united.values()))
    return {str(name): _close_slivers(shape, tree) for name, shape in united.items()}


# A gap of 1e-5 square degrees (0.1 km²) inside one region is where two neighbours of the source
# disagree about their border; the smallest real hole, a lagoon of 三沙市, is three times that.
_SLIVER = 1e-5


def _close_slivers(shape: shapely.Geometry, tree: shapely.STRtree) -> shapely.Geometry:
    rings = shapely.get_rings(shape)
    holes = [shapely.Polygon(ring) for ring in rings if ring.is_ring]
    gaps = [hole for hole in holes if hole.area < _SLIVER and _is_gap(shape, hole, tree)]
    return shapely.union_all([shape, *gaps]) if gaps else shape


def _is_gap(shape: shapely.Geometry, hole: shapely.Polygon, tree: shapely.STRtree) -> bool:
    inside = hole.representative_point()
    return not shape.intersects(inside) and not len(tree.query(inside, predicate="intersects"))
