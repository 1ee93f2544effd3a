"""Passwords: what is asked of them, how they are kept, and those the program makes up.

Kept as Argon2id hashes (RFC 9106). The rules are those of NIST SP 800-63B: length and no well-known password, no rules
about kinds of characters. A Vietnamese password may come composed or decomposed from different keyboards, so it is
normalised before it is hashed.
"""

from __future__ import annotations

import re
import secrets
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from auditor.errors import StoreError
from auditor.text import bare

SHORTEST, LONGEST = 10, 200
"""Least and greatest number of characters of a password."""
_COMMON = """
1234567890 0123456789 0987654321 9876543210 1234567891 12345678910 123456789a a123456789 123123123 1231231231
1111111111 0000000000 1122334455 1223334444 147258369 1472583690 789456123 987654321 123654789 0123456789a
123456789abc abc123456789 abcd123456 abc1234567 abcdefghij abcd1234567 aa123456789 a1234567890 qwertyuiop
qwerty12345 qwerty123456 qwertyuiop123 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc qazwsxedcrfv asdfghjkl asdfghjkl123
password password1 password12 password123 password1234 password123456 passw0rd123 p4ssw0rd123 iloveyou iloveyou123
administrator admin123 admin1234 admin12345 admin123456 adminadmin quantri quantri123 quantri1234 quantrivien
quantrivien123 welcome welcome123 letmein123 changeme changeme123 matkhau matkhau1 matkhau12 matkhau123 matkhau1234
matkhau12345 matkhau123456 matkhaumoi matkhaumoi123 matkhaucuatoi khongcomatkhau khongbiet khongcogi anhyeuem
anhyeuem123 anhyeuemnhieu emyeuanh emyeuanh123 yeuanhmaimai yeuemmaimai anhnhoem vietnam vietnam1 vietnam123
vietnam2025 vietnam2026 vietnamvodich hanoi hanoi123456 laichau laichau1 laichau12 laichau123 laichau1234
laichau2025 laichau2026 laichau123456 tinhlaichau sovhttdl sovhttdl123 vanhoa vanhoa123 soatgioi soatgioi1
soatgioi123 binhdanggioi binhdanggioi1 xinchao xinchao123 conyeume conyeucha toiyeuvietnam maiyeuem maiyeuanh
"""
COMMONEST = frozenset(_COMMON.split())
"""Well-known passwords, without marks, spaces and signs; those too short stand here for what people add to them."""
_PLAIN = """
nui song suoi doi rung cay hoa cam quyt man mo dao chuoi khoai lua gao nep xoi che mat muoi dau vung lac bau tom cua
oc vit ga ngan trau ngua voi bao huou nai tho soc kien ong cong yen sao trang may mua gio nang suong bang xuan ha thu
dong sang trua chieu toi ngay tuan thang nam gieng ao ho cau duong ngo san nha bep mai vach ban ghe giuong noi bat dia
thia guong luoc khan non khuyen vai soi chi kim keo gui cuoc xeng liem rua trong chieng khen dan sach vo but muc thuoc
thuyen xe tau xanh vang tim hong nau bac ruong nuong mia bong ngoc trinh phao hat canh phen cot cuoi hatde lan
"""
WORDS = tuple(_PLAIN.split())
_SIGNS = re.compile(r"[\W_]+")
_HASHER = PasswordHasher()
_AT_ONCE = threading.BoundedSemaphore(2)
"""Each hashing takes 64 MiB and a core: many attempts at once shall not exhaust an office computer."""
_NOBODY = _HASHER.hash(secrets.token_hex())


def check(password: str, login: str) -> None:
    """Refuse a password that is easy to guess.

    Raises:
        StoreError: GA335, it is too short or too long, well known, or made of the login.
    """
    plain = _SIGNS.sub("", bare(password))
    name = _SIGNS.sub("", login.lower())
    if len(password) < SHORTEST:
        raise StoreError("GA335", f"Mật khẩu cần ít nhất {SHORTEST} ký tự. Một câu ngắn dễ nhớ là tốt nhất.")
    if len(password) > LONGEST:
        raise StoreError("GA335", f"Mật khẩu dài quá {LONGEST} ký tự. Xin chọn một câu ngắn hơn.")
    if len(set(password)) < 4 or plain in COMMONEST:
        raise StoreError("GA335", "Mật khẩu này quá dễ đoán. Xin chọn một câu ngắn mà chỉ đồng chí nghĩ ra.")
    if name and plain.strip("0123456789") in {name.strip("0123456789"), name, name * 2}:
        raise StoreError("GA335", "Mật khẩu không được chỉ là tên đăng nhập. Xin chọn một câu ngắn dễ nhớ.")


def hashed(password: str) -> str:
    """Return what is kept of a password."""
    with _AT_ONCE:
        return _HASHER.hash(_normal(password))


def fits(kept: str | None, password: str) -> bool:
    """Say whether a password is the one kept; where none is kept it takes as long to say no."""
    if len(password) > LONGEST:
        password = ""
    with _AT_ONCE:
        try:
            return _HASHER.verify(kept or _NOBODY, _normal(password)) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def passphrase() -> str:
    """Make up a password to be used once: six words that can be read out over the telephone (about 42 bits)."""
    return "-".join(secrets.choice(WORDS) for _ in range(6))


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)
