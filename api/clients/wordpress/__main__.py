"""Write the plugin to a file: ``python -m api.clients.wordpress [FILE]``."""

from __future__ import annotations

import sys
from pathlib import Path

from api.clients.wordpress import NAME, build

if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else NAME)
    target.write_bytes(build())
    print(target)
