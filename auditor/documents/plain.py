"""Plain text in the encodings Vietnamese offices have used: Unicode, windows-1258, TCVN3, VNI, VISCII.

The bytes decide. A file is Unicode when it decodes as such; otherwise every old code table is tried and the one whose
words read most like Vietnamese wins. Nothing is altered but the encoding and, in the end, the letters' form (NFC).
"""

from __future__ import annotations

import codecs
from unicodedata import normalize

from auditor.documents.codes import Code, trouble, warning
from auditor.documents.interface import Reading
from auditor.documents.legacy import SAMPLE, SURE, TABLES, from_old_letters, to_unicode
from auditor.documents.limits import Limits
from auditor.documents.quality import vietnamese_share

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """Read a plain text file.

    Raises:
        DocumentError: GA201 empty, GA226 unknown encoding.
    """
    if not data:
        raise trouble(Code.EMPTY_FILE)
    text, encoding, warnings = decode(data)
    text, replaced = without_surrogates(text)
    if replaced:
        warnings = (*warnings, warning(Code.REPLACED))
    return Reading("txt", text=normalize("NFC", text), encoding=encoding, warnings=warnings)


def decode(data: bytes) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Turn bytes into text.

    Returns:
        The text, ``unicode`` or the old encoding's name, and warnings.

    Raises:
        DocumentError: GA226.
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace"), "unicode", ()
    wide = _wide(data)
    if wide:
        return data.decode(wide, "replace"), "unicode", ()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _old(data)
    # An old text made of plain letters and Latin-1 marks may have been saved as UTF-8 without being converted.
    found, encoding = from_old_letters(text)
    return found, encoding, (warning(Code.CONVERTED, encoding=encoding.upper()),) if encoding != "unicode" else ()


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
    candidates = [("windows-1258", normalize("NFC", data.decode("cp1258", "replace")))]
    for codec in ("cp1252", "latin-1"):
        # Bytes windows-1252 leaves open stand for themselves.
        text = "".join(bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in data)
        candidates.extend((name, to_unicode(text, name)) for name in TABLES)
    share, encoding, text = max(
        ((vietnamese_share(text[:SAMPLE]), name, text) for name, text in candidates), key=lambda found: found[0]
    )
    if share <= SURE:
        raise trouble(Code.UNKNOWN_ENCODING)
    return text, encoding, (warning(Code.CONVERTED, encoding=encoding.upper()),)


def _mixed(data: bytes) -> str | None:
    """Decode line by line where some lines are UTF-8 and others windows-1258 (two files pasted together)."""
    lines = data.splitlines(keepends=True)
    texts: list[str] = []
    unicode = old = 0
    for line in lines:
        try:
            text = line.decode("utf-8")
            unicode += not line.isascii()
        except UnicodeDecodeError:
            text = line.decode("cp1258", "replace")
            old += 1
            if vietnamese_share(normalize("NFC", text)) <= 0:
                return None
        texts.append(text)
    return "".join(texts) if unicode >= 2 and old else None
