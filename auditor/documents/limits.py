"""How much of an input is read before it is refused: one value, passed in, never global."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from time import monotonic

from auditor.documents.codes import Code, trouble

MOST = 2**50


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one input.

    Attributes:
        bytes: size of one document or archive member, in bytes.
        archive: size of one zip on disk, in bytes.
        expanded: bytes that one compressed file (zip, docx, gz) may expand to, all parts together.
        ratio: times that a compressed part may grow, looked at above ``ratio_from`` expanded bytes.
        ratio_from: expanded bytes below which the ratio is of no interest.
        pages: pages of one document.
        members: members of one archive.
        depth: archives inside archives; the outermost counts as 1.
        line: bytes of one line of an item file.
        seconds: time that one document may take, the recognition of scanned pages not counted.
        program_seconds: time that a program started for one document may take.
        program_memory: address space of such a program, in bytes; LibreOffice asks for six times what it uses.
        tags: elements of one web page.
        nesting: elements of a web page inside one another.
        pixels: pixels of one picture.
        page_seconds: time that the recognition of one page may take.
        scan_seconds: time that the recognition of all pages of one document may take.
        workers: pages recognised at the same time.
    """

    bytes: int = 100 * 2**20
    archive: int = 100 * 2**20
    expanded: int = 200 * 2**20
    ratio: int = 200
    ratio_from: int = 10 * 2**20
    pages: int = 1_000
    members: int = 20_000
    depth: int = 3
    line: int = 16 * 2**20
    seconds: float = 60.0
    program_seconds: float = 30.0
    program_memory: int = 3 * 2**30
    tags: int = 200_000
    nesting: int = 400
    pixels: int = 50_000_000
    page_seconds: float = 40.0
    scan_seconds: float = 1_200.0
    workers: int = 2

    def clock(self) -> Callable[[], None]:
        """Start a clock; calling it later raises once the seconds are used up.

        Raises:
            DocumentError: GA209, by the returned function.
        """
        end = monotonic() + self.seconds

        def check() -> None:
            if monotonic() > end:
                raise trouble(Code.TOO_SLOW, limit=self.seconds)

        return check


DEFAULT_LIMITS = Limits()


def limits_from(choices: Sequence[str]) -> Limits:
    """Return the default limits with some changed.

    Args:
        choices: each ``NAME=VALUE``, a name of :class:`Limits` and a number above 0 in its unit; the last one counts.

    Raises:
        DocumentError: GA229 no such limit, or no such number.
    """
    limits = DEFAULT_LIMITS
    kinds = {one.name: type(getattr(limits, one.name)) for one in fields(Limits)}
    for choice in choices:
        name, _, number = (part.strip() for part in choice.partition("="))
        try:
            value = kinds[name](number)
        except (KeyError, ValueError):
            value = 0
        if not 0 < value <= MOST:
            known = ", ".join(f"{one}={getattr(DEFAULT_LIMITS, one)}" for one in kinds)
            raise trouble(Code.BAD_LIMIT, choice=choice, known=known)
        limits = replace(limits, **{name: value})
    return limits
