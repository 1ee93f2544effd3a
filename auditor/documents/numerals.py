"""Roman numbers of chapters as recognition garbles them ("CHƯƠNG HI"), set right by the chapter before.

The strokes run together, so "HI" may stand for II or III: only the order of the chapters tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from auditor.documents.interface import Block, place_words

ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_CHAPTER = re.compile(r"(chương\s+)([IVXHl1]+)\b", re.IGNORECASE)
_STROKES = str.maketrans({"l": "I", "1": "I"})


def chapters_in_order(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Give recognised chapter headings whose number is no Roman number the one that follows the chapter before."""
    out: list[Block] = []
    last = 0
    for block in blocks:
        match = _CHAPTER.match(block.text)
        if match is not None:
            read = match[2].translate(_STROKES)
            if read not in ROMAN and block.words and last + 1 < len(ROMAN):
                read = ROMAN[last + 1]
            if read != match[2] and block.words and read in ROMAN:
                text = f"{match[1]}{read}{block.text[match.end() :]}"
                words = (replace(w, text=read) if w.text == match[2] else w for w in block.words)
                block = replace(block, text=text, words=place_words(list(words), text))
            last = ROMAN.index(read) if read in ROMAN else last
        out.append(block)
    return tuple(out)
