"""The codes of this package: what can go wrong with an input, and what to do about it.

GA201–GA228 an input that cannot be read · GA229 a limit that is none · GA231–GA239 a warning beside a document that
was read · GA241–GA249 a text that was read but cannot be judged, or is not what it was handed in for · GA251–GA259 the
recognition of scans and photos · GA261–GA269 what happened while a text was audited.
"""

from __future__ import annotations

from enum import StrEnum, unique

from auditor.errors import DocumentError


@unique
class Code(StrEnum):
    """A stable code; a number is never given a new meaning."""

    EMPTY_FILE = "GA201"
    MISSING_PATH = "GA202"
    UNKNOWN_FORM = "GA203"
    DAMAGED = "GA204"
    LOCKED = "GA205"
    TOO_LARGE = "GA206"
    BOMB = "GA207"
    TOO_MANY_PAGES = "GA208"
    TOO_SLOW = "GA209"
    NO_PAGES = "GA210"
    SCAN = "GA211"
    ZIP_TOO_DEEP = "GA212"
    UNSAFE_NAME = "GA213"
    LINK = "GA214"
    TOO_MANY_MEMBERS = "GA215"
    EMPTY_ZIP = "GA216"
    UNSAFE_XML = "GA217"
    DEEP_XML = "GA218"
    PROGRAM = "GA219"
    NOT_ALLOWED = "GA220"
    BAD_JSON = "GA221"
    BAD_ITEM = "GA222"
    ITEM_NOT_UTF8 = "GA223"
    LONG_LINE = "GA224"
    UNREADABLE_MEMBER = "GA225"
    UNKNOWN_ENCODING = "GA226"
    READER_FAILED = "GA227"
    NO_CONVERTER = "GA228"
    BAD_LIMIT = "GA229"

    PAGES_WITHOUT_TEXT = "GA231"
    MIXED_ENCODING = "GA232"
    CONVERTED = "GA233"
    OTHER_NAME = "GA234"
    MACRO = "GA235"
    FIELD_IGNORED = "GA236"
    DOUBLE_KEY = "GA237"
    MARKUP = "GA238"
    REPLACED = "GA239"

    BLANK = "GA241"
    NOT_VIETNAMESE = "GA242"
    MOJIBAKE = "GA243"
    BROKEN_LETTERS = "GA244"
    NO_MARKS = "GA245"
    LIKE_ARTICLE = "GA246"

    NO_TESSERACT = "GA251"
    POOR_SCAN = "GA252"
    TOO_MANY_PIXELS = "GA253"
    POOR_PAGES = "GA254"
    SLOW_PAGES = "GA255"

    WORKER_DIED = "GA261"
    WORKER_STUCK = "GA262"
    AUDIT_FAILED = "GA263"


READ_NOW = (
    "Word (.docx, .docm, .doc), .odt, .rtf, PDF (có lớp chữ hoặc bản chụp), ảnh chụp (.jpg, .png, .tiff, .heic),"
    " trang web (.html, .mht), thư điện tử (.eml), .epub,"
    " văn bản thuần (.txt), bảng .csv, tệp bài (.jsonl, .jsonl.gz), tệp nén .zip và thư mục"
)

