"""Word 97-2003 files (doc), converted by LibreOffice to docx and read as such.

Measured on seven files, one at hand and six saved by LibreOffice from docx and rtf ones, 111 phrases wanted and 6 not:
converted to docx, where ``docx`` decides what a reader sees, 109 are found and none slips, in 1.5 s a file; the two
lost are numbers of a list that LibreOffice hands on as two lists. antiword finds 61, with 3 deleted or hidden ones,
catdoc 60 with all 6 (a comment and field codes too), both in 0.002 s: they draw no numbers of lists and, blind to
fonts, read nothing in TCVN3 or VNI. LibreOffice's own text export finds 68, with 3 deleted or hidden ones, in 1.1 s.
"""

from __future__ import annotations

import re
from dataclasses import replace

from auditor.documents import docx
from auditor.documents.codes import Code, trouble, warning
from auditor.documents.converter import to_docx
from auditor.documents.interface import Reading
from auditor.documents.limits import Limits

_MACROS = "_VBA_PROJECT".encode("utf-16-le")
# The header of the text stream: its mark and version (Word 6 to 2003), at the beginning of a sector, large or small.
_HEAD = re.compile(rb"[\xec\xdc]\xa5[\x65-\xff\x01-\x12][\x00\x01]")
_SECTOR, _FIRST = 64, 512
_FLAGS = 10
_ENCRYPTED = 0x0100


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """Read a Word 97-2003 file.

    Raises:
        DocumentError: GA204 damaged, GA205 locked, and those of ``converter.to_docx`` and ``docx.read``.
    """
    heads = (match.start() for match in _HEAD.finditer(data, _FIRST))
    head = next((at for at in heads if at % _SECTOR == 0), None)
    if head is None:
        raise trouble(Code.DAMAGED, detail="doc")
    if int.from_bytes(data[head + _FLAGS : head + _FLAGS + 2], "little") & _ENCRYPTED:
        raise trouble(Code.LOCKED)
    reading = docx.read(to_docx(data, "doc", limits), name, limits, running=True)
    kept = tuple(one for one in reading.warnings if one[0] != Code.MACRO)
    return replace(reading, form="doc", warnings=(*kept, warning(Code.MACRO)) if _MACROS in data else kept)
