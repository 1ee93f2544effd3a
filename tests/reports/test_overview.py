"""The page of a scan, from summaries built by hand."""

from __future__ import annotations

import io
from typing import Any

import pytest
from lxml import html

from auditor.archive.summary import Summary
from auditor.indicators.scores import load_scores
from auditor.reports.overview import MONTHS, OUTLETS, figure, write_overview
from auditor.rulebook.loader import load_rulebook

NOBODY = {"women": 0, "men": 0, "unknown": 0, "low": None, "high": None}
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202e\ud800" + "Dài" * 300


def genders(women: int, men: int, unknown: int = 7) -> dict[str, Any]:
    enough = women + men >= 30
    share = women / (women + men or 1)
    return {"women": women, "men": men, "unknown": unknown,
            "low": share / 2 if enough else None, "high": (1 + share) / 2 if enough else None}  # fmt: skip


def group(label: str, audited: int = 60, **values: Any) -> dict[str, Any]:
    base = {"audited": audited, "with_findings": 3, "findings": 4, "duplicates": 2, "people": genders(20, 60)}
    return {"label": label, **base, **values}


def summary(**values: Any) -> Summary:
    base: dict[str, Any] = {
        "schema": "auditor-scan/1", "archive": "kho.jsonl", "engine": "0.1.0", "rulebook": "2026.11+0",
        "started": "2026-11-02", "read": 0, "audited": 0, "rejected": 0, "duplicates": 0, "left_out": 0, "kinds": {},
        "with_findings": 0, "findings": dict.fromkeys(("S4", "S4x", "S3", "S2", "S1"), 0), "rules": {},
        "people": NOBODY, "quoted": NOBODY, "leaders": NOBODY, "functions": {}, "topics": {},
        "outlets": [], "months": [], "rejects": [],
    }  # fmt: skip
    return Summary.model_validate(base | values)


def full(**values: Any) -> Summary:
    base: dict[str, Any] = {
        "read": 1_234, "audited": 1_200, "rejected": 4, "duplicates": 30, "left_out": 91,
        "kinds": {"article": 1_190, "regulation": 10}, "with_findings": 60,
        "findings": {"S4": 3, "S4x": 2, "S3": 20, "S2": 50, "S1": 5}, "rules": {"MD-OBJ-01": 77, "MD-GONE-01": 3},
        "people": genders(400, 1_100, 333), "quoted": genders(90, 410, 55), "leaders": genders(5, 9, 2),
        "functions": {"expert": genders(40, 160), "eyewitness": genders(1, 2)},
        "topics": {"social": 700, "economy": 490},
        "outlets": [group("Báo A", 900), group("", 300)], "months": [group("", 5), group("2025-12"), group("2026-01")],
        "rejects": [{"code": "GA204", "count": 4, "example": "Tệp hỏng ở dòng 12."}],
    }  # fmt: skip
    return summary(**base | values)


def page(of: Summary) -> html.HtmlElement:
    out = io.BytesIO()
    write_overview(of, out)
    again = io.BytesIO()
    write_overview(of, again)
    assert out.getvalue() == again.getvalue()
    return html.document_fromstring(out.getvalue().decode())


def rows(tree: html.HtmlElement, section: str) -> list[list[str]]:
    """Return the cells of all tables of a section that have words."""
    found = tree.xpath(f"//section[@aria-labelledby='{section}']//tbody/tr")
    return [[cell.text_content() for cell in row if cell.text_content().strip()] for row in found]


def words(tree: html.HtmlElement, section: str) -> str:
    (found,) = tree.xpath(f"//section[@aria-labelledby='{section}']")
    return " ".join(found.text_content().split())


def test_what_was_read_adds_up() -> None:
    tree = page(full())
    counts = [int(row[-1].replace(".", "")) for row in rows(tree, "read")]
    assert counts == [1_200, 30, 4] and sum(counts) == 1_234
    assert "1.234 bài đã đọc" in words(tree, "read") and "91 ngoài phạm vi" in words(tree, "read")


def test_findings_are_suggestions_by_severity_and_rule() -> None:
    tree = page(full())
    said = words(tree, "found")
    assert "gợi ý của máy, chưa ai xác nhận" in tree.text_content() and "chưa xác nhận" in said
    assert "78 phát hiện về giới trong 60/1.200 bài được soát: 5,0% số bài (khoảng 95%: 3,9–6,4%)" in said
    title = load_rulebook().rules["MD-OBJ-01"].title
    assert [f"{title} MD-OBJ-01", "77"] in rows(tree, "found")
    assert [row[1] for row in rows(tree, "found") if "MD-GONE-01" in row[0]] == ["3"]


def test_women_and_men_with_counts_interval_and_those_unknown() -> None:
    found = {row[0]: row[1:] for row in rows(page(full()), "people")}
    assert found["Mọi nhân vật"] == ["26,7%", "13,3–63,3%", "400/1.500", "333", "21,8%, 40,0%"]
    assert found["Giữ chức vụ lãnh đạo"] == ["không đủ mẫu", "–", "5/14", "2", "–"]
    assert {"Được dẫn lời", "Chuyên gia", "Người chứng kiến"} < set(found)


