"""The plugin for WordPress: checks articles before publication and shows the gate in both of its editors.

What is in ``soat-gioi/`` runs inside WordPress, on PHP 7.4 or later, as it stands: nothing is built but its version.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from auditor import __version__

NAME = "soat-gioi.zip"
FOLDER = "soat-gioi"
_SOURCES = Path(__file__).parent / FOLDER
_DATE = (2026, 1, 1, 0, 0, 0)


def files() -> Iterator[tuple[str, bytes]]:
    """Yield the files of the plugin, each with its path in the folder of plugins."""
    for path in sorted(_SOURCES.rglob("*")):
        if path.is_file():
            data = path.read_bytes().replace(b"@VERSION@", __version__.encode())
            yield f"{FOLDER}/{path.relative_to(_SOURCES).as_posix()}", data


def build() -> bytes:
    """Return the plugin as a package to upload; the same sources give the same bytes."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files():
            archive.writestr(zipfile.ZipInfo(name, _DATE), data)
    return package.getvalue()
