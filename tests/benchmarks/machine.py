"""The machine benchmarks run on, and the memory of what runs on it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def memory(root: int) -> int:
    """Return the memory in KiB that a process and all that descend from it hold now; what they share counts once."""
    return sum(_memory(process) for process in _tree(root))


def _tree(root: int) -> Iterator[int]:
    """Yield a process and all that descend from it."""
    under: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with suppress(OSError):
                parent = Path("/proc", entry, "stat").read_text().rpartition(")")[2].split()[1]
                under.setdefault(int(parent), []).append(int(entry))
    waiting = [root]
    while waiting:
        process = waiting.pop()
        yield process
        waiting.extend(under.get(process, ()))


def _memory(process: int) -> int:
    """Return the memory of a process in KiB, pages shared with others counted by their share."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def machine() -> str:
    """Say what this machine is."""
    facts = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.partition(":")[2].strip() for line in facts if line.startswith("model name")), "không rõ")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} nhân {model}, bộ nhớ {memory:.0f} GiB, Python {sys.version.split()[0]}"