def test_versions_errors_rejects_and_how_to_open_the_tables() -> None:
    tree = page(full())
    assert rows(tree, "rejects") == [["Tệp hỏng ở dòng 12. GA204", "4"]]
    method = words(tree, "method")
    assert "Chương trình 0.1.0, bộ quy tắc 2026.11+0" in method and "corpora/scores.md" in method
    assert load_scores().said(("people_f1",)) in method
    (example,) = tree.xpath("//pre")
    assert len(example.text_content().splitlines()) == 2
    assert "duckdb" in example.text_content() and "read_parquet" in example.text_content()


def test_nothing_is_loaded_or_run_and_names_stay_text() -> None:
    tree = page(full(
        archive=HOSTILE, engine=HOSTILE, rulebook=HOSTILE, rules={HOSTILE: 80},
        outlets=[group(HOSTILE), group(HOSTILE + "2")],
        rejects=[{"code": HOSTILE, "count": 4, "example": HOSTILE}],
    ))  # fmt: skip
    assert not tree.xpath("//script | //link | //img | //iframe | //@src | //@href | //@*[starts-with(name(), 'on')]")
    assert "default-src 'none'" in tree.xpath("string(//meta[@http-equiv]/@content)")
    assert tree.text_content().count("<script>alert(1)</script>") >= 7
    assert max(len(one.text_content()) for one in tree.xpath("//*[local-name()='svg']//*[local-name()='text']")) <= 60
    assert len(tree.xpath("//bdi[contains(., '<script>')]")) == 4


@pytest.mark.parametrize(
    "of",
    [
        summary(),
        summary(left_out=5),
        summary(read=3, rejected=3, rejects=[{"code": "GA204", "count": 3, "example": "Hỏng."}]),
        summary(read=9, audited=9, kinds={"article": 9}, outlets=[group("Báo A", 9, people=NOBODY)],
                months=[group("", 9, people=NOBODY)], topics={"social": 9}),
        full(people=NOBODY, quoted=NOBODY, leaders=NOBODY, functions={}),
        full(months=[group("", 1_200)], outlets=[group("", 1_200)]),
        full(months=[group("2026-01", 1_200)], outlets=[group("Báo A", 1_200)]),
        full(findings=dict.fromkeys(("S4", "S4x", "S3", "S2", "S1"), 0), rules={}, with_findings=0),
        full(people=genders(40, 0, 0), outlets=[group("A", people=genders(0, 90)), group("B", people=genders(50, 0))]),
    ],
)  # fmt: skip
def test_every_scan_gives_a_sensible_page(of: Summary) -> None:
    tree = page(of)
    text = tree.text_content()
    assert not {"None", "nan", "Undefined"} & set(text.replace(".", " ").split())
    assert all(one.get("aria-label") or one.get("aria-hidden") for one in tree.xpath("//*[local-name()='svg']"))
    assert len(tree.xpath("//@id")) == len(set(tree.xpath("//@id")))
    assert not of.people.women + of.people.men or "chưa rõ giới" in words(tree, "people")
    assert of.read or "Không có bài nào để soát" in text


def test_zero_people_and_no_dates_are_said_and_not_drawn() -> None:
    tree = page(full(people=NOBODY, quoted=NOBODY, leaders=NOBODY, functions={}, months=[group("", 1_200)]))
    assert "Không có nhân vật nào được đếm" in words(tree, "people")
    assert rows(tree, "months")[0][0] == "(không ghi ngày)"
    assert not tree.xpath("//section[@aria-labelledby='months']//*[local-name()='polyline']")


def test_outlets_beyond_the_first_are_summed() -> None:
    every = [group(f"Báo {n}", 60 - n) for n in range(OUTLETS + 12)]
    found = rows(page(full(outlets=every)), "outlets")
    assert len(found) == OUTLETS + 1
    audited = sum(60 - n for n in range(OUTLETS, OUTLETS + 12))
    assert found[-1] == ["các cơ quan khác (12)", str(audited), "24", "36", "–", "–", "240/960", "84"]


def test_months_in_order_the_line_broken_where_one_is_missing() -> None:
    names = ["2025-11", "2025-12", "2026-01", "2026-03", "2026-04"]
    tree = page(full(months=[group("", 5), *map(group, names)]))
    assert [row[0] for row in rows(tree, "months")] == [
        "11/2025", "12/2025", "1/2026", "3/2026", "4/2026", "(không ghi ngày)"
    ]  # fmt: skip
    lines = tree.xpath(
        "//section[@aria-labelledby='months']//*[local-name()='svg'][1]//*[local-name()='polyline']/@points"
    )
    assert [len(line.split()) for line in lines][:2] == [3, 2]


def test_odd_years_do_not_make_an_endless_page() -> None:
    every = [group(f"{year:04d}-{month:02d}", 1) for year in range(1, 60) for month in range(1, 13)]
    found = rows(page(full(months=every)), "months")
    assert len(found) == MONTHS + 1
    assert found[-1][0] == f"các tháng trước ({len(every) - MONTHS})"


def test_a_share_below_the_least_sample_is_not_said() -> None:
    few = figure(full().leaders)
    assert (few.status, few.share.value, few.share.hits, few.share.total, few.unknown) == ("too_few", None, 5, 14, 2)
