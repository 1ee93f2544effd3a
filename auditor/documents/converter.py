"""The one place where a file is handed to another program: LibreOffice without a window, for forms nothing else reads.

Each run has a process group of its own that is killed whole, a temporary folder that is also its home and profile,
bounded memory, processor time and output, and, where the system allows it, no network. Macros are off and links are
never updated. Measured on the Word 97 files at hand: 2 s and 210 MB a file, of which 1.5 s is LibreOffice's start.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from auditor.documents.codes import Code, trouble
from auditor.documents.limits import Limits

_PROGRAMS = ("soffice", "libreoffice", "/usr/lib/libreoffice/program/soffice")
_SETTING = (
    '<item oor:path="/org.openoffice.Office.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
)
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Writer/Content/Update", "Link", "2"),
    ("Common/Misc", "UseOpenCL", "false"),
)
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(_SETTING.format(*one) for one in _SETTINGS)
    + "</oor:items>"
)


_KILLED = 128
"""Above it the starter of LibreOffice tells by which signal the program was ended."""


def to_docx(data: bytes, ending: str, limits: Limits) -> bytes:
    """Convert a text document to docx.

    Args:
        data: the file.
        ending: the ending its form goes by, without a dot.

    Raises:
        DocumentError: GA204 it cannot be opened, GA206 the result is too large, GA209 too slow, GA228 no LibreOffice.
    """
    program = next((found for one in _PROGRAMS if (found := shutil.which(one))), None)
    if program is None:
        raise trouble(Code.NO_CONVERTER)
    with tempfile.TemporaryDirectory(prefix="auditor-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        source, result, profile = home / f"in.{ending}", home / "out" / "in.docx", home / "profile"
        source.write_bytes(data)
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        arguments = (
            program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo",
            "--nolockcheck", "--nodefault", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(result.parent),
            str(source),
        )  # fmt: skip
        code = _run(arguments, home, limits)
        if code < 0 or code > _KILLED:
            # The system killed it, as it does when memory runs short: that says nothing of the file.
            _run(arguments, home, limits)
        if not result.is_file():
            raise trouble(Code.DAMAGED, detail=f"LibreOffice không mở được tệp .{ending}")
        size = result.stat().st_size
        if size > limits.bytes:
            raise trouble(Code.TOO_LARGE, size=size, limit=limits.bytes)
        return result.read_bytes()


def _run(arguments: tuple[str, ...], home: Path, limits: Limits) -> int:
    """Run a program to its end, or kill it with all it started; return its exit code."""
    path = os.environ.get("PATH", os.defpath)
    process = subprocess.Popen(
        (*_fence(limits), *arguments),
        cwd=home,
        env={"PATH": path, "HOME": str(home), "TMPDIR": str(home), "LANG": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(limits.program_seconds)
    except subprocess.TimeoutExpired as error:
        raise trouble(Code.TOO_SLOW, limit=limits.program_seconds) from error
    finally:
        # Children of a program that ended by itself may still run.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return process.returncode


def _fence(limits: Limits) -> tuple[str, ...]:
    """Return the programs that bound another one: memory, processor time and output, then the network."""
    bounds: tuple[str, ...] = ()
    if shutil.which("prlimit"):
        seconds = int(limits.program_seconds) + 1
        bounds = (
            "prlimit",
            f"--as={limits.program_memory}",
            f"--cpu={seconds}",
            f"--fsize={limits.expanded}",
            "--core=0",
        )
    return (*bounds, *_without_network())


@cache
def _without_network() -> tuple[str, ...]:
    for command in (("unshare", "--net"), ("unshare", "--user", "--map-root-user", "--net")):
        if (
            shutil.which(command[0])
            and subprocess.run((*command, "true"), capture_output=True, check=False).returncode == 0
        ):
            return command
    return ()
