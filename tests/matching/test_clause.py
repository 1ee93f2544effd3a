"""What stands around a sentence decides what it says: lists, lead-ins, both sexes alike, copied law."""

from __future__ import annotations

import pytest

from auditor.audit import Auditor
from auditor.documents.interface import document_of
from auditor.matching.contrasts import contrasts
from auditor.matching.features import BUCKET_BITS, buckets, clause_features, sentence_features
from auditor.matching.matcher import judged, stretches
from auditor.matching.sentence import parse
from auditor.matching.units import CORPORA, read_items
from auditor.record import GENDER_SEVERITIES, AuditRecord, Finding


@pytest.fixture(scope="module")
def auditor() -> Auditor:
    return Auditor()


def audit(auditor: Auditor, text: str) -> AuditRecord:
    return auditor.audit(document_of(text))


def gender(record: AuditRecord) -> list[Finding]:
    return [finding for finding in record.findings if finding.severity in GENDER_SEVERITIES]


def test_what_is_listed_as_no_longer_ruled_is_no_norm(auditor: Auditor) -> None:
    items = "- Con dâu phải dậy trước, ăn sau, đứng hầu khách.\n- Vợ phải sinh cho được con trai."
    assert gender(audit(auditor, f"Điều 3. Nếp nhà\n{items}"))
    assert not gender(audit(auditor, f"Điều 3. Không quy định:\n{items}"))


@pytest.mark.parametrize(
    ("text", "equal", "people"),
    [
        ("Nam: 30.000 đồng, nữ: 30.000 đồng.", True, False),
        ("Nam: 30.000 đồng, nữ: 20.000 đồng.", False, False),
        ("Nam: 231 người, nữ: 224 người.", False, True),
    ],
)
def test_amounts_for_the_two_sexes_are_compared(auditor: Auditor, text: str, equal: bool, people: bool) -> None:
    (pair,) = contrasts(parse(auditor.rulebook, text, 0, len(text)))
    assert (pair.is_equal, pair.counts_people) == (equal, people)


def test_lawful_ages_of_marriage_are_no_contrast(auditor: Auditor) -> None:
    text = "Nam đủ 20 tuổi, nữ đủ 18 tuổi mới được kết hôn."
    assert not list(contrasts(parse(auditor.rulebook, text, 0, len(text))))


def test_copied_law_is_told_as_information_with_its_article(auditor: Auditor) -> None:
    text = (
        "Điều 4. Con trai, con gái được gia đình chăm sóc, giáo dục và tạo điều kiện như nhau để học tập, lao động, "
        "vui chơi, giải trí và phát triển."
    )
    record = audit(auditor, text)
    (copied,) = [finding for finding in record.findings if finding.rule == "HU-COPY-01"]
    assert copied.severity == "S4x"
    assert "Điều 18" in copied.trace[0]
    assert not gender(record)


def test_a_village_s_own_words_are_no_copy(auditor: Auditor) -> None:
    text = "Con trai, con gái trong bản ai cũng được đi học chữ; nhà nào khó thì cả bản góp gạo cho các cháu theo học."
    assert "HU-COPY-01" not in {finding.rule for finding in audit(auditor, text).findings}


def test_features_are_numbers_within_the_model_and_see_the_neighbours(auditor: Auditor) -> None:
    def places(text: str) -> tuple[set[int], set[int]]:
        ((view, *_), *_) = auditor.matcher("regulation").views(text, stretches(judged(document_of(text))))
        sentence, clause = buckets(sentence_features(view))[0], buckets(clause_features(view))[0]
        return set(sentence.tolist()), set(clause.tolist())

    alone, among = places("Con gái được 2 phần."), places("Con gái được 2 phần. Lệ ấy nay đã bỏ.")
    assert alone == places("Con gái được 5 phần.")
    assert alone[0] < among[0] and alone[1] != among[1]
    assert max(among[0] | among[1]) < 1 << BUCKET_BITS


def test_a_sentence_the_model_only_leans_to_is_a_suspect_never_a_finding(auditor: Auditor) -> None:
    texts = [item.text for item in read_items(CORPORA / "regulations" / "tuned-a.jsonl")][:150]
    records = [(text, audit(auditor, text)) for text in texts]
    assert any(record.suspects for _, record in records)
    for text, record in records:
        for suspect in record.suspects:
            assert suspect.quote == text[suspect.start : suspect.end]
            assert suspect.start not in {finding.start for finding in gender(record)}
