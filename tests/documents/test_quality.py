from __future__ import annotations

import pytest

from auditor.documents.kind import kind_of
from auditor.documents.quality import fault, is_syllable
from tests.documents.files import CLAUSE, REGULATION


@pytest.mark.parametrize(
    "text",
    [
        CLAUSE,
        REGULATION,
        "Nam, nữ",
        "Chị Sùng Thị Sua ở Sì Cha livestream bán chè Shan tuyết trên Facebook.",
        f"The village. {CLAUSE}",
        f"{CLAUSE} \ufffd",
        "Con\u200b g\u00adái không có phần.",
    ],
)
def test_vietnamese_text_can_be_judged(text: str) -> None:
    assert fault(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "GA241"),
        (" \n\u00a0", "GA241"),
        (".......... 12 ....", "GA241"),
        ("The village meeting is held every month and all people can attend it.", "GA242"),
        ("La réunion est organisée par les députés français à l’hôtel de la ville.", "GA242"),
        ("我们是中国人，今天天气好", "GA242"),
        (CLAUSE.encode().decode("latin-1"), "GA243"),
        (CLAUSE.encode().decode("cp1252", "replace"), "GA243"),
        (CLAUSE.replace("a", "\ufffd"), "GA244"),
        ("\x00\x01\x02" * 40, "GA244"),
        ("Con gai khong duoc chia dat, nghiem cam tao hon trong ban", "GA245"),
    ],
)
def test_what_cannot_be_judged_has_its_own_code(text: str, code: str) -> None:
    assert fault(text) == code


@pytest.mark.parametrize("word", ["nghiêng", "quyết", "giường", "yêu", "ủy", "khuya", "oanh"])
def test_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["village", "straße", "blog", "français", ""])
def test_other_words_are_no_syllables(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (REGULATION, "regulation"),
        ("HƯƠNG ƯỚC LÀNG ĐÔNG\nMọi người đều được họp.", "regulation"),
        ("Điều 5. Mỗi hộ cử một người đi họp.", "regulation"),
        ("Mỗi hộ góp 100.000 đồng; hộ vi phạm bị phạt gấp đôi.", "regulation"),
        ("Chị Máy cho biết bản có 61 hộ. “Tôi rất vui”, chị chia sẻ với phóng viên.", "article"),
        ("Theo Điều 4 Luật Bình đẳng giới, ông Páo cho rằng cần sửa quy định. Sáng 12/3, huyện họp báo.", "article"),
    ],
)
def test_regulation_or_article_is_told_by_the_text(text: str, kind: str) -> None:
    assert kind_of(text) == kind
