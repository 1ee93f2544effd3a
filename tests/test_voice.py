"""Who says what is found: the paper, or a source whose words it prints."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from auditor.audit import Auditor
from auditor.documents.load import load
from auditor.indicators.reading import read_records
from auditor.indicators.views import RecordView
from auditor.record import GENDER_SEVERITIES, AuditRecord, Finding


@pytest.fixture(scope="session")
def auditor() -> Auditor:
    return Auditor()


def audited(auditor: Auditor, folder: Path, text: str, *, kind: str = "article", **fields: str) -> AuditRecord:
    file = folder / "muc.jsonl"
    file.write_text(json.dumps({"id": "m1", "kind": kind, "text": text, **fields}), encoding="utf-8")
    (document,) = load([file])
    return auditor.audit(document)


def gender(record: AuditRecord) -> list[Finding]:
    return [finding for finding in record.findings if finding.severity in GENDER_SEVERITIES]


PREJUDICES = {
    "weak": "Phụ nữ vốn chân yếu tay mềm, lái xe đường đèo thì nên nhường tay lái cho đàn ông",
    "blamed": "Vì quá yêu nên anh ta mới ra tay với chị, giá như chị đừng đòi chia tay",
    "turned away": "Công ty tuyển nhân viên lễ tân: chỉ nhận nữ, cao từ 1m60, ngoại hình ưa nhìn, chưa lập gia đình",
}

SAID = {
    "the speaker before": "Ông Vì Văn Tủm, trưởng bản, nói: “{words}.”",
    "the speaker behind": "“{words}”, ông Vì Văn Tủm, trưởng bản, nói.",
    "reported": "Ông Vì Văn Tủm cho rằng {lower}.",
    "a pronoun": "Ông Vì Văn Tủm làm trưởng bản đã mười năm.\n\n“{words}”, ông nói.",
}


@pytest.mark.parametrize("prejudice", PREJUDICES)
@pytest.mark.parametrize("way", SAID)
def test_a_prejudice_in_a_sources_mouth_is_the_sources_and_at_most_a_stereotype(
    auditor: Auditor, tmp_path: Path, prejudice: str, way: str
) -> None:
    words = PREJUDICES[prejudice]
    text = SAID[way].format(words=words, lower=words[0].lower() + words[1:])
    found = gender(audited(auditor, tmp_path, text))
    assert found
    assert {(finding.voice, finding.speaker) for finding in found} == {("quoted", "Vì Văn Tủm")}
    assert {finding.severity for finding in found} <= {"S2", "S1"}


@pytest.mark.parametrize("prejudice", PREJUDICES)
def test_the_same_words_by_the_paper_are_its_norm_and_as_grave_as_their_rule(
    auditor: Auditor, tmp_path: Path, prejudice: str
) -> None:
    found = gender(audited(auditor, tmp_path, f"{PREJUDICES[prejudice]}."))
    assert found
    for finding in found:
        assert (finding.voice, finding.speaker) == ("norm", None)
        assert finding.severity == auditor.rulebook.rules[finding.rule].severity


def test_a_grave_fault_is_graver_by_the_paper_than_by_a_source(auditor: Auditor, tmp_path: Path) -> None:
    words = PREJUDICES["blamed"]
    (own,) = gender(audited(auditor, tmp_path, f"{words}."))
    (told,) = gender(audited(auditor, tmp_path, SAID["the speaker behind"].format(words=words)))
    assert own.rule == told.rule
    assert (own.severity, told.severity) == ("S3", "S2")


def test_a_source_the_article_does_not_name_is_a_source_without_name(auditor: Auditor, tmp_path: Path) -> None:
    (finding,) = gender(audited(auditor, tmp_path, f"Một người dân nói: “{PREJUDICES['weak']}.”"))
    assert (finding.voice, finding.speaker) == ("quoted", None)


def test_a_quotation_elsewhere_does_not_excuse_the_paper(auditor: Auditor, tmp_path: Path) -> None:
    text = f"{PREJUDICES['weak']}.\n\n“Đường mới trải nhựa, xe chạy êm hơn trước”, ông Vì Văn Tủm nói."
    (finding,) = gender(audited(auditor, tmp_path, text))
    assert (finding.voice, finding.speaker) == ("norm", None)


def test_each_of_two_sources_answers_for_own_words(auditor: Auditor, tmp_path: Path) -> None:
    text = (
        f"“{PREJUDICES['weak']}”, ông Vì Văn Tủm nói.\n\n"
        f"“{PREJUDICES['blamed']}”, bà Đinh Thị Sen nói."
    )  # fmt: skip
    assert [finding.speaker for finding in gender(audited(auditor, tmp_path, text))] == ["Vì Văn Tủm", "Đinh Thị Sen"]


REGULATION = (
    "QUY ƯỚC BẢN NÀ KHOANG\n\nĐiều 1. Đất ruộng\n1. Con gái đã lấy chồng không được chia đất của cha mẹ đẻ.\n"
    "2. Ông Vì Văn Tủm, trưởng bản, nói: “Con gái đã lấy chồng không được chia đất của cha mẹ đẻ.”"
)


def test_a_regulation_has_no_people_and_no_story_and_speaks_for_itself(auditor: Auditor, tmp_path: Path) -> None:
    record = audited(auditor, tmp_path, REGULATION, kind="regulation")
    assert (record.people, record.story) == ((), None)
    found = gender(record)
    assert found
    assert {(finding.voice, finding.speaker) for finding in found} == {("norm", None)}
    assert "S4" in {finding.severity for finding in found}


NEWS: dict[str, Any] = {
    "title": "Trưởng bản không tin phụ nữ lái xe",
    "text": f"Bản Nà Khoang có ba nữ tài xế.\n\n{SAID['the speaker behind'].format(words=PREJUDICES['weak'])}\n\n"
    "Chị Vàng Thị Xua, tài xế xe tải, cho biết chị chạy đèo đã tám năm.",
    "outlet": "Báo Suối Nà",
    "date": "2026-05-02",
    "byline": "Thu Trang",
    "section": "Xã hội",
}


def test_an_article_has_people_and_a_story(auditor: Auditor, tmp_path: Path) -> None:
    record = audited(auditor, tmp_path, **NEWS)
    assert [(person.name, person.gender, person.quoted) for person in record.people] == [
        ("Vì Văn Tủm", "male", "direct"),
        ("Vàng Thị Xua", "female", "indirect"),
    ]
    assert record.story is not None
    assert (record.story.byline_gender, record.story.section) == ("female", "Xã hội")
    assert {finding.speaker for finding in gender(record)} <= {person.name for person in record.people} | {None}


def test_without_people_the_findings_and_who_says_them_stay_the_same(auditor: Auditor, tmp_path: Path) -> None:
    quick = Auditor(people=False)
    words = PREJUDICES["weak"]
    for place in SAID.values():
        text = place.format(words=words, lower=words[0].lower() + words[1:])
        whole, bare = audited(auditor, tmp_path, text), audited(quick, tmp_path, text)
        assert bare == whole.model_copy(update={"people": (), "story": None})
        assert gender(bare)[0].voice == "quoted"


def test_a_written_record_is_what_the_index_reads(auditor: Auditor, tmp_path: Path) -> None:
    record = audited(auditor, tmp_path, **NEWS)
    file = tmp_path / "ban-ghi.jsonl"
    file.write_text(record.to_json() + "\n" + record.to_json(text="x") + "\n", encoding="utf-8")
    for view in read_records([file]):
        assert isinstance(view, RecordView)
        assert (view.id, view.outlet, view.date) == (record.id, record.outlet, record.date)
        assert [(p.gender, p.quoted, p.function, p.leader) for p in view.people] == [
            (p.gender, p.quoted, p.function, p.leader) for p in record.people
        ]
        assert view.story is not None and record.story is not None
        assert view.story.model_dump() == record.story.model_dump()
        assert [(f.id, f.rule, f.severity) for f in view.findings] == [
            (f.id, f.rule, f.severity) for f in record.findings
        ]


def test_a_written_record_is_read_back_whole(auditor: Auditor, tmp_path: Path) -> None:
    record = audited(auditor, tmp_path, **NEWS)
    data = json.loads(record.to_json())
    assert AuditRecord.model_validate_json(json.dumps({"schema_": data.pop("schema"), **data})) == record
