from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BROKEN_OFF = """
import os, signal, sys
from multiprocessing import popen_forkserver

from auditor.processes import Member

CONNECT = popen_forkserver.forkserver.connect_to_new_process
WHOM = os.killpg if sys.argv[1:] == ["group"] else os.kill

def connected_then_interrupted(files):
    found = CONNECT(files)
    WHOM(os.getpid(), signal.SIGINT)
    return found

if __name__ == "__main__":
    # As at a terminal, even where the tests themselves run in the background.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    popen_forkserver.forkserver.connect_to_new_process = connected_then_interrupted
    try:
        Member(len).until_idle()
    except KeyboardInterrupt:
        print("interrupted")
"""


@pytest.mark.parametrize("whom", ["one", "group"])
def test_a_process_whose_start_is_interrupted_says_nothing(whom: str, tmp_path: Path) -> None:
    script = tmp_path / "started.py"
    script.write_text(BROKEN_OFF, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script, whom], capture_output=True, text=True, timeout=60, check=False, start_new_session=True
    )
    assert (done.stdout, done.stderr, done.returncode) == ("interrupted\n", "", 0)
