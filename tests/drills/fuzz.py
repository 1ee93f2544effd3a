"""Damaged files of every form against the readers: ``./dev drill [--seconds N] [--seed N] [--form NAME] [--case N]``.

Every case must end, within 20 seconds, as documents or as errors with a code GA2xx; never GA227, which says that a
reader itself failed. A case is known by seed, form and number, whatever the time; a file that fails is kept. Forms that
take long (doc, scans) get as much time as the others, so fewer cases.
"""

from __future__ import annotations

import argparse
import faulthandler
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from auditor.documents.codes import Code
from auditor.documents.interface import Document
from auditor.documents.load import load
from auditor.documents.outline import outline
from tests.documents.files import REGULATION
from tests.documents.forms import FORMS, Sheaf
from tests.drills.damage import damaged

SLOW = 20.0
HUNG = 90.0
CODES = frozenset(Code) - {Code.READER_FAILED}
TEXT = f"{REGULATION}\n\nĐiều 2. Họp bản\n\n1. Mỗi hộ cử một người từ đủ mười tám tuổi dự họp bản.\n\na) Ghi biên bản."


@dataclass
class Tally:
    """What became of the cases of one form."""

    cases: int = 0
    slowest: tuple[float, int] = (0.0, 0)
    ends: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)


def ends_of(path: Path) -> list[str]:
    """Read a file and find its clauses; return ``read`` or the code for each document."""
    ends = []
    for one in load([path]):
        if isinstance(one, Document):
            outline(one)
            if wrong := [code for code, _ in one.warnings if code not in CODES]:
                raise AssertionError(f"warning without a code: {wrong}")
            ends.append("read")
        elif one.code not in CODES:
            raise AssertionError(f"{one.code}: {one.message}")
        else:
            ends.append(one.code)
    return ends


def run(name: str, data: bytes, case: int, seed: int, tally: Tally, folder: Path) -> None:
    """Try one case."""
    path = folder / name
    path.write_bytes(damaged(data, Random(f"{seed}/{name}/{case}")))
    tally.cases += 1
    begin = time.monotonic()
    trouble = ""
    # A reader that never comes back, or brings the process down, leaves its file and where it was.
    faulthandler.dump_traceback_later(HUNG, exit=True)
    try:
        tally.ends.update(ends_of(path))
    except Exception:
        trouble = traceback.format_exc()
    faulthandler.cancel_dump_traceback_later()
    took = time.monotonic() - begin
    tally.slowest = max(tally.slowest, (took, case))
    if took > SLOW:
        trouble += f"took {took:.0f} s"
    if trouble:
        kept = path.rename(folder / f"failed-{seed}-{case}-{name}")
        tally.failed.append(trouble)
        print(f"{kept}\n{trouble}", flush=True)
    else:
        path.unlink()


def drill(names: list[str], seconds: float, seed: int, folder: Path, case: int | None = None) -> dict[str, Tally]:
    """Try cases of several forms in turn, each form for its share of the time; or one case of each."""
    tallies = {name: Tally() for name in names}
    with tempfile.TemporaryDirectory() as office:
        sheaf = Sheaf(TEXT, Path(office), dpi=100)
        whole = {name: sheaf.named(name) for name in names}
    for name, tally in tallies.items():
        if case is not None:
            run(name, whole[name], case, seed, tally, folder)
            continue
        end = time.monotonic() + seconds / len(names)
        while time.monotonic() < end or not tally.cases:
            run(name, whole[name], tally.cases, seed, tally, folder)
    return tallies


def main() -> None:
    """Drill, print what became of the cases, and exit 1 if any failed."""
    parser = argparse.ArgumentParser(description="Thử bộ đọc bằng tệp hỏng.")
    parser.add_argument("--seconds", type=float, default=600, help="thời gian chạy, tính bằng giây (mặc định 600)")
    parser.add_argument("--seed", type=int, default=1, help="số khởi đầu; cùng số thì cùng các tệp hỏng")
    parser.add_argument("--form", action="append", choices=FORMS, help="chỉ dạng này (ghi được nhiều lần)")
    parser.add_argument("--case", type=int, help="chỉ lượt thử này")
    parser.add_argument("--keep", type=Path, help="thư mục giữ các tệp làm hỏng bộ đọc")
    chosen = parser.parse_args()
    folder = chosen.keep or Path(tempfile.mkdtemp(prefix="auditor-drill-"))
    folder.mkdir(parents=True, exist_ok=True)
    faulthandler.enable()
    tallies = drill(chosen.form or list(FORMS), chosen.seconds, chosen.seed, folder, chosen.case)
    for name, tally in tallies.items():
        ends = ", ".join(f"{end} {count}" for end, count in sorted(tally.ends.items(), key=lambda pair: -pair[1]))
        took, at = tally.slowest
        print(f"{name}: {tally.cases} tệp, lâu nhất {took:.1f} s (lượt {at}), lỗi {len(tally.failed)} · {ends}")
    failed = sum(len(tally.failed) for tally in tallies.values())
    cases = sum(tally.cases for tally in tallies.values())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{cases} tệp hỏng, {failed} làm hỏng bộ đọc; bộ nhớ đỉnh {peak} MiB, không kể chương trình con")
    if failed:
        print(f"Các tệp ấy ở {folder}.")
        sys.exit(1)
    if not chosen.keep:
        folder.rmdir()


if __name__ == "__main__":
    main()
