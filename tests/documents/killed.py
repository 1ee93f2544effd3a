"""Programs that the system kills the first time they run, as it does when memory runs short."""

from __future__ import annotations

import shutil
from pathlib import Path


def killed_once(folder: Path, name: str) -> str:
    """Return the path of a program that is killed at first, and from then on is the one of that name."""
    script, mark = folder / name, folder / "killed"
    real = shutil.which(name)
    script.write_text(
        f'#!/bin/sh\n[ -e {mark} ] || {{ touch {mark}; kill -9 $$; }}\nexec {real} "$@"\n', encoding="utf-8"
    )
    script.chmod(0o755)
    return str(script)
