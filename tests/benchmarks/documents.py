"""Documents per second and peak memory by form: ``./dev bench documents``.

One regulation of the corpora is made in every form; each form is read over and over in a process of its own, the first
reading not counted, while its memory and that of all it starts (LibreOffice, Tesseract) is added up from outside. The
table is printed and written, with the machine and the day, into the page beside this file.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from auditor.documents.interface import Unreadable
from auditor.documents.load import load
from tests.benchmarks.machine import machine, memory
from tests.documents.forms import Sheaf

ROOT = Path(__file__).resolve().parents[2]
REGULATION = ROOT / "corpora" / "regulations" / "whole" / "ban-nam-cuoi.txt"
PAGE = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- documents -->\n", "<!-- /documents -->\n"
LABELS = {
    "a.docx": "docx", "a.docm": "docm", "a.doc": "doc (Word 97)", "a.odt": "odt", "a.rtf": "rtf", "a.pdf": "pdf có chữ",
    "scan.pdf": "pdf bản chụp", "a.jpg": "jpg, ảnh chụp một trang", "a.txt": "txt Unicode", "tcvn3.txt": "txt TCVN3",
    "page.html": "html, trang báo", "export.html": "html, xuất từ LibreOffice", "a.eml": "eml kèm docx",
    "a.epub": "epub", "a.csv": "csv", "a.zip": "zip gồm docx, rtf, pdf, txt",
}  # fmt: skip
SECONDS = 5.0
EVERY = 0.02


def read(path: Path, seconds: float) -> dict[str, float]:
    """Read a file again and again.

    Returns:
        How many ``documents`` were read in how many ``seconds``.
    """
    found = list(load([path]))
    if any(isinstance(one, Unreadable) for one in found):
        raise SystemExit(f"{path}: {found}")
    begin = time.perf_counter()
    documents = 0
    while not documents or time.perf_counter() - begin < seconds:
        documents += sum(1 for _ in load([path]))
    return {"documents": documents, "seconds": time.perf_counter() - begin}


def watched(path: Path, seconds: float) -> tuple[float, float]:
    """Read a file in a child process.

    Returns:
        Documents per second, and the most memory that the child and all under it held at one time, in MiB.
    """
    command = [sys.executable, "-m", "tests.benchmarks.documents", str(path), str(seconds)]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    most = 0
    while child.poll() is None:
        most = max(most, memory(child.pid))
        time.sleep(EVERY)
    answer, _ = child.communicate()
    if child.returncode:
        raise SystemExit(child.returncode)
    found = json.loads(answer)
    return found["documents"] / found["seconds"], most / 2**10


def table(rows: list[tuple[str, int, float, float]]) -> str:
    """Draw label, bytes, documents per second and MiB."""
    lines = [
        f"{row} | {size / 2**10:,.0f} | {rate:.3g} | {1 / rate:.3g} | {most:.0f} |" for row, size, rate, most in rows
    ]
    head = "Dạng | KiB | Tài liệu/giây | Giây/tài liệu | Bộ nhớ đỉnh (MiB) |"
    return "".join(f"| {line}\n" for line in (head, "---|---:|---:|---:|---:|", *lines))


def main() -> None:
    """Measure all forms, print the table and write the page; or, as the child, read one file."""
    if len(sys.argv) == 3:
        print(json.dumps(read(Path(sys.argv[1]), float(sys.argv[2]))))
        return
    rows = []
    with tempfile.TemporaryDirectory(prefix="auditor-bench-") as name:
        folder = Path(name)
        sheaf = Sheaf(REGULATION.read_text(encoding="utf-8"), folder)
        for file, label in LABELS.items():
            (folder / file).write_bytes(sheaf.named(file))
            if file == "scan.pdf":
                label += f" {sum(1 for _ in sheaf.scans())} trang, 200 dpi"
            rows.append((label, (folder / file).stat().st_size, *watched(folder / file, SECONDS)))
            print(table(rows[-1:]).splitlines()[-1], flush=True)
    found = f"Đo ngày {date.today():%d/%m/%Y} trên máy {machine()}.\n\n{table(rows)}"
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}{found}{END}{rest.partition(END)[2]}", encoding="utf-8")
    print(found)


if __name__ == "__main__":
    main()
