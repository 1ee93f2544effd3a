"""Word 97-2003 files (doc), converted by LibreOffice to docx and read as such.

Measured on the doc files at hand and on files made from the docx ones: antiword and catdoc take 0.02 s but lose fonts
(so the capitals of .VnTimeH), tracked changes and automatic numbers; LibreOffice's own text export keeps deleted and
hidden text. Converted to docx nothing is lost and ``docx`` decides what a reader sees, for 2 s a file.
"""

from __future__ import annotations

import io
from dataclasses import replace

import olefile

from auditor.documents import docx
from auditor.documents.codes import Code, trouble, warning
from auditor.documents.converter import to_docx
from auditor.documents.interface import Reading
from auditor.documents.limits import Limits

_MACROS = ("Macros", "_VBA_PROJECT_CUR")
_FLAGS = 10
_ENCRYPTED = 0x0100


def read(data: bytes, name: str, limits: Limits) -> Reading:
    """Read a Word 97-2003 file.

    Raises:
        DocumentError: GA204 damaged, GA205 locked, and those of ``converter.to_docx`` and ``docx.read``.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as compound:
            head = compound.openstream("WordDocument").read(_FLAGS + 2)
            macros = any(compound.exists(one) for one in _MACROS)
    except OSError as error:
        raise trouble(Code.DAMAGED, detail="doc") from error
    if len(head) < _FLAGS + 2:
        raise trouble(Code.DAMAGED, detail="doc")
    if int.from_bytes(head[_FLAGS:], "little") & _ENCRYPTED:
        raise trouble(Code.LOCKED)
    reading = docx.read(to_docx(data, "doc", limits), name, limits, running=True)
    kept = tuple(one for one in reading.warnings if one[0] != Code.MACRO)
    return replace(reading, form="doc", warnings=(*kept, warning(Code.MACRO)) if macros else kept)
