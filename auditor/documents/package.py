"""A file that is a zip of XML parts (docx, odt, epub): parts are read within limits and parsed without entities.

Declared sizes are summed before anything is unpacked; ``zipfile`` never yields more than a part declares, so the
declared size binds. A document type declaration is refused outright: office programs never write one.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from lxml import etree

from auditor.documents.codes import Code, trouble
from auditor.documents.limits import Limits

_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)|<\x00!\x00D|\x00<\x00!\x00D")


class Package:
    """The parts of one package.

    Raises:
        DocumentError: GA204 not a whole zip, GA207 it would expand beyond the limits.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise trouble(Code.DAMAGED, detail="tệp bị cắt hoặc thiếu phần") from error
        self.names = tuple(self._archive.namelist())
        parts = self._archive.infolist()
        if sum(part.file_size for part in parts) > limits.expanded:
            raise trouble(Code.BOMB, limit=f"{limits.expanded} byte")
        if any(is_bomb(part, limits) for part in parts):
            raise trouble(Code.BOMB, limit=f"gấp {limits.ratio} lần")

    def part(self, name: str) -> bytes | None:
        """Return the bytes of a part, None when the package has no such part.

        Raises:
            DocumentError: GA204 damaged.
        """
        if name not in self.names:
            return None
        try:
            return self._archive.read(name)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError) as error:
            raise trouble(Code.DAMAGED, detail=name) from error

    def xml(self, name: str) -> etree._Element | None:
        """Parse a part.

        Returns:
            Its root, or None when the package has no such part.

        Raises:
            DocumentError: GA204 damaged, GA217 unsafe, GA218 nested too deep.
        """
        data = self.part(name)
        if data is None:
            return None
        if _DECLARATION.search(data):
            raise trouble(Code.UNSAFE_XML)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            if "depth" in str(error).lower():
                raise trouble(Code.DEEP_XML) from error
            raise trouble(Code.DAMAGED, detail=name) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise trouble(Code.UNSAFE_XML)
        return root


def is_bomb(part: zipfile.ZipInfo, limits: Limits) -> bool:
    """Tell whether a part is out of proportion to what it takes up in the file."""
    return part.file_size > limits.ratio_from and part.file_size > limits.ratio * max(part.compress_size, 1)
