"""Write the extension to a file: ``python -m api.clients.libreoffice [FILE]``."""

from __future__ import annotations

import sys
from pathlib import Path

from api.clients.libreoffice import NAME, build

if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else NAME)
    target.write_bytes(build())
    print(target)
