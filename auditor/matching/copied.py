"""Finds sentences that copy the law (HU-COPY), which a village regulation no longer restates (NĐ 61/2023, Đ.4 k.1).

Law texts and sentences are cut into runs of words; a sentence most of whose words lie in runs of one article copies it.
This is information for the drafters, never a fault by gender.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np

from auditor.matching.features import Ids, grams, words
from auditor.matching.judge import Hit, Verdict
from auditor.matching.sentence import parse
from auditor.rulebook.lawtext import LawArticle
from auditor.rulebook.loader import Rulebook
from auditor.text import key, sentences

RUN = 8
SHORTEST = 14
_WORD = re.compile(r"[^\W\d_]+")


class Copied:
    """The runs of words of all law texts, and the rules that ask for them."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._rules = [
            (rule, condition.copies)
            for rule in rulebook.rules.values()
            for condition in rule.when
            if condition.copies is not None
        ]
        articles = rulebook.law_articles if self._rules else ()
        runs = [grams(_words(article.text), RUN) for article in articles]
        owners = np.repeat(np.arange(len(runs)), [len(run) for run in runs])
        together = np.concatenate(runs) if runs else np.empty(0, dtype=np.uint64)
        order = np.argsort(together, kind="stable")
        self._articles: tuple[LawArticle, ...] = articles
        self._runs, self._owners = together[order], owners[order]

    def find(self, text: str, stretches: Iterable[tuple[int, int]]) -> Iterator[Verdict]:
        """Yield a verdict on each sentence within some spans of a text that copies the law."""
        for stretch in stretches:
            for start, end in sentences(text, *stretch):
                found = self._copied(text[start:end])
                if found is None:
                    continue
                share, article = found
                title = self._rulebook.laws[article.law].title
                hits = tuple(
                    Hit(
                        rule,
                        parse(self._rulebook, text, start, end),
                        round(share, 3),
                        (f"{share:.0%} số chữ trùng Điều {article.article} ({article.title}) {title}",),
                    )
                    for rule, least in self._rules
                    if share >= least
                )
                if hits:
                    yield Verdict(hits[0].sentence, hits)

    def _copied(self, sentence: str) -> tuple[float, LawArticle] | None:
        """Return the share of a sentence's words that stand in runs of the law, and the article most of them are of."""
        said = _words(sentence)
        if len(said) < SHORTEST or not len(self._runs):
            return None
        runs = grams(said, RUN)
        places = np.minimum(np.searchsorted(self._runs, runs), len(self._runs) - 1)
        same = self._runs[places] == runs
        if not same.any():
            return None
        covered = np.zeros(len(said), dtype=bool)
        for at in np.nonzero(same)[0]:
            covered[at : at + RUN] = True
        owner, _ = Counter(self._owners[places[same]].tolist()).most_common(1)[0]
        return float(covered.mean()), self._articles[owner]


def _words(text: str) -> Ids:
    return words([key(word) for word in _WORD.findall(text)])
