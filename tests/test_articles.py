"""Articles are judged by the press rules, paragraph by paragraph, with their title and caption."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.audit import Auditor
from auditor.documents.load import load
from auditor.record import GENDER_SEVERITIES, AuditRecord, Finding


@pytest.fixture(scope="module")
def auditor() -> Auditor:
    return Auditor()


def audited(auditor: Auditor, folder: Path, **fields: str) -> AuditRecord:
    file = folder / "bai.jsonl"
    file.write_text(json.dumps({"id": "b1", "kind": "article", **fields}), encoding="utf-8")
    (document,) = load([file])
    return auditor.audit(document)


def gender(record: AuditRecord) -> list[Finding]:
    return [finding for finding in record.findings if finding.severity in GENDER_SEVERITIES]


PAIRS = [
    (
        "Nữ giám đốc trẻ gây chú ý vì gương mặt khả ái và vòng eo con kiến hơn là bản kế hoạch của chị.",
        "Nữ giám đốc trẻ trình bày bản kế hoạch giảm lỗ trong hai quý, được hội đồng quản trị thông qua.",
    ),
    (
        "Vì quá yêu nên anh ta mới ra tay với chị, giá như chị đừng đòi chia tay.",
        "Nghi phạm khai đánh chị sau khi bị từ chối; công an đã khởi tố vụ án.",
    ),
    (
        "Công ty tuyển nhân viên lễ tân: chỉ nhận nữ, cao từ 1m60, ngoại hình ưa nhìn, chưa lập gia đình.",
        "Công ty tuyển nhân viên lễ tân: tốt nghiệp trung cấp, nói được tiếng Anh, nam hay nữ đều được.",
    ),
    (
        "Phụ nữ vốn chân yếu tay mềm, lái xe đường đèo thì nên nhường tay lái cho đàn ông.",
        "Chị Sùng Thị Mỷ lái xe khách đường đèo đã mười hai năm, chưa để xảy ra tai nạn.",
    ),
]


@pytest.mark.parametrize(("bad", "good"), PAIRS)
def test_a_stereotype_is_found_and_its_plain_twin_passes(auditor: Auditor, tmp_path: Path, bad: str, good: str) -> None:
    found = gender(audited(auditor, tmp_path, text=bad))
    assert found and all(finding.rule.startswith("MD-") for finding in found)
    assert not gender(audited(auditor, tmp_path, text=good))


def test_a_finding_says_in_which_field_and_paragraph_it_stands(auditor: Auditor, tmp_path: Path) -> None:
    bad = PAIRS[0][0]
    record = audited(auditor, tmp_path, title=bad, text="Hội nghị bàn về giá thép.\n\nHội nghị kết thúc lúc 17 giờ.")
    assert [finding.field for finding in gender(record)] == ["title"]
    record = audited(auditor, tmp_path, text=f"Hội nghị bàn về giá thép.\n\n{bad}", caption="Quang cảnh hội nghị.")
    (finding,) = gender(record)
    assert (finding.field, finding.locator.paragraph) == ("body", 2)
    assert finding.locator.article is None


def test_an_article_gets_no_advice_for_regulations(auditor: Auditor, tmp_path: Path) -> None:
    law = "Theo Luật Bình đẳng giới, con trai, con gái được gia đình chăm sóc, giáo dục và tạo điều kiện như nhau."
    record = audited(auditor, tmp_path, text=law)
    assert not record.missing and not record.advice
    assert not record.findings


def test_each_kind_is_judged_by_its_own_rules(auditor: Auditor) -> None:
    assert {kind: {rule[:2] for rule in auditor.rulebook.only(kind).rules} for kind in ("regulation", "article")} == {
        "regulation": {"HU"},
        "article": {"MD"},
    }


def test_an_initial_does_not_cut_a_sentence(auditor: Auditor, tmp_path: Path) -> None:
    text = "Nhiều người cho rằng cũng tại chị M. ăn diện, cười nói với đàn ông khác nên K. mới nổi cơn ghen mà quá tay."
    assert [finding.quote for finding in gender(audited(auditor, tmp_path, text=text))] == [text]
