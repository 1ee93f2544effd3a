"""Plain text in the encodings Vietnamese offices have used: Unicode, windows-1258, TCVN3, VNI, VISCII, VPS.

The bytes decide. A file is Unicode when it decodes as such; otherwise every old code table is tried and the one whose
words read most like Vietnamese wins. Nothing is altered but the encoding and, in the end, the letters' form (NFC).
"""

from __future__ import annotations

import codecs
from unicodedata import normalize

from auditor.documents.codes import Code, trouble, warning
from auditor.documents.interface import Reading
from auditor.documents.legacy import SAMPLE, SURE, TABLES, settle_texts, to_unicode
from auditor.documents.limits import Limits
from auditor.documents.quality import vietnamese_share

BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_OPEN = {0xDC00 + byte: byte for byte in range(0x80, 0xA0)}


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """Read a plain text file.

    Raises:
        DocumentError: GA201 empty, GA226 unknown encoding.
    """
    text, encoding, warnings = written(data)
    return Reading("txt", text=normalize("NFC", text), encoding=encoding, warnings=warnings)


def written(data: bytes) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Turn the bytes of a file into text that any file can hold; as :func:`decode`.

    Raises:
        DocumentError: GA201 empty, GA226 unknown encoding.
    """
    if not data:
        raise trouble(Code.EMPTY_FILE)
    text, encoding, warnings = decode(data)
    text, replaced = without_surrogates(text)
    return text, encoding, (*warnings, warning(Code.REPLACED)) if replaced else warnings


def decode(data: bytes) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Turn bytes into text.

    Returns:
        The text, ``unicode`` or the old encoding's name, and warnings.

    Raises:
        DocumentError: GA226.
    """
    for mark, codec in BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace"), "unicode", ()
    wide = _wide(data)
    if wide:
        return data.decode(wide, "replace"), "unicode", ()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _old(data)
    # An old text, or some lines of it, may have been saved as UTF-8 without being converted.
    lines, encoding = settle_texts(text.splitlines(keepends=True))
    if encoding == "unicode":
        return text, encoding, ()
    return "".join(lines), encoding, (warning(Code.CONVERTED, encoding=encoding.upper()),)


def without_surrogates(text: str) -> tuple[str, bool]:
    """Replace lone surrogates, which no file can hold, by U+FFFD one for one; say whether there were any."""
    try:
        text.encode()
    except UnicodeEncodeError:
        pass
    else:
        return text, False
    clean = "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in text)
    return clean, True


def _wide(data: bytes) -> str | None:
    """Find UTF-16 without a mark: Vietnamese text has a zero in every second byte of most letters."""
    sample = data[:4000]
    half = max(len(sample) // 2, 1)
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.05 else None


def _old(data: bytes) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Decode bytes that are not Unicode."""
    mixed = _mixed(data)
    if mixed is not None:
        return mixed, "unicode", (warning(Code.MIXED_ENCODING),)
    best = best_table(data)
    if best is None:
        raise trouble(Code.UNKNOWN_ENCODING)
    name, codec = best
    return _read(data, name, codec), name, (warning(Code.CONVERTED, encoding=name.upper()),)


def best_table(data: bytes) -> tuple[str, str] | None:
    """Find the code table, and the codec under it, that reads most like Vietnamese; None where none does."""
    sample = data[:SAMPLE]
    choices = [("windows-1258", "cp1258"), *((name, codec) for name in TABLES for codec in ("cp1252", "latin-1"))]
    share, best = max((vietnamese_share(_read(sample, *choice)), choice) for choice in choices)
    return best if share > SURE else None


def _read(data: bytes, name: str, codec: str) -> str:
    if name not in TABLES:
        return normalize("NFC", data.decode(codec, "replace"))
    # Bytes windows-1252 leaves open stand for themselves.
    return to_unicode(data.decode(codec, "surrogateescape").translate(_OPEN), name)


def _mixed(data: bytes) -> str | None:
    """Decode line by line where some lines are UTF-8 and others in an old code table (two files pasted together)."""
    lines = data.splitlines(keepends=True)
    unicode = [_utf8(line) for line in lines]
    old = b"".join(line for line, text in zip(lines, unicode, strict=True) if text is None)
    if not old or sum(1 for text in unicode if text is not None and not text.isascii()) < 2:
        return None
    best = best_table(old)
    if best is None:
        return None
    return "".join(_read(line, *best) if text is None else text for line, text in zip(lines, unicode, strict=True))


def _utf8(line: bytes) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None
