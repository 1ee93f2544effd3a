"""Charts of the desk: where things stand, and SVG that neither breaks a strict policy nor leans on colour alone."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from lxml import etree
from markupsafe import Markup

import auditor.store
from auditor.reports.charts.days import day_columns
from auditor.reports.charts.quarters import quarter_lines, quarter_name
from auditor.reports.charts.stacked import LABEL, PLOT, stacked
from auditor.reports.charts.tilemap import places, tile_map
from auditor.reports.pages import templates

HOSTILE = '<script>alert("x")</script>'


def drawn(macro: str, chart: object) -> Markup:
    module = templates().get_template("charts.html").module
    return Markup(getattr(module, macro)(chart, "c", "Mục tiêu 5"))


def tiles() -> object:
    return tile_map({"03390": (3, 12), "03424": (4, 4)}, lambda code: f"/muc-tieu/5?xa={code}&ky=2026")


def bars() -> object:
    return stacked([("Bình Lư", (3, 1, 0, 8), "3/12", "/x"), (HOSTILE, (0, 0, 0, 0), "–", "")])


def lines() -> object:
    return quarter_lines(
        ["2026-Q1", "2026-Q2"], [("share", "C/A", [(0, 0), (3, 12)]), ("coverage", "K/A", [(1, 12), (4, 12)])]
    )


def days() -> object:
    return day_columns(date(2026, 11, 26), 31, {date(2026, 11, 26): (3, 1), date(2026, 11, 1): (12_000, 0)})


CHARTS = {"day_chart": days, "tile_chart": tiles, "stacked_bars": bars, "quarter_chart": lines}


@pytest.mark.parametrize("macro", CHARTS)
def test_a_chart_is_well_formed_and_carries_no_style_or_script(macro: str) -> None:
    words = drawn(macro, CHARTS[macro]())
    root = etree.fromstring(f"<div>{words}</div>")
    found = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in found if name == "style" or name.startswith("on")}
    assert not root.findall(".//script")
    assert not root.findall(".//style")


@pytest.mark.parametrize("macro", CHARTS)
def test_a_chart_has_a_title_and_every_drawing_a_role(macro: str) -> None:
    root = etree.fromstring(f"<div>{drawn(macro, CHARTS[macro]())}</div>")
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for svg in root.iter("svg"):
        assert svg.get("aria-hidden") or (svg.get("role") and set(str(svg.get("aria-labelledby")).split()) <= set(ids))


def test_the_map_shows_each_commune_of_the_store_once() -> None:
    rows = (Path(auditor.store.__file__).parent / "communes.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert {(place.code, place.name) for place in places()} == {
        (row.split("\t")[0], row.split("\t")[2]) for row in rows
    }
    cells = [(place.row, place.column) for place in places()]
    assert len(cells) == len(set(cells)) == 38


def test_a_tile_says_numerator_and_denominator_and_leads_to_its_commune() -> None:
    chart = tile_map({"03390": (3, 12), "03424": (4, 4)}, lambda code: f"/x?xa={code}")
    found = {tile.code: tile for tile in chart.tiles}
    assert (found["03390"].value, found["03390"].look, found["03390"].words) == ("3/12", "few", "Bình Lư: 3/12 (25%)")
    assert (found["03424"].look, found["03424"].href) == ("most", "/x?xa=03424")
    none = found["03439"]
    assert (none.value, none.look, none.words) == ("–", "none", "Thu Lũm: chưa có dữ liệu")
    assert found["03529"].lines == ("Tủa Sín", "Chải")


@pytest.mark.parametrize(
    ("part", "look"), [(95, "most"), (94, "many"), (80, "many"), (79, "some"), (50, "some"), (49, "few"), (0, "few")]
)
def test_a_tile_has_the_shade_the_key_names(part: int, look: str) -> None:
    chart = tile_map({"03390": (part, 100)})
    assert next(tile.look for tile in chart.tiles if tile.code == "03390") == look
    assert look in {name for name, _ in chart.key}


def test_the_longest_bar_fills_the_width_and_pieces_follow_one_another() -> None:
    chart = stacked([("A", (30, 5, 1, 4), "30/40", ""), ("B", (5, 0, 0, 5), "5/10", "")])
    first, second = chart.rows
    assert [round(piece.width) for piece in first.pieces] == [round(PLOT * n / 40) for n in (30, 5, 1, 4)]
    assert first.pieces[-1].x + first.pieces[-1].width == pytest.approx(LABEL + PLOT)
    assert [piece.number for piece in first.pieces] == ["30", "5", "", "4"]
    assert [piece.look for piece in second.pieces] == ["clean", "unreviewed"]
    assert second.words == "B: 10 văn bản: 5 không có phân biệt đối xử, 5 chưa rà soát"


def test_nothing_counted_draws_nothing_and_says_so() -> None:
    chart = stacked([("A", (0, 0, 0, 0), "–", "")])
    assert chart.rows[0].pieces == ()
    assert chart.rows[0].words == "A: chưa có văn bản"
    assert stacked([]).rows == ()


def test_a_name_that_is_a_script_stays_words() -> None:
    words = drawn("stacked_bars", bars())
    assert "<script" not in words
    assert "&lt;script&gt;" in words


def test_a_line_breaks_where_there_is_nothing_to_divide_by() -> None:
    shares = [(1, 2), (2, 2), (0, 0), (1, 4), (3, 4)]
    chart = quarter_lines([f"2026-Q{n}" for n in (1, 2, 3, 4)] + ["2027-Q1"], [("share", "C/A", shares)])
    line = chart.lines[0]
    assert len(line.points) == 4
    assert [len(stretch.split()) for stretch in line.stretches] == [2, 2]
    assert line.points[0].words == "C/A, quý I/2026: 1/2 (50%)"
    assert quarter_name("2026-Q4") == "quý IV/2026"


def test_the_value_of_the_lower_line_stands_below_it() -> None:
    chart = quarter_lines(["2026-Q1"], [("share", "C/A", [(3, 12)]), ("coverage", "K/A", [(4, 12)])])
    low, high = (line.points[0] for line in chart.lines)
    assert low.value_y > low.y
    assert high.value_y < high.y


def test_the_stylesheet_knows_every_look() -> None:
    css = (Path(__file__).parents[2] / "api" / "static" / "desk.css").read_text(encoding="utf-8")
    for macro, make in CHARTS.items():
        classes = set(re.findall(r'class="([^"]+)"', drawn(macro, make())))
        looks = {name for one in classes for name in one.split() if re.match(r"(part|tile|stroke|dot)-", name)}
        assert looks
        assert all(f".{look}" in css for look in looks), macro


def test_days_stand_in_their_order_as_high_as_they_count_and_refusals_on_top() -> None:
    chart = day_columns(date(2026, 11, 26), 31, {date(2026, 11, 26): (3, 1), date(2026, 11, 25): (2, 0)})
    second, first = chart.columns
    assert second.x < first.x
    (answered, y, height), (refused, above, small) = first.pieces
    assert (answered, refused, round(height / small)) == ("answered", "refused", 3)
    assert (round(above + small, 6), bool(first.hatch)) == (round(y, 6), True)
    assert [words for _, words in chart.ticks] == ["0", "2", "4"]
    assert chart.names[-1][1] == "26/11"
    assert chart.words == "31 ngày đến 26/11/2026: 5 bài đã soát, 1 bài bị từ chối"


def test_days_without_anything_draw_nothing() -> None:
    assert day_columns(date(2026, 11, 26), 31, {}).columns == ()
