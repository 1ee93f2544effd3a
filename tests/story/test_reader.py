"""What an article is about: its topic, whom it centres on, what it says of gender."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from auditor.record import StoryRecord
from auditor.rulebook.loader import load_rulebook
from auditor.story.fingerprint import fingerprint
from auditor.story.reader import StoryReader
from tests.people.articles import article, finder


@cache
def reader() -> StoryReader:
    return StoryReader(load_rulebook().spelling)


def story(text: str, *, repairs: int = 0, **fields: Any) -> StoryRecord:
    document = article(text, **fields)
    whole = finder().find(document)
    byline = finder().byline_gender(document.byline)
    return reader().read(document, whole.records, whole.shares, byline=byline, repairs=repairs)


TOPICS = {
    "politics": "Hơn hai trăm cử tri tiếp xúc ứng cử viên đại biểu HĐND tỉnh trước kỳ bầu cử.",
    "economy": "Thương lái hạ giá thu mua nên lợi nhuận của doanh nghiệp xuất khẩu chè giảm.",
    "health": "Bác sĩ của bệnh viện huyện phẫu thuật cứu một bệnh nhân bị thủng ruột.",
    "social": "Mưa lũ gây sạt lở ba điểm, học sinh của hai trường phải nghỉ học.",
    "crime": "Công an khởi tố, bắt giữ hai đối tượng trộm cướp; vụ án được điều tra mở rộng.",
    "gender": "Hội Liên hiệp Phụ nữ xã bàn cách xóa định kiến giới, ngăn bạo lực gia đình.",
    "culture": "Khán giả kín sân khi đạo diễn và các diễn viên ra mắt bộ phim về nghệ nhân khèn.",
}


@pytest.mark.parametrize("topic", TOPICS)
def test_words_tell_the_topic(topic: str) -> None:
    assert story(TOPICS[topic]).topic == topic


SECTIONS = {
    "Chính trị": "politics",
    "Kinh tế": "economy",
    "Sức khỏe": "health",
    "Giáo dục": "social",
    "Pháp đình": "crime",
    "Bình đẳng giới": "gender",
    "Thể thao": "culture",
}


@pytest.mark.parametrize("section", SECTIONS)
def test_the_section_tells_the_topic_where_words_say_little(section: str) -> None:
    record = story("Sáng nay, mọi người gặp nhau ở sân vận động.", section=section)
    assert record.topic == SECTIONS[section]
    assert record.section == section


def test_many_words_outweigh_the_section() -> None:
    text = "\n\n".join([TOPICS["crime"]] * 2)
    assert story(text, section="Kinh tế").topic == "crime"


def test_a_story_that_nothing_tells_of_is_a_social_one() -> None:
    assert story("Hôm qua trời trong.").topic == "social"


PLAIN = "Tổ thủy nông bản Nà Khoang nạo vét xong hai cây số mương."


@pytest.mark.parametrize(
    ("text", "title", "about"),
    [
        (PLAIN, "Vì bình đẳng giới ở bản Nà Khoang", True),
        ("Tháng hành động vì bình đẳng giới mở màn ở xã.", None, True),
        (f"{PLAIN}\n\nHọ cũng bàn về bình đẳng giới.\n\nTrưởng bản nhắc lại chuyện trọng nam khinh nữ.", None, True),
        (f"{PLAIN}\n\nCuối buổi, có người nhắc đến bình đẳng giới.", None, False),
        (PLAIN, "Mương mới ở Nà Khoang", False),
    ],
)
def test_a_story_is_about_equality_if_it_opens_with_it_or_comes_back_to_it(
    text: str, title: str | None, about: bool
) -> None:
    assert story(text, title=title).about_gender_equality is about


WOMAN = (
    "Chị Sùng Thị Dợ mở xưởng se lanh ở bản Nà Khoang. Chị có mười hai thợ.\n\n"
    "“Tôi học nghề từ bà ngoại”, chị Dợ kể. Chị dự định mở thêm một xưởng."
)
MAN = (
    "Anh Hạng A Tếnh mở lò rèn ở bản Nà Khoang. Anh có ba thợ.\n\n"
    "“Tôi học nghề từ ông nội”, anh Tếnh kể. Anh dự định mở thêm một lò."
)


def test_a_story_of_a_woman_centres_on_women_and_one_of_a_man_does_not() -> None:
    assert story(WOMAN, title="Xưởng lanh của chị Dợ").central_women
    assert story(WOMAN, title="Xưởng lanh bên suối").central_women
    assert not story(MAN, title="Lò rèn bên suối").central_women
    assert not story(PLAIN, title="Mương mới").central_women


def test_a_story_of_women_as_a_group_centres_on_women() -> None:
    text = "Hơn hai mươi người dự lớp học buổi tối ở nhà văn hóa."
    assert story(text, title="Phụ nữ bản Nà Khoang học chữ").central_women


def test_a_challenge_to_a_stereotype_is_told_by_words_or_by_what_the_audit_found() -> None:
    assert story(PLAIN, title="Nữ trưởng bản đầu tiên của Nà Khoang").challenges_stereotype
    assert story(PLAIN, repairs=1).challenges_stereotype
    assert not story(PLAIN).challenges_stereotype


def test_a_law_counts_where_the_story_has_to_do_with_gender() -> None:
    assert story("Xã tập huấn Luật Bình đẳng giới cho hội viên phụ nữ.").names_law
    assert story("Người chồng bạo hành bị xử phạt theo Luật Phòng, chống bạo lực gia đình.").names_law
    assert not story("Tòa áp dụng Bộ luật Hình sự để xử vụ trộm trâu.").names_law
    assert not story("Hội Phụ nữ xã tặng quà hộ nghèo.").names_law


VIOLENT = "Khuya 2/5, một người chồng bạo hành vợ ngay tại nhà. Hàng xóm gọi tổ hòa giải."


def test_violence_over_gender_is_told_from_other_violence() -> None:
    assert story(VIOLENT).gender_violence
    assert story(PLAIN, title="Khởi tố kẻ hiếp dâm bé gái").gender_violence
    assert not story("Hai nhóm thanh niên ẩu đả vì tranh chỗ đỗ xe.").gender_violence


def test_help_counts_for_those_who_suffer_violence() -> None:
    assert story(f"{VIOLENT}\n\nNgười bị bạo lực có thể gọi số 1900 969 680 hoặc tới Ngôi nhà bình yên.").help_line
    assert not story(VIOLENT).help_line
    assert not story("Điện lực mở đường dây nóng báo mất điện mùa mưa.").help_line


@pytest.mark.parametrize(
    ("byline", "gender"),
    [
        ("Thu Trang", "female"),
        ("Quốc Hùng", "male"),
        ("Thu Trang - Nguyễn Thị Ngoan", "female"),
        ("Thu Trang - Quốc Hùng", "unknown"),
        ("P.V", "unknown"),
        ("Biên tập: Thu Trang", "female"),
        (None, "unknown"),
    ],
)
def test_the_gender_of_who_signs_is_kept(byline: str | None, gender: str) -> None:
    assert story(PLAIN, byline=byline).byline_gender == gender


def test_the_fingerprint_is_of_the_body_alone() -> None:
    bare = story(WOMAN)
    dressed = story(WOMAN, title="Xưởng lanh bên suối", caption="Xưởng chị Dợ.", byline="Thu Trang", section="Kinh tế")
    assert bare.fingerprint == dressed.fingerprint
    assert len(bare.fingerprint) == 16
    assert bare.fingerprint != story(MAN).fingerprint
    assert fingerprint(WOMAN) == bare.fingerprint


def test_an_article_is_news_unless_it_says_otherwise() -> None:
    assert story(PLAIN).genre == "news"
    assert story(PLAIN, genre="interview").genre == "interview"


def test_an_article_of_a_title_alone_has_a_story_without_fingerprint() -> None:
    record = story("", title="Phụ nữ bản Nà Khoang học chữ")
    assert record.fingerprint == ""
    assert record.topic == "gender"
