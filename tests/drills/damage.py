"""What happens to files on their way: flipped bits, cuts, insertions, doubled parts, and what a hostile hand writes.

Packages are damaged inside their parts too, else their checksums would stop nearly all of it; XML is damaged as a tree
too, else it would hardly ever still be XML. All choices come from the random numbers handed in.
"""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from random import Random

from lxml import etree

Damage = Callable[[bytes, Random], bytes]
MOST = 100_000
NEAR = 800
NUMBERS = (b"0", b"-1", b"1", b"255", b"65536", b"2147483647", b"-2147483648", b"4294967296", b"9" * 30, b"9" * 5000)
TOKENS = (
    b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x80\xae", b"\r", b"\n\n", b"\x1a", b"\x85",
    b"%s%n", b"../../etc/passwd", b"file:///etc/passwd", b"http://127.0.0.1:9/x", b"A" * 100_000, b"(" * 5_000,
    b"<", b">", b"]]>", b"&", b"&#0;", b"&#x110000;", b"&#xD800;", b"&x;", b"<!--", b"<![CDATA[", b"<a>" * 2_000,
    b"<div>" * 1_000, b"<table><tr><td>" * 300, b"</p>", b'<!DOCTYPE a [<!ENTITY x "y">]>', b"<?xml version='9'?>",
    b"<td colspan=99999999 rowspan=99999999>", b"<ol start=-99999999999999999999><li value=1e9>", b"<br>" * 9_000,
    b"<meta charset=hex>", b"<meta charset=undefined>", b"<meta charset=unicode_escape>", b"<meta charset=utf-7>",
    b'<script type="application/ld+json">{"@graph":[1,{"@type":{},"author":[[[]]],"headline":9}]}</script>',
    b'<script type="application/ld+json">' + b"[" * 9_000 + b"</script>",
    b"{", b"}", b"{" * 9_000, b"\\", b"\\*", b"\\bin999999999 ", b"\\u-99999?", b"\\u1114112?", b"\\'", b"\\'zz",
    b"\\uc99999", b"\\cell", b"\\row", b"\\trowd\\cellx-1\\cellx99999999", b"{\\fonttbl{\\f1 .VnTime;}}", b"\\ansicpg1",
    b"{\\field{\\*\\fldinst PAGE}{\\fldrslt", b"{\\footnote" * 500, b"\\fcharset128 ", b"\\intbl",
    b"%PDF-1.7\n", b"stream\n", b"endstream", b"endobj\n", b"9 0 R", b"/Kids [2 0 R]", b"/Length 999999999",
    b"/Filter /FlateDecode", b"/Filter /JBIG2Decode", b"/Encrypt << >>", b"/MediaBox [0 0 1e9 1e9]", b"/Count 9999999",
    b"[[[[" * 500, b"<< " * 5_000, b"BT /F 10 Tf 1e30 0 0 1e30 1e30 1e30 Tm (a) Tj ET\n", b"q " * 5_000,
    b"Content-Type: multipart/mixed; boundary=", b"Content-Type: text/html; charset=hex\n\n",
    b"Content-Type: text/plain; charset=\"a\x00b\"\n", b"Content-Type: text/plain; charset*=utf-8''%FF\n",
    b"Content-Transfer-Encoding: base64\n", b"Content-Transfer-Encoding: uuencode\n", b"Content-Disposition: (((\n",
    b"Content-Disposition: attachment; filename*0*=utf-8''%00%ff; filename*9=x\n", b"Date: 99999\n",
    b"Subject: =?x?q??=",
    b"Subject: =?utf-8?b?/////w==?=\n", b"Content-Type: message/rfc822\n\n", b"To: <<<>>>,,:;@\n", b"From: \xff\n",
    b"Content-Type: application/x-zip; name=\"\\\n", b"--===", b"=0", b"=?",
    b'"', b'""', b'"' * 9_001, b",", b"," * 9_000, b";;;", b"\t", b"|",
    b'{"id":1}', b'{"id":"a","text":"\\ud800"}\n', b"[" * 9_000 + b"\n", b'{"id":"a","text":' + b"9" * 5_000 + b"}\n",
    b'{"id":"a","text":1e999,"published":"9999-99-99"}\n', b"NaN", b"null", b"\\u0000",
    b"\xff\xd8\xff\xdb", b"\xff\xd9", b"IHDR", b"IDAT\x00", b"acTL", b"iCCP", b"Exif\x00\x00MM\x00*\xff\xff\xff\xff",
    b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"mimetype", b"ftypheic", b"\xd0\xcf\x11\xe0", b"\xec\xa5\xc1\x00",
)  # fmt: skip
VALUES = (
    "", "0", "-1", "9" * 30, "9" * 5_000, "1e9", "true", "bullet", "none", "lowerRoman", "%1%2%3%4%5%6%7%8%9",
    ".VnTime", "VNI-Times", "begin", "separate", "end", "restart", "../../../x", "Standard", "1", "\u0660", "A" * 9_000,
)  # fmt: skip
_DIGITS = re.compile(rb"-?\d+")
_TROUBLES = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError)


def flip(data: bytes, random: Random) -> bytes:
    """Flip a few bits."""
    out = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 8, 64))):
        out[min(_spot(data, random), len(out) - 1)] ^= 1 << random.randrange(8)
    return bytes(out)


