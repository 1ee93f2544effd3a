"""How parts of a record are named in Vietnamese."""

from __future__ import annotations

from auditor.record import Basis, Gender, LocatorRecord

SEVERITIES: dict[str, str] = {
    "S4": "dấu hiệu phân biệt đối xử về giới trái pháp luật",
    "S3": "định kiến giới",
    "S2": "khuôn mẫu giới",
    "S1": "cách dùng từ chưa nhạy cảm giới",
    "S4x": "vấn đề khác: dấu hiệu trái pháp luật không vì giới",
    "S0": "thiếu nội dung tích cực nên có",
}
KINDS: dict[str | None, str] = {"regulation": "hương ước, quy ước", "article": "bài báo", None: "chưa rõ loại"}
CATEGORIES: dict[str, str] = {
    "HU-PROP": "Tài sản, đất đai, thừa kế",
    "HU-PART": "Tham gia, biểu quyết, lãnh đạo",
    "HU-MARR": "Hôn nhân",
    "HU-FAM": "Quan hệ gia đình",
    "HU-LAB": "Lao động, đóng góp",
    "HU-RIT": "Nghi lễ, thờ cúng",
    "HU-CHILD": "Trẻ em",
    "HU-REPRO": "Sinh con, sức khỏe sinh sản",
    "HU-SANC": "Xử phạt",
    "HU-LANG": "Cách dùng từ",
    "HU-COPY": "Chép lại luật",
    "MD-DISC": "Hạ thấp, trọng nam, kỳ thị",
    "MD-ROLE": "Phân vai theo giới",
    "MD-TRAIT": "Tính nết gán cho giới",
    "MD-LEAD": "Cách kể về phụ nữ lãnh đạo",
    "MD-OBJ": "Ngoại hình, tuổi, hôn nhân",
    "MD-LANG": "Từ miệt thị",
    "MD-VICT": "Bạo lực, người bị hại",
    "MD-ETH": "Phong tục, dân tộc",
    "MD-AD": "Quảng cáo, tuyển dụng",
}

GENDERS: dict[Gender, str] = {"female": "nữ", "male": "nam", "unknown": "chưa rõ"}
QUOTES: dict[str, str] = {"direct": "trực tiếp", "indirect": "gián tiếp", "no": "không"}
FUNCTIONS: dict[str, str] = {
    "subject": "nhân vật chính",
    "spokesperson": "người phát ngôn",
    "expert": "chuyên gia",
    "personal_experience": "kể chuyện mình",
    "eyewitness": "người chứng kiến",
    "popular_opinion": "tiếng nói người dân",
    "other": "được nhắc tới",
}
TOPICS: dict[str, str] = {
    "politics": "chính trị, quản lý nhà nước",
    "economy": "kinh tế",
    "health": "khoa học, y tế",
    "social": "xã hội, pháp luật",
    "crime": "tội phạm, bạo lực",
    "gender": "giới",
    "culture": "văn hóa, thể thao",
}


def place(locator: LocatorRecord) -> str:
    """Name a place from the widest part to the narrowest; the paragraph where the outline is unknown."""
    named = (
        ("Phần", locator.part),
        ("Chương", locator.chapter),
        ("Mục", locator.section),
        ("Điều", locator.article),
        ("khoản", locator.clause),
        ("điểm", locator.point),
    )
    words = [f"{name} {value}" for name, value in named if value is not None]
    if not words and locator.paragraph is not None:
        words = [f"đoạn {locator.paragraph}"]
    if locator.page is not None:
        words.append(f"trang {locator.page}")
    found = ", ".join(words)
    return found[:1].upper() + found[1:] if found else "Chưa rõ vị trí"


def law(basis: Basis) -> str:
    """Name a provision as it is cited: point, clause, article, law and its number."""
    annex = basis.article.startswith("PL")
    words = [f"điểm {basis.point}"] if basis.point else []
    if basis.clause:
        words.append(f"khoản {basis.clause}")
    words.append(f"Phụ lục {basis.article.removeprefix('PL')}" if annex else f"Điều {basis.article}")
    if not basis.title:
        words.append(basis.law)
    else:
        words.append(basis.title if basis.law in basis.title else f"{basis.title} (số {basis.law})")
    found = " ".join(words)
    return found[:1].upper() + found[1:]


def standing(basis: Basis) -> str:
    """Say how far a citation may be relied on."""
    return "Căn cứ đã được người làm công tác pháp luật duyệt" if basis.reviewed else "Căn cứ tham khảo"


def percent(share: float) -> str:
    """Write a share as a whole percentage; never 100 % for less than all."""
    return f"{min(round(share * 100), 100 if share >= 1 else 99)}%"
