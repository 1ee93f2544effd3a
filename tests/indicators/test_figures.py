"""Figures against examples counted by hand, and what must hold for any articles."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import StoreError
from auditor.indicators.campaign import within
from auditor.indicators.index import build_index
from auditor.indicators.ledger import Selection
from auditor.indicators.loader import load_indicators
from auditor.indicators.statistics import difference, wilson
from auditor.indicators.views import Broken
from auditor.record import AuditRecord
from tests.indicators.records import DAY, article, figure, finding, gap, index_of, person, view


def test_people_are_counted_by_gender_with_the_unknown_apart() -> None:
    # 30 articles: a quoted woman and an unquoted man in each, and someone unknown in every third.
    records = [
        article(
            f"{i}", person("female", quoted="direct"), person("male"), *([person("unknown")] if i % 3 == 0 else [])
        )
        for i in range(30)
    ]  # fmt: skip
    index = index_of(records)
    everyone = figure(index, "B1.1.1")
    assert (everyone.share.hits, everyone.share.total, everyone.unknown) == (30, 60, 10)
    assert everyone.share.value == 0.5
    assert (everyone.if_all_men, everyone.if_all_women) == (30 / 70, 40 / 70)
    quoted = figure(index, "B1.1.2")
    assert (quoted.share.hits, quoted.share.total, quoted.share.value) == (30, 30, 1.0)
    # All are women: 30 articles of one kind, by Wilson.
    assert quoted.share.low == pytest.approx(30 / (30 + 1.959964**2), abs=1e-6)


@pytest.mark.parametrize(
    ("id", "part", "values"),
    [
        ("B1.1.3", "expert", {"function": "expert"}),
        ("B1.1.3", "citizen", {"function": "popular_opinion"}),
        ("B1.1.5", "leader", {"leader": True}),
        ("B1.1.5", "farmer", {"occupation": "Nông dân bản Nậm Khao"}),
        ("B1.1.5", "business", {"occupation": "Giám đốc Công ty TNHH"}),
        ("B1.2.3", "all", {"victim": True}),
        ("GMMP.3", "all", {"family_role": "vợ"}),
        ("GMMP.4", "all", {"in_caption": True}),
    ],
)
def test_each_role_counts_only_its_people(id: str, part: str, values: dict[str, object]) -> None:
    index = index_of([article(f"{i}", person("female", **values), person("male")) for i in range(30)])
    assert (figure(index, id, part).share.hits, figure(index, id, part).share.total) == (30, 30)


def test_an_occupation_is_known_by_whole_words() -> None:
    index = index_of([article(f"{i}", person(occupation="thợi")) for i in range(30)])
    assert figure(index, "B1.1.5", "worker").share.total == 0


@pytest.mark.parametrize(
    ("id", "among", "where"),
    [
        ("B1.1.6", {}, {"central_women": True}),
        ("B1.1.6", {}, {"gender_violence": True}),
        ("B1.3.1", {}, {"about_gender_equality": True}),
        ("B1.4.5", {"gender_violence": True}, {"names_law": True}),
        ("B1.5.5", {"gender_violence": True}, {"help_line": True}),
        ("GMMP.1", {}, {"challenges_stereotype": True}),
    ],
)
def test_shares_of_articles(id: str, among: dict[str, bool], where: dict[str, bool]) -> None:
    records = [article(f"{i}", **among, **(where if i < 10 else {})) for i in range(40)]
    found = figure(index_of([*records, article("ad", genre="advert", **among, **where)]), id)
    assert (found.share.hits, found.share.total, found.share.value) == (10, 40, 0.25)
    assert (found.share.low, found.share.high) == wilson(10, 40, 0.95)


def test_sources_of_both_sexes_and_what_unknown_gender_could_change() -> None:
    both = [article(f"a{i}", person("female", quoted="direct"), person("male", quoted="indirect")) for i in range(10)]
    one = [article(f"b{i}", person("male", quoted="direct"), person("unknown", quoted="direct")) for i in range(20)]
    found = figure(index_of([*both, *one, article("none", person())]), "B1.4.1")
    assert (found.share.hits, found.share.total) == (10, 30)
    assert (found.if_all_women, found.if_all_men) == (1.0, 10 / 30)


def test_below_the_least_sample_only_counts_are_said() -> None:
    index = index_of([article(f"{i}", person(), person(), person()) for i in range(29)])
    for id in ("B1.1.1", "B1.3.1"):
        found = figure(index, id)
        assert (found.status, found.share.value, found.share.low) == ("too_few", None, None)
    assert figure(index, "B1.1.1").share.hits == 87
    assert figure(index_of([article(f"{i}", person()) for i in range(30)]), "B1.1.1").status == "measured"


SUSPECT = [article(f"{i}", findings=(finding("f"), finding("g")) if i < 4 else ()) for i in range(40)]


def test_findings_nobody_has_looked_at_give_no_value() -> None:
    found = figure(index_of(SUSPECT), "B1.4.4")
    assert (found.status, found.share.value) == ("suggested", None)
    assert found.review is not None
    assert (found.review.suggested.value, found.review.undecided, found.review.rate) == (0.1, 8, None)
    assert figure(index_of(SUSPECT, {("x", "y"): "confirmed"}), "B1.4.4").status == "suggested"


def test_only_confirmed_findings_count() -> None:
    found = figure(
        index_of(SUSPECT, {("0", "f"): "confirmed", ("0", "g"): "confirmed", ("1", "f"): "dismissed"}), "B1.4.4"
    )
    assert (found.status, found.share.hits, found.share.value) == ("confirmed", 1, 1 / 40)
    assert found.review is not None
    assert (found.review.confirmed, found.review.dismissed, found.review.undecided) == (2, 1, 5)
    assert found.review.rate == pytest.approx(2 / 3)
    assert found.review.suggested.hits == 4
    clean = figure(index_of([article(f"{i}") for i in range(40)], {}), "B1.4.4")
    assert (clean.status, clean.share.value) == ("confirmed", 0.0)


def test_severity_tells_overt_from_subtle() -> None:
    records = [article(f"{i}", findings=(finding("f", "MD-ROLE-01", "S2"),)) for i in range(40)]
    index = index_of(records, {(f"{i}", "f"): "confirmed" for i in range(40)})
    assert (figure(index, "B1.2.1").share.value, figure(index, "B1.2.2").share.value) == (0.0, 1.0)


def gem_articles(count: int) -> list[AuditRecord]:
    return [
        article(
            f"{topic}{i}", person("male"), person("female", function="expert"), person("male", function="spokesperson"),
            topic=topic, byline_gender="female" if i % 2 else "male",
        )
        for topic in ("economy", "politics") for i in range(count)
    ]  # fmt: skip


def test_gem_is_the_mean_of_six_gaps_and_said_only_with_all_of_them() -> None:
    index = index_of(gem_articles(20))
    assert [gap(index, f"GEM.{n}").value for n in range(1, 7)] == [-100, 0, -100, 100, -100, -100]
    assert index.means[0].value == pytest.approx(-50)
    assert index.means[0].low is not None and index.means[0].high is not None
    assert index.means[0].low <= -50 <= index.means[0].high
    few = index_of(gem_articles(19))
    assert gap(few, "GEM.1").value == -100
    assert gap(few, "GEM.5").value is None
    assert few.means[0].value is None


def test_wire_copy_counts_once_and_the_earliest_stays() -> None:
    copies = [
        article(f"{i}", fingerprint="00000000000000ff", date=DAY + timedelta(i), outlet=f"Báo {i}") for i in (2, 1)
    ]
    index = index_of([*copies, article("other", fingerprint="ffffffff00000000")], by="outlet")
    assert dict(index.left_out) == {"wire_copy": 1}
    assert index.labels == ("Tất cả", "Báo 1", "Báo A")


def test_selection_and_reasons_add_up() -> None:
    records = [
        article("a"), article("a"), article("b", outlet="Báo B"), article("c", section="Kinh tế"),
        article("d", section="Đời sống", date=None), article("e", section="Đời sống", date=date(2025, 3, 8)),
        article("f", section="Đời sống"), article("g", kind="regulation"), article("h", status="unreadable"),
        article("i").model_copy(update={"story": None}),
    ]  # fmt: skip
    items = [*map(view, records), Broken("x#1", False), Broken("x#2", True)]
    index = build_index(
        items, load_indicators(), Selection(outlet="báo  a", section="đời sống", period="2026-Q1"), None
    )
    assert dict(index.left_out) == {
        "broken": 1, "schema": 1, "unreadable": 1, "regulation": 1, "no_story": 1, "outlet": 1, "section": 3,
        "no_date": 1, "period": 1,
    }  # fmt: skip
    assert index.counted == 1
    assert index.read == index.counted + sum(count for _, count in index.left_out)


@pytest.mark.parametrize(
    ("by", "labels"),
    [("year", ["2025", "2026"]), ("quarter", ["2025-Q4", "2026-Q1"]), ("month", ["2025-12", "2026-01"]),
     ("week", ["2026-W01", "2026-W02"]), ("outlet", ["(không ghi)", "Báo A"]), ("section", ["(không ghi)"])],
)  # fmt: skip
def test_groups(by: str, labels: list[str]) -> None:
    records = [article("a", date=date(2025, 12, 31), outlet=None), article("b", date=date(2026, 1, 6))]
    assert list(index_of(records, by=by).labels[1:]) == labels


def test_nothing_to_count_says_why() -> None:
    with pytest.raises(StoreError) as caught:
        index_of([article("a")], outlet="Báo B")
    assert caught.value.code == "GA312"
    assert "Báo A" in caught.value.message
    for period in ("2026-13", "2026-W60", "năm nay", "2026-Q5", "0000"):
        with pytest.raises(StoreError, match="GA315"):
            Selection(period=period)


def test_campaigns() -> None:
    windows = {window.id: window for window in load_indicators().windows}
    assert within(windows["women_day"], date(2026, 3, 5)) and not within(windows["women_day"], date(2026, 3, 4))
    assert within(windows["action_month"], date(2026, 12, 15)) and not within(
        windows["action_month"], date(2026, 12, 16)
    )
    inside = [article(f"i{i}", about_gender_equality=i < 20, date=date(2026, 11, 20)) for i in range(40)]
    outside = [article(f"o{i}", about_gender_equality=i < 4, date=date(2026, 9, 9)) for i in range(40)]
    found = index_of([*inside, *outside, article("undated", date=None)]).campaign
    assert (found.inside.value, found.outside.value, found.undated) == (0.5, 0.1, 1)
    assert found.difference is not None
    value, low, high = found.difference
    assert value == pytest.approx(0.4)
    assert 0.2 < low < value < high < 0.6
    assert [(week.label, week.share.hits, week.windows) for week in found.weeks] == [
        ("2026-W37", 4, ()), ("2026-W47", 20, ("action_month",))
    ]  # fmt: skip


def test_a_published_difference_of_shares() -> None:
    # Newcombe 1998, example (a), method 10: 56/70 - 48/80.
    value, (low, high) = difference((56, 70), (48, 80), 0.95)
    assert (round(value, 4), round(low, 4), round(high, 4)) == (0.2, 0.0524, 0.3339)


def test_people_of_one_article_are_not_independent() -> None:
    """Ten people of one gender in an article say less than ten articles of one person each."""
    crowded = [article(f"{i}", *[person("female" if i % 2 else "male")] * 10) for i in range(30)]
    single = [article(f"{i}", person("female" if i % 2 else "male")) for i in range(300)]
    wide, narrow = (figure(index_of(records), "B1.1.1").share for records in (crowded, single))
    assert wide.value == narrow.value == 0.5
    assert wide.high and wide.low and narrow.high and narrow.low
    assert wide.high - wide.low > 2 * (narrow.high - narrow.low)


GENDERS = st.sampled_from(["female", "male", "unknown"])
ARTICLES = st.lists(st.tuples(st.lists(GENDERS, max_size=4), st.booleans(), st.booleans()), min_size=30, max_size=60)


@settings(max_examples=25, deadline=None)
@given(ARTICLES, st.integers(0, 1000))
def test_what_holds_for_any_articles(articles: list[tuple[list[str], bool, bool]], seed: int) -> None:
    records = [
        article(
            f"{i}", *(person(gender, quoted="direct") for gender in genders),  # type: ignore[arg-type]
            about_gender_equality=equality, gender_violence=violence, topic="economy" if violence else "politics",
        )
        for i, (genders, equality, violence) in enumerate(articles)
    ]  # fmt: skip
    index = index_of(records)
    everyone = figure(index, "B1.1.1")
    assert everyone.unknown is not None
    assert everyone.share.total + everyone.unknown == sum(len(genders) for genders, _, _ in articles)
    for line in index.lines:
        for one in line.figures:
            share = one.share
            assert 0 <= share.hits <= share.total
            if share.value is not None:
                assert share.low is not None and share.high is not None
                assert 0 <= share.low <= share.value <= share.high <= 1
            if share.value is not None and one.unknown is not None:
                assert one.if_all_men is not None and one.if_all_women is not None
                assert one.if_all_men <= share.value <= one.if_all_women
        for one in line.gaps:
            if one.value is not None:
                assert one.low is not None and one.high is not None and one.if_all_men is not None
                assert -100 <= one.low <= one.value <= one.high <= 100
                assert one.if_all_women is not None and one.if_all_men <= one.value <= one.if_all_women
    shuffled = records[:]
    random.Random(seed).shuffle(shuffled)
    assert index_of(shuffled) == index