def cut(data: bytes, random: Random) -> bytes:
    """Cut off the end, the beginning or a piece."""
    start, end = _piece(data, random)
    return random.choice((data[:start], data[end:], data[:start] + data[end:]))


def insert(data: bytes, random: Random) -> bytes:
    """Put random bytes or zeros somewhere."""
    at = _spot(data, random)
    count = random.choice((1, 2, 16, 512))
    return data[:at] + (random.randbytes(count) if random.random() < 0.7 else bytes(count)) + data[at:]


def over(data: bytes, random: Random) -> bytes:
    """Write over a piece, so that all behind it stays in its place."""
    at = min(_spot(data, random), len(data) - 1)
    new = random.choice(
        (b"\xff" * 4, bytes(8), random.randbytes(random.choice((1, 4, 64))), random.choice(TOKENS)[:512])
    )
    return data[:at] + new[: len(data) - at] + data[at + len(new) :]


def double(data: bytes, random: Random) -> bytes:
    """Write a piece a second time, or many times, or elsewhere."""
    start, end = _piece(data, random)
    piece = data[start:end]
    at = random.choice((end, _spot(data, random)))
    return data[:at] + piece * min(random.choice((1, 1, 2, 50)), MOST // len(piece) + 1) + data[at:]


def token(data: bytes, random: Random) -> bytes:
    """Write what readers may stumble over, rather at the joints of the file than inside its words."""
    for _ in range(random.choice((1, 1, 2, 5))):
        at = _spot(data, random)
        joint = re.compile(rb"[<>{}\\\n;/,\"]").search(data, at)
        at = joint.start() + random.randrange(2) if joint and random.random() < 0.7 else at
        data = data[:at] + random.choice(TOKENS) + data[at:]
    return data


def numbers(data: bytes, random: Random) -> bytes:
    """Write other numbers."""
    found = list(_DIGITS.finditer(data[:500_000]))
    for match in sorted(random.sample(found, min(len(found), random.choice((1, 2, 5)))), key=re.Match.start)[::-1]:
        data = data[: match.start()] + random.choice(NUMBERS) + data[match.end() :]
    return data


def tree(data: bytes, random: Random) -> bytes:
    """Drop, double, move and nest elements of XML, write other values; what is no XML gets a token instead."""
    try:
        root = etree.fromstring(data)
    except (etree.XMLSyntaxError, ValueError):
        return token(data, random)
    for _ in range(random.choice((1, 2, 5, 20))):
        nodes = [node for node in root.iter() if isinstance(node.tag, str)]
        _change(random.choice(nodes), random.choice(nodes), random)
    return etree.tostring(root)


def _change(node: etree._Element, other: etree._Element, random: Random) -> None:
    above = node.getparent()
    match random.randrange(6):
        case 0 if above is not None:
            above.remove(node)
        case 1 if above is not None and len(copied := etree.tostring(node, with_tail=False)) < MOST:
            for _ in range(min(random.choice((1, 3, 100)), MOST // len(copied))):
                node.addnext(etree.fromstring(copied))
        case 2 if above is not None and node not in other.iterancestors() and node is not other:
            other.append(node)
        case 3 if len(copied := etree.tostring(node, with_tail=False)) < MOST:
            at = node
            for _ in range(min(random.choice((1, 5, 60)), MOST // len(copied))):
                deeper = etree.fromstring(copied)
                at.append(deeper)
                at = deeper
        case 4 if node.attrib:
            node.set(random.choice(list(node.attrib)), random.choice(VALUES))
        case _:
            node.tag = other.tag


def inside(data: bytes, random: Random) -> bytes:
    """Damage parts of a package, or what is packed in gzip, and pack it again."""
    try:
        if data.startswith(b"\x1f\x8b"):
            return gzip.compress(outside(gzip.decompress(data), random), mtime=0)
        source = zipfile.ZipFile(io.BytesIO(data))
        parts = [(name, source.read(name)) for name in source.namelist()]
    except _TROUBLES:
        return flip(data, random)
    weights = [2 + (name.endswith((".xml", ".xhtml", ".opf")) and 8) for name, _ in parts]
    (chosen,) = random.choices(range(len(parts)), weights)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for at, (name, content) in enumerate(parts):
            if at == chosen and random.random() < 0.05:
                continue
            target.writestr(name, outside(content, random) if at == chosen else content)
    return stream.getvalue()


_WAYS: tuple[Damage, ...] = (flip, over, over, cut, insert, double, token, token, numbers, tree, tree)


def outside(data: bytes, random: Random) -> bytes:
    """Damage the bytes of a file in one way or a few."""
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        data = random.choice(_WAYS)(data or b"\x00", random)
    return data


def damaged(data: bytes, random: Random) -> bytes:
    """Damage a file."""
    packed = data.startswith((b"PK\x03\x04", b"\x1f\x8b"))
    return (inside if packed and random.random() < 0.8 else outside)(data, random)


def _spot(data: bytes, random: Random) -> int:
    """Choose a place, often near the ends, where most forms keep what they need to be opened."""
    near = min(len(data), NEAR)
    at = random.random()
    if at < 0.25:
        return random.randrange(near + 1)
    return len(data) - random.randrange(near + 1) if at < 0.4 else random.randrange(len(data) + 1)


def _piece(data: bytes, random: Random) -> tuple[int, int]:
    start = min(_spot(data, random), len(data) - 1)
    return start, min(start + random.choice((1, 4, 50, 2_000, len(data))), len(data))
