"""The map of communes as tiles: each with its name, numerator and denominator, and a bar as long as its share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from auditor.reports.wording import percent

SIDE, GAP, MARGIN = 84, 4, 2
STEPS = ((0.95, "most"), (0.80, "many"), (0.50, "some"), (0.0, "few"))
"""Least share and class of each shade; the key of the map names them."""
LINE_LETTERS = 9


@dataclass(frozen=True, slots=True)
class Place:
    """Where the tile of a commune stands."""

    code: str
    name: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile.

    Attributes:
        lines: the name in one or two lines.
        value: "3/12", or a dash where there is nothing to divide by.
        look: class of its shade; ``none`` without data.
        filled: length of the bar at its foot.
        words: all of it in one sentence, for those who do not see it.
        href: where it leads, empty for nowhere.
    """

    code: str
    x: float
    y: float
    lines: tuple[str, ...]
    value: str
    look: str
    filled: float
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class TileMap:
    """The whole map; ``key`` are (class, words) of the shades."""

    width: float
    height: float
    side: float
    tiles: tuple[Tile, ...]
    key: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def places() -> tuple[Place, ...]:
    """Return where the communes of the province stand."""
    said = yaml.safe_load(files("auditor.reports.charts").joinpath("tiles.yaml").read_text(encoding="utf-8"))
    return tuple(Place(**one) for one in said["tiles"])


def tile_map(shares: Mapping[str, tuple[int, int]], href: Callable[[str], str] = lambda code: "") -> TileMap:
    """Lay out the map of a share.

    Args:
        shares: numerator and denominator by code of the commune; those that are missing have no data.
        href: address a tile leads to, by code.
    """
    step = SIDE + GAP
    tiles = tuple(_tile(place, *shares.get(place.code, (0, 0)), href(place.code), step) for place in places())
    width = MARGIN * 2 + step * (max(place.column for place in places()) + 1) - GAP
    height = MARGIN * 2 + step * (max(place.row for place in places()) + 1) - GAP
    return TileMap(width, height, SIDE, tiles, KEY)


def _tile(place: Place, part: int, whole: int, href: str, step: float) -> Tile:
    share = part / whole if whole else None
    look = "none" if share is None else next(name for least, name in STEPS if share >= least)
    said = f"{part}/{whole} ({percent(share)})" if share is not None else "chưa có dữ liệu"
    return Tile(
        place.code, MARGIN + step * place.column, MARGIN + step * place.row, _lines(place.name),
        f"{part}/{whole}" if whole else "–", look, (SIDE - 16) * (share or 0.0), f"{place.name}: {said}", href,
    )  # fmt: skip


def _lines(name: str) -> tuple[str, ...]:
    """Break a long name in two, as evenly as its words allow."""
    words = name.split()
    if len(name) <= LINE_LETTERS or len(words) == 1:
        return (name,)
    breaks = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return min(breaks, key=lambda pair: max(map(len, pair)))


KEY = (
    ("most", "từ 95%"), ("many", "từ 80% đến dưới 95%"), ("some", "từ 50% đến dưới 80%"), ("few", "dưới 50%"),
    ("none", "chưa có dữ liệu"),
)  # fmt: skip
