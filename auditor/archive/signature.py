"""MinHash signatures, by which near-duplicates are found (Broder, "On the resemblance and containment of documents",
SEQUENCES 1997): the share of equal numbers in two signatures estimates the share of word runs two texts have in common.
"""

from __future__ import annotations

import re
from typing import cast
from unicodedata import normalize
from zlib import crc32

import numpy as np
from datasketch import MinHash
from numpy.typing import NDArray

NUMBERS = 128
RUN = 4
_SYLLABLE = re.compile(r"[^\W_]+")
_TAG = re.compile(r"<[^<>]{0,300}>")
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_EMPTY = MinHash(NUMBERS, seed=1, hashfunc=int)

Signatures = NDArray[np.uint32]
"""Shape (texts, NUMBERS)."""


def signature(body: str) -> bytes | None:
    """Return the signature of a body, ``4 * NUMBERS`` bytes, or None for a text without a letter or digit.

    Compared are the sets of runs of RUN syllables. Case, punctuation, tags, line breaks and the Unicode form do not
    count.
    """
    syllables = _SYLLABLE.findall(_TAG.sub(" ", normalize("NFC", body)).casefold())
    if not syllables:
        return None
    hashes = np.fromiter((crc32(one.encode()) for one in syllables), dtype=np.uint64)
    run = min(RUN, len(hashes))
    runs = np.zeros(len(hashes) - run + 1, dtype=np.uint64)
    for place in range(run):
        runs = (runs ^ hashes[place : place + len(runs)]) * _MULTIPLIER
    found = _EMPTY.copy()
    found.update_batch(np.unique(runs >> np.uint64(32)).tolist())
    return cast(bytes, found.digest().astype("<u4").tobytes())
