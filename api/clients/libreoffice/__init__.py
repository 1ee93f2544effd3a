"""The extension for LibreOffice Writer: a menu that checks the open text and writes the findings as comments.

What is in ``extension/`` runs inside LibreOffice, whose Python may be as old as 3.8 and has no packages of ours.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from auditor import __version__

NAME = "soat-gioi.oxt"
_SOURCES = Path(__file__).parent / "extension"
_DATE = (2026, 1, 1, 0, 0, 0)


def build() -> bytes:
    """Return the extension as a package to install; the same sources give the same bytes."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(_SOURCES.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                data = path.read_bytes().replace(b"@VERSION@", __version__.encode())
                archive.writestr(zipfile.ZipInfo(path.relative_to(_SOURCES).as_posix(), _DATE), data)
    return package.getvalue()
