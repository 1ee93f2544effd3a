"""The engine as its users meet it: minimal pairs, prefilter parity, the swap of sexes, determinism."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.audit import Auditor
from auditor.documents.interface import document_of
from auditor.matching.frames import norms
from auditor.matching.matcher import Stretch
from auditor.matching.sentence import parse
from auditor.matching.units import CORPORA, read_items
from auditor.record import GENDER_SEVERITIES

PAIRS = [
    ("Phụ nữ không được tham gia họp bản.", "Không được cản trở phụ nữ tham gia họp bản."),
    ("Mỗi hộ cử một nam giới đi họp.", "Mỗi hộ cử một người đại diện đi họp."),
    ("Con gái đã lấy chồng không được chia đất.", "Không phân biệt con trai, con gái trong thừa kế."),
    ("Được kéo vợ theo tục lệ nhưng phải báo trước.", "Nghiêm cấm kéo vợ, bắt vợ."),
    ("Nhà trai nộp 30 đồng bạc trắng mới được cưới.", "Lễ vật không quá 5 triệu, không thách cưới."),
    ("Chị em phải lo cơm nước, giữ nhà cửa.", "Vợ chồng cùng chia sẻ việc nhà."),
    ("Gái chửa hoang phạt một con lợn cúng bản.", "Không kỳ thị phụ nữ đơn thân nuôi con."),
    ("Tổ hòa giải gồm toàn nam giới có uy tín.", "Tổ hòa giải có ít nhất một nữ."),
    ("Công lao động: nam 200.000 đồng, nữ 150.000 đồng.", "Công lao động 200.000 đồng một người."),
    ("Vợ góa lấy chồng khác phải trả tiền cưới.", "Bỏ lệ vợ góa trả tiền cưới."),
    ("Đóng cửa dạy vợ, không để lộ ra ngoài.", "Khi có bạo lực phải báo ngay trưởng bản, công an xã."),
]


@pytest.fixture(scope="module")
def auditor() -> Auditor:
    return Auditor()


def gender(auditor: Auditor, text: str) -> list[str]:
    return [f.rule for f in auditor.audit(document_of(text)).findings if f.severity in GENDER_SEVERITIES]


@pytest.mark.parametrize(("bad", "good"), PAIRS)
def test_a_violation_is_found_and_its_lawful_twin_stays_silent(auditor: Auditor, bad: str, good: str) -> None:
    assert gender(auditor, bad)
    assert not gender(auditor, good)


@pytest.mark.parametrize(
    "text",
    [
        "PHỤ NỮ KHÔNG ĐƯỢC THAM GIA HỌP BẢN.",
        "PN không được tham gia họp bản.",
        "Phụ\u00a0nữ  không được tham gia họp bản.",
        "Phụ n\u00adữ không được tham gia họp bản.",
        "Phu nữ không đuợc tham gia họp bản.",
    ],
)
def test_spelling_does_not_hide_a_clause(auditor: Auditor, text: str) -> None:
    assert gender(auditor, text)


def test_a_list_inherits_the_ban_of_its_lead_in(auditor: Auditor) -> None:
    text = "Nghiêm cấm các hành vi sau:\na) Tảo hôn, ép gả con gái;\nb) Thách cưới cao;\nc) Ngược đãi phụ nữ."
    assert not gender(auditor, text)


@pytest.mark.parametrize(
    "text",
    [
        "Cấm chồng đánh vợ, vợ đánh chồng, cha mẹ đánh đập con cái.",
        "Theo sử làng chép lại, khoán ước xưa của làng không cho đàn bà dự họp; nay đã bỏ.",
        "Nghiêm cấm mọi hành vi cản trở phụ nữ ứng cử trưởng bản.",
        "Không ai được ép vợ góa trả lại ruộng cho họ nhà chồng.",
    ],
)
def test_a_clause_that_forbids_or_tells_history_stays_silent(auditor: Auditor, text: str) -> None:
    assert not gender(auditor, text)


@pytest.mark.parametrize(
    "text",
    [
        "Người chồng phải chia sẻ việc nhà với vợ.",
        "Nam giới trong bản có trách nhiệm làm việc nhà, chăm con cùng vợ.",
        "Khuyến khích đàn ông học nấu ăn, tắm cho con.",
        "Vận động chị em tham gia quản lý bản.",
        "Chồng phải chia sẻ việc nhà với vợ, không được đánh đập vợ.",
    ],
)
def test_a_clause_that_shares_out_care_or_office_stays_silent(auditor: Auditor, text: str) -> None:
    assert not auditor.audit(document_of(text)).findings


@pytest.mark.parametrize(
    "text",
    [
        "Người chồng không phải chia sẻ việc nhà với vợ.",
        "Đàn ông chia sẻ việc bản, phụ nữ nấu cơm rửa bát.",
        "Khuyến khích chị em tham gia nấu cỗ, phục vụ khách của bản.",
        "Khuyến khích nam giới tham gia chăm con; phụ nữ không được dự họp bản.",
    ],
)
def test_words_of_sharing_do_not_hide_a_violation(auditor: Auditor, text: str) -> None:
    assert auditor.audit(document_of(text)).findings


def test_a_finding_names_its_place_its_law_and_its_reason(auditor: Auditor) -> None:
    text = "Điều 7. Đất đai\n1. Đất chia theo hộ.\n2. Con gái đã lấy chồng không được chia đất."
    (finding,) = auditor.audit(document_of(text)).findings
    assert (finding.locator.article, finding.locator.clause) == ("7", "2")
    assert finding.quote == text[finding.start : finding.end]
    assert any(basis.law == "73/2006/QH11" and basis.article == "40" for basis in finding.basis)
    assert not any(basis.reviewed for basis in finding.basis)
    assert finding.trace and finding.suggestion


def test_missing_content_is_advice_and_goes_away_once_it_is_there(auditor: Auditor) -> None:
    bare = auditor.audit(document_of("Mỗi hộ góp một ngày công làm đường."))
    full = auditor.audit(document_of("Vợ chồng cùng chia sẻ việc nhà. Nghiêm cấm tảo hôn."))
    assert {"HU-MISS-02", "HU-MISS-05"} <= set(bare.missing)
    assert not {"HU-MISS-02", "HU-MISS-05"} & set(full.missing)
    assert not bare.findings


def test_law_is_chosen_by_the_day_of_the_audit(auditor: Auditor) -> None:
    from datetime import date

    text = "Mỗi cặp vợ chồng chỉ sinh hai con."
    after = auditor.audit(document_of(text), date(2025, 7, 1)).findings[0].basis
    before = auditor.audit(document_of(text), date(2024, 7, 1)).findings[0].basis
    assert {b.law for b in after} - {b.law for b in before} == {"07/2025/UBTVQH15"}


def said(found: Auditor, text: str) -> list[tuple[object, ...]]:
    stretch = [Stretch(0, len(text))]
    return [
        (h.rule.id, h.sentence.start, h.sentence.end, h.confidence, h.trace)
        for verdict in found.matcher("regulation").match(text, stretch)
        for h in verdict.hits
    ]


def test_two_processes_with_different_hash_seeds_write_the_same_bytes(tmp_path: Path) -> None:
    file = tmp_path / "quy-uoc.txt"
    file.write_text("Quy ước bản\n\n" + "\n\n".join(bad for bad, _ in PAIRS), encoding="utf-8")
    command = [sys.executable, "-m", "auditor.cli", "check", str(file), "--format", "jsonl", "--as-of", "2026-01-01"]
    runs = [
        subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}, check=False).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] and runs[0] == runs[1]


def test_the_same_input_gives_the_same_bytes(auditor: Auditor) -> None:
    text = "\n".join(bad for bad, _ in PAIRS)
    assert auditor.audit(document_of(text)).to_json() == Auditor().audit(document_of(text)).to_json()


def test_the_prefilter_changes_no_finding_on_the_corpora(auditor: Auditor) -> None:
    plain = Auditor(prefilter=False)
    for item in list(read_items(CORPORA / "regulations" / "tuned-a.jsonl"))[:200]:
        assert said(auditor, item.text) == said(plain, item.text)


NORM_WORDS = """phụ nữ/đàn ông/con gái/con dâu/vợ/chồng/không được/chỉ/phải/họp/chia đất/nấu cơm/bản/và/nhưng/PN/cấm"""
WORDS = st.sampled_from(NORM_WORDS.split("/"))


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=12).map(" ".join))
def test_the_prefilter_changes_no_finding_on_made_up_text(text: str) -> None:
    auditor, plain = SHARED
    assert said(auditor, text) == said(plain, text)


@pytest.mark.parametrize("text", ["Phụ nữ", "Hôn nhân và gia đình", "Nam, nữ thanh niên", "Chị em trong họ"])
def test_a_bare_name_of_a_group_is_no_norm(auditor: Auditor, text: str) -> None:
    assert not gender(auditor, text)


SHARED = (Auditor(), Auditor(prefilter=False))
SWAPS = [("Phụ nữ", "Đàn ông"), ("Con gái", "Con trai"), ("Con dâu", "Con rể"), ("Vợ", "Chồng")]
DENIED = [
    "không được chia đất",
    "không được họp bản",
    "không có quyền thừa kế",
    "không được vay vốn",
    "phải lo cơm nước",
]


@pytest.mark.parametrize("act", DENIED)
@pytest.mark.parametrize(("she", "he"), SWAPS)
def test_swapping_the_sexes_mirrors_the_norms_and_the_rules(auditor: Auditor, she: str, he: str, act: str) -> None:
    book = auditor.rulebook

    def seen(who: str) -> tuple[list[tuple[str, frozenset[str]]], set[str]]:
        sentence = parse(book, f"{who} {act}.", 0, len(who) + len(act) + 2)
        ((view,),) = auditor.matcher("regulation").views(f"{who} {act}.", [Stretch(0, len(who) + len(act) + 2)])
        rules = {p.rule.id for p in auditor.matcher("regulation").proposals(view) if p.strict and p.rule.mirror}
        return [(n.modality, n.what.concepts) for n in norms(sentence)], rules

    assert seen(she) == seen(he)
    assert seen(she)[0]


def test_the_spacy_component_marks_findings() -> None:
    import spacy

    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    import auditor.matching.component  # noqa: F401  registers the factory

    nlp.add_pipe("gender_auditor")
    doc = nlp("Phụ nữ không được tham gia họp bản.")
    assert [span.label_ for span in doc.spans["gender"]] == ["HU-PART-01"]
