"""Names of people are told from all else that has a capital."""

from __future__ import annotations

import pytest

from tests.people.articles import only, people

ALONE = {
    "Kinh": ("Đỗ Quốc Khánh", "Ông Đỗ Quốc Khánh cho biết đập đã xả nước từ nửa đêm."),
    "Kinh, a woman": ("Phạm Thị Thu Hiền", "Sáng nay, Phạm Thị Thu Hiền, 29 tuổi, nhận giấy khen của xã."),
    "Kinh, two syllables": ("Trần Bảo", "Bác sĩ Trần Bảo khám cho bà con suốt hai ngày."),
    "Thái": ("Lò Thị Ánh", "Ở bản Nà Khoang, bà Lò Thị Ánh mở lớp dạy dệt."),
    "Thái, no address": ("Quàng Văn Tiện", "Quàng Văn Tiện, 41 tuổi, nuôi cá lồng trên lòng hồ."),
    "Mông": ("Giàng A Chớ", "Anh Giàng A Chớ dẫn đoàn khách lên đỉnh núi."),
    "Mông, a woman": ("Sùng Thị Dợ", "Nhà chị Sùng Thị Dợ trồng hai nương lanh."),
    "Dao": ("Tẩn Mẩy Khé", "Chị Tẩn Mẩy Khé thêu khăn từ năm lên bảy."),
    "Dao, a man": ("Chẻo Phù Sài", "Ông Chẻo Phù Sài giữ được mười hai cuốn sách cúng."),
    "Hà Nhì": ("Pờ Go Xá", "Bà Pờ Go Xá kể rằng ngày trước cả bản chỉ có một giếng."),
    "Hà Nhì, a man": ("Lỳ Xè Hừ", "Trưởng bản Lỳ Xè Hừ họp dân lúc bảy giờ tối."),
    "La Hủ": ("Vàng Xạ Pó", "Ông Vàng Xạ Pó dựng lại nhà sau trận lở đất."),
    "La Hủ, a woman": ("Giàng Nhù De", "Chị Giàng Nhù De gùi ngô về từ sáng sớm."),
    "Khmer": ("Thạch Sa Rươl", "Ông Thạch Sa Rươl chữa chiếc ghe ngo cho đội."),
    "a foreigner": ("Ingrid Halvorsen", "Bà Ingrid Halvorsen thăm trạm y tế xã."),
    "a foreigner by an office": ("Hiroshi Tanabe", "Nhà nghiên cứu Hiroshi Tanabe ghi hình ba lễ cúng rừng."),
    "initials": ("N.T.H.", "Chị N.T.H. trình báo công an ngay trong đêm."),
    "one initial": ("K.", "Tổ công tác mời anh K. về trụ sở làm việc."),
}


@pytest.mark.parametrize("case", ALONE)
def test_a_name_of_any_people_is_found_whole(case: str) -> None:
    name, text = ALONE[case]
    assert only(text).name.rstrip(".") == name.rstrip(".")


NOBODY = {
    "a street that does something": "Đường Trần Quang Diệu đã thông xe.",
    "a street before an office": "Nước ngập đường Trần Quang Diệu, học sinh nghỉ học.",
    "a school that does something": "Hơn ba trăm học sinh Trường THCS Lê Thanh Hiền đã trở lại lớp.",
    "a company that speaks": "Công ty Hoàng Minh Phát cho biết sẽ nộp thuế.",
    "a hospital that speaks": "Bệnh viện Hoàng Long Hải thông báo ca mới.",
    "a street": "Đoạn đường Trần Quang Diệu từ ngã tư đến cầu bị ngập sâu.",
    "a lane": "Cây phượng ở phố Nguyễn Văn Tuyết bật gốc sau trận dông.",
    "a school": "Hơn ba trăm học sinh quay lại Trường THCS Lê Thanh Hiền sau lũ.",
    "a school by its short form": "Điểm thi đặt tại Trường THPT Nguyễn Thị Lan.",
    "a hospital": "Các ca ngộ độc được đưa tới Bệnh viện Hoàng Long Hải.",
    "provinces": "Mưa lớn ở Lai Châu, Điện Biên và Hà Giang còn kéo dài đến thứ bảy.",
    "a company": "Công ty Hoàng Minh Phát nộp thêm thuế của hai năm trước.",
    "a bank and a brand": "Chiếc Toyota được Sacombank thu giữ để bán đấu giá.",
    "a historical figure": "Học sinh đọc lại thư của Chủ tịch Hồ Chí Minh gửi ngành giáo dục.",
    "a general of old": "Lễ dâng hương tưởng nhớ Trần Hưng Đạo diễn ra vào mùng một.",
    "a village": "Bản Nậm Pì và bản Huổi Cưởm chưa có điện lưới.",
    "an organisation": "Hội Liên hiệp Phụ nữ và Sở Giáo dục và Đào tạo cùng ra quân.",
    "the peoples": "Người Mông, người Thái, người Hà Nhì cùng về dự hội.",
    "words that open sentences": "Trời mưa. Nước lên nhanh. Bà con dọn đồ lên gác. Đến trưa, đường thông.",
    "a god of the kitchen": "Chợ bán cá chép cúng ông Công, ông Táo từ hôm qua.",
}


@pytest.mark.parametrize("case", NOBODY)
def test_what_is_named_after_people_is_no_person(case: str) -> None:
    assert people(NOBODY[case]) == {}


def test_a_person_beside_a_place_is_found_and_the_place_is_not() -> None:
    text = "Tại xã Mường Khoa, ông Lường Văn Pản chỉ cho chúng tôi Trường Tiểu học Nguyễn Thị Định mới xây."
    assert list(people(text)) == ["Lường Văn Pản"]


def test_a_bearer_of_an_office_after_its_unit_is_found() -> None:
    text = "Chủ tịch UBND xã Tà Hừa Lò Văn Chựa đã xuống hiện trường."
    assert list(people(text)) == ["Lò Văn Chựa"]


def test_everyone_in_a_list_is_found() -> None:
    text = "Ba em Vàng Thị Xua, Hạng A Tếnh và Thào Thị Pàng được tặng xe đạp."
    assert list(people(text)) == ["Vàng Thị Xua", "Hạng A Tếnh", "Thào Thị Pàng"]


def test_a_mention_has_the_form_of_address_as_printed() -> None:
    text = "Chiều qua, Đại úy Trịnh Xuân Lực bàn giao xe. Đại úy Lực cho biết xe còn mới."
    assert only(text).mentions == ("Đại úy Trịnh Xuân Lực", "Đại úy Lực")


def test_a_short_name_in_a_title_is_the_person_of_the_body() -> None:
    text = "Bà Đinh Thị Sen nuôi 200 tổ ong. Bà Sen bán mật cho hợp tác xã."
    assert only(text, title="Bà Sen và đàn ong").name == "Đinh Thị Sen"