MESSAGES: dict[Code, str] = {
    Code.EMPTY_FILE: "Tệp rỗng, không có nội dung để kiểm tra. Xin gửi lại tệp có nội dung.",
    Code.MISSING_PATH: "Không tìm thấy “{path}”. Xin kiểm tra lại đường dẫn.",
    Code.UNKNOWN_FORM: "Chưa đọc được dạng tệp này ({form}). Hiện đọc được: "
    + READ_NOW
    + ". Xin lưu lại thành một trong các dạng ấy rồi gửi lại.",
    Code.DAMAGED: "Tệp hỏng, không đọc được ({detail})."
    " Xin mở tệp bằng chương trình đã tạo ra nó, lưu lại rồi gửi lại.",
    Code.LOCKED: "Tệp bị khóa bằng mật khẩu. Xin gỡ mật khẩu rồi gửi lại bản không khóa.",
    Code.TOO_LARGE: "Tệp quá lớn ({size} byte, mức cho phép {limit} byte). Xin tách thành các tệp nhỏ hơn.",
    Code.BOMB: "Tệp nén bung ra quá lớn so với mức cho phép ({limit}). Để an toàn, tệp không được đọc;"
    " xin kiểm tra nguồn gốc của tệp.",
    Code.TOO_MANY_PAGES: "Tệp có {pages} trang, mức cho phép là {limit} trang. Xin tách thành các tệp ngắn hơn.",
    Code.TOO_SLOW: "Đọc tệp quá {limit} giây nên đã dừng. Xin tách nhỏ hoặc lưu lại tệp rồi thử lại.",
    Code.NO_PAGES: "Tệp PDF không có trang nào, không có gì để kiểm tra. Xin xuất lại tệp PDF.",
    Code.SCAN: "Không thấy chữ nào trên bản chụp (trang trắng, hoặc chỉ có hình)."
    " Xin chụp lại trang có chữ, hoặc gửi bản Word.",
    Code.ZIP_TOO_DEEP: "Tệp nén lồng nhau quá {limit} tầng nên không đọc tiếp. Xin giải nén rồi gửi lại.",
    Code.UNSAFE_NAME: "Tên tệp bên trong tệp nén trỏ ra ngoài thư mục ({name}) nên không được đọc."
    " Xin nén lại từ một thư mục thông thường.",
    Code.LINK: "Đây là liên kết hoặc tệp đặc biệt, không phải tệp thông thường, nên không được đọc."
    " Xin gửi chính tệp gốc.",
    Code.TOO_MANY_MEMBERS: "Tệp nén có {members} mục, mức cho phép là {limit}. Xin tách thành nhiều tệp nén.",
    Code.EMPTY_ZIP: "Tệp nén không có tệp nào để đọc. Xin kiểm tra lại nội dung tệp nén.",
    Code.UNSAFE_XML: "Tệp chứa khai báo XML không an toàn (DTD, thực thể) mà Word không bao giờ ghi."
    " Xin mở bằng Word, lưu lại rồi gửi lại.",
    Code.DEEP_XML: "Nội dung tệp lồng nhau quá sâu nên không đọc được. Xin bỏ bớt các bảng lồng nhau rồi gửi lại.",
    Code.PROGRAM: "Đây là tệp chương trình, không phải văn bản, nên không được mở. Xin kiểm tra nguồn gốc của tệp.",
    Code.NOT_ALLOWED: "Không mở được tệp ({detail}). Xin kiểm tra quyền đọc của tệp.",
    Code.BAD_JSON: "Dòng này không phải một đối tượng JSON ({detail}). Xin ghi mỗi bài một dòng theo mẫu"
    ' {{"id": "…", "kind": "…", "text": "…"}}.',
    Code.BAD_ITEM: "Dòng này thiếu hoặc sai trường {fields}. Mỗi bài cần “id” là chuỗi và “text” là chuỗi có nội dung.",
    Code.ITEM_NOT_UTF8: "Dòng này có byte không phải UTF-8. Xin lưu lại tệp bài theo bảng mã UTF-8.",
    Code.LONG_LINE: "Dòng này dài quá {limit} byte nên không đọc. Xin tách bài này thành các bài ngắn hơn.",
    Code.UNREADABLE_MEMBER: "Không lấy được tệp này ra khỏi tệp nén ({detail}). Xin nén lại rồi gửi lại.",
    Code.UNKNOWN_ENCODING: "Không nhận ra bảng mã của tệp. Xin lưu lại theo bảng mã UTF-8 (Unicode).",
    Code.READER_FAILED: "Chương trình không đọc được tệp này ({detail}). Xin lưu lại tệp rồi thử lại;"
    " nếu vẫn lỗi, xin gửi tệp cho nhóm kỹ thuật.",
    Code.NO_CONVERTER: "Máy này chưa có LibreOffice Writer nên chưa đọc được tệp Word cũ (.doc)."
    " Xin cài LibreOffice Writer, hoặc mở tệp bằng Word, lưu lại thành .docx rồi gửi lại.",
    Code.BAD_LIMIT: "Mức giới hạn “{choice}” không dùng được. Hãy viết TÊN=SỐ, số lớn hơn 0; các tên và mức sẵn có:"
    " {known}.",
    Code.PAGES_WITHOUT_TEXT: "Không đọc được chữ ở trang {pages} (trang chụp hoặc trang trắng);"
    " phần này chưa được kiểm tra. Xin gửi bản Word của các trang ấy.",
    Code.MIXED_ENCODING: "Tệp lẫn nhiều bảng mã; đã đọc từng dòng theo bảng mã phù hợp. Xin đối chiếu lại với bản gốc.",
    Code.CONVERTED: "Đã chuyển từ bảng mã cũ {encoding} sang Unicode. Xin đối chiếu lại nếu thấy chữ lạ.",
    Code.OTHER_NAME: "Nội dung tệp là dạng {form}, khác với đuôi tên tệp; đã đọc theo nội dung.",
    Code.MACRO: "Tệp có macro. Macro không được chạy; chỉ phần chữ được đọc. Xin thận trọng khi mở tệp gốc.",
    Code.FIELD_IGNORED: "Trường “{field}” không dùng được nên đã bỏ qua ({detail}).",
    Code.DOUBLE_KEY: "Trường “{field}” được ghi hai lần; lần ghi sau được dùng.",
    Code.MARKUP: "Phần chữ có thẻ HTML; đã giữ nguyên như nguồn. Nên gửi phần chữ không có thẻ.",
    Code.REPLACED: "Có ký tự hỏng không thuộc Unicode; mỗi ký tự ấy đã được thay bằng dấu “\ufffd”.",
    Code.BLANK: "Không thấy chữ nào trong văn bản. Xin gửi lại bản có nội dung.",
    Code.NOT_VIETNAMESE: "Văn bản không phải tiếng Việt nên không kiểm tra được. Xin gửi bản tiếng Việt.",
    Code.MOJIBAKE: "Chữ trong văn bản bị lỗi bảng mã (ví dụ “Ä‘iá»u” thay cho “điều”)."
    " Xin lưu lại từ tệp gốc theo UTF-8 rồi gửi lại.",
    Code.BROKEN_LETTERS: "Văn bản có quá nhiều ký tự hỏng, không đủ rõ để kiểm tra. Xin gửi lại tệp gốc.",
    Code.NO_MARKS: "Văn bản tiếng Việt không dấu nên không đủ rõ để kiểm tra. Xin gửi bản có dấu.",
    Code.LIKE_ARTICLE: "Văn bản này giống tin, bài hơn là hương ước, quy ước; vẫn được soát như hương ước, quy ước."
    " Nếu tải nhầm, xin rút lại tệp này.",
    Code.NO_TESSERACT: "Máy này chưa có chương trình nhận dạng chữ tiếng Việt nên không đọc được bản chụp."
    " Xin cài Tesseract cùng gói tiếng Việt (Debian, Ubuntu: apt-get install tesseract-ocr tesseract-ocr-vie)"
    " rồi chạy lại.",
    Code.POOR_SCAN: "Bản chụp quá mờ hoặc quá nhỏ, nhận dạng không đủ tin cậy nên chưa được kiểm tra."
    " Xin chụp lại thẳng, đủ sáng, rõ nét (từ 200 dpi), hoặc gửi bản Word.",
    Code.TOO_MANY_PIXELS: "Ảnh quá lớn (mức cho phép {limit} triệu điểm ảnh) nên không được mở."
    " Xin thu nhỏ ảnh hoặc quét lại ở 200–300 dpi.",
    Code.POOR_PAGES: "Trang {pages} chụp quá mờ, nhận dạng không đủ tin cậy; phần này chưa được kiểm tra."
    " Xin chụp lại các trang ấy.",
    Code.SLOW_PAGES: "Nhận dạng trang {pages} quá lâu nên đã dừng; phần này chưa được kiểm tra."
    " Xin quét lại các trang ấy rõ hơn, hoặc gửi bản Word.",
    Code.WORKER_DIED: "Tiến trình soát dừng đột ngột mỗi khi gặp văn bản này (thiếu bộ nhớ hoặc lỗi thư viện),"
    " nên văn bản chưa được soát; các văn bản khác không bị ảnh hưởng."
    " Xin soát riêng văn bản này bằng “auditor check”.",
    Code.WORKER_STUCK: "Soát văn bản này quá {limit:g} giây chưa xong nên đã dừng. Xin chia nhỏ hoặc gửi lại tệp gốc.",
    Code.AUDIT_FAILED: "Có lỗi khi soát văn bản này ({detail}); các văn bản khác không bị ảnh hưởng."
    " Xin báo lại cho nhóm phát triển kèm văn bản.",
}


def message(code: Code, **facts: object) -> str:
    """Return the Vietnamese text of a code with its facts filled in."""
    return MESSAGES[code].format(**facts)


def trouble(code: Code, **facts: object) -> DocumentError:
    """Return the error of a code, ready to be raised."""
    return DocumentError(code.value, message(code, **facts))


def warning(code: Code, **facts: object) -> tuple[str, str]:
    """Return a warning as a pair of code and Vietnamese message."""
    return code.value, message(code, **facts)
