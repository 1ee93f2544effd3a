"""Who is quoted: direct speech between marks or after a colon, indirect speech behind a verb of speech."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.people.paragraphs import SHORT_QUOTE, Paragraph, Quotation
from auditor.people.persons import Person, Reference, References
from auditor.people.words import Words

AFTER = 14  # tokens after a quotation in which its speaker is named
PARTIAL = 3  # words between marks that make reported speech partly direct
LABEL = 14  # tokens a speaker's label ("Ông Lò Văn A, trưởng bản:") takes at most
_INTERVIEWER = frozenset({"pv", "phóng", "hỏi", "mc", "phát", "btv", "biên", "dẫn"})


@dataclass(frozen=True)
class Quote:
    """Somebody's speech.

    Attributes:
        start: code-point offset of the words said, or of the verb that reports them.
        end: half-open end.
        speaker: who says it; None where the article does not tell.
        direct: between quotation marks, after a colon, or a turn in an interview.
    """

    start: int
    end: int
    speaker: Person | None
    direct: bool


class Quotes:
    """Finds what is said and by whom."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._reporting = words.according.firsts | words.speech.firsts

    def find(self, text: Sequence[Paragraph], references: References) -> list[Quote]:
        """Return the quotes of an article in order."""
        found: list[Quote] = []
        speaker: Person | None = None
        answering: Person | None = None
        for p in text:
            if p.field != "body":
                found.extend(self._in_frame(p, references))
                continue
            label = self._label(p, references)
            if label is not None:
                answering, last = label
                found.append(_quote(p, last, len(p), answering, direct=True))
                speaker = answering
                continue
            if answering is not None and len(p) and p.words[0] in {"-", "–"} and not self._asks(p):
                found.append(_quote(p, 1, len(p), answering, direct=True))
                continue
            for quote in (*self._direct(p, references, speaker), *self._indirect(p, references)):
                found.append(quote)
                if quote.speaker is not None and quote.direct:
                    speaker = quote.speaker
        return sorted(found, key=lambda quote: quote.start)

    def _asks(self, p: Paragraph) -> bool:
        return any(k in self._words.grammar["asked"] for k in p.keys[:3]) or p.words[-1] == "?"

    def _in_frame(self, p: Paragraph, references: References) -> Iterator[Quote]:
        """Yield the quotes of a title or a caption: "Ông A: “…”", "Bà B nói …"."""
        if not any(p.quoted) and ":" not in p.words:
            return
        named = references.within(p, 0, len(p))
        if not named:
            return
        for quotation in _spoken(p):
            yield _quote(p, quotation.first, quotation.last, named[0].person, direct=True)
        if ":" in p.words and not any(p.quoted):
            at = p.words.index(":")
            if named[0].last >= at - 1 and named[0].first < at < len(p) - 1 and named[0].is_name:
                yield _quote(p, at + 1, len(p), named[0].person, direct=True)

    def _label(self, p: Paragraph, references: References) -> tuple[Person, int] | None:
        """Return the speaker of a turn ("Bà Lan: …", "Băng chị Lụa: …") and where the words begin."""
        if ":" not in p.words[:LABEL]:
            return None
        at = p.words.index(":")
        if at + 2 >= len(p) or p.keys[0] in _INTERVIEWER:
            return None
        named = [r for r in references.within(p, 0, at) if r.is_name]
        if len(named) != 1 or named[0].first > 2:
            return None
        if self._verb(p, named[0].last, at) is not None or any(p.keys[i].isdigit() for i in range(named[0].last, at)):
            return None
        between = p.words[named[0].last : at]
        if between and between[0] not in {",", "(", "-", "–"}:
            return None
        return named[0].person, at + 1

    def _direct(self, p: Paragraph, references: References, last_speaker: Person | None) -> Iterator[Quote]:
        spoken = list(_spoken(p))
        for n, quotation in enumerate(spoken):
            speaker = self._speaker(p, quotation, references)
            if speaker is None and n == 0:
                speaker = self._stands_beside(p, quotation, references, last_speaker)
            elif speaker is None:
                speaker = last_speaker
            if speaker is not None:
                last_speaker = speaker
            yield _quote(p, quotation.first, quotation.last, speaker, direct=True)
        for i in p.any_of({":"}):
            if not 0 < i < len(p) - SHORT_QUOTE or p.quoted[i] or p.words[i + 1] in {"“", '"', "«"}:
                continue
            sentence = p.sentence(i)
            verb = self._verb(p, sentence.start, i)
            if verb is None or i - verb[1] > 6:
                continue
            speaker = self._subject(p, sentence.start, verb[0], references)
            if speaker is not None:
                yield _quote(p, i + 1, len(p), speaker, direct=True)
                return

    def _speaker(self, p: Paragraph, quotation: Quotation, references: References) -> Person | None:
        """Return who a quotation is put down to in its own sentence: behind it, or before it."""
        after = quotation.last + 1
        if after < len(p) and p.words[after] in {",", "-", "–", "."} and quotation.last < len(p):
            stop = min(len(p), after + AFTER)
            behind = references.within(p, after, stop)
            sentence = p.sentence(min(after + 1, len(p) - 1))
            behind = [r for r in behind if r.first < sentence.stop and not p.quoted[r.first]]
            dash = p.words[after] != "."
            if behind and (dash and behind[0].first - after <= 6):
                nearest = behind[0]
                # "anh Lả, chồng chị Hặc, nói": the first named speaks, unless a relation leads to a second name.
                appositive = [
                    r for r in behind[1:] if not nearest.is_name and p.words[nearest.last : r.first] == (",",)
                ]
                return (appositive or [nearest])[0].person
            if behind and self._verb(p, after, sentence.stop) is not None and dash:
                return behind[0].person
        sentence = p.sentence(max(0, quotation.first - 2))
        start = sentence.start
        if quotation.first - 1 > start:
            verb = self._verb(p, start, quotation.first - 1)
            if verb is not None:
                subject = self._subject(p, start, verb[0], references)
                if subject is not None:
                    return subject
            before = [r for r in references.within(p, start, quotation.first - 1) if not p.quoted[r.first]]
            if before and p.words[quotation.first - 2] == ":":
                return before[0].person
            if before and verb is not None:
                return before[0].person
        return None

    def _stands_beside(
        self, p: Paragraph, quotation: Quotation, references: References, last_speaker: Person | None
    ) -> Person | None:
        """Return the speaker of a quotation that stands as a sentence of its own."""
        following = references.within(p, quotation.last, len(p))
        following = [r for r in following if not p.quoted[r.first]]
        before = [r for r in references.within(p, 0, quotation.first) if not p.quoted[r.first]]
        if before:
            opening = [r for r in before if r.first - p.sentence(r.first).start <= 3]
            return (opening or before)[-1].person
        if following:
            return following[0].person
        if last_speaker is not None:
            return last_speaker
        earlier = references.before(p, 0)
        return earlier[0].person if earlier else None

    def _indirect(self, p: Paragraph, references: References) -> Iterator[Quote]:
        done: set[tuple[int, int]] = set()
        stop = 0
        for i in p.any_of(self._reporting):
            if i < stop or p.quoted[i]:
                continue
            according = self._words.according.at(p.keys, i)
            if according and (p.opens(i) or p.words[i - 1] == ","):
                named = references.within(p, i + according[0], min(len(p), i + according[0] + 8))
                sentence = p.sentence(i)
                if named and named[0].first < sentence.stop:
                    said = (named[0].last, sentence.stop)
                    if said[1] - said[0] < SHORT_QUOTE:
                        said = (sentence.start, named[0].last)
                    yield _quote(p, *said, named[0].person, direct=False)
                stop = i + according[0]
                continue
            verb = self._words.speech.at(p.keys, i)
            if verb is None or p.capital[i]:
                continue
            length, strength = verb
            stop = i + length
            sentence = p.sentence(i)
            follows = p.keys[i + length] if i + length < len(p) else ""
            grammar = self._words.grammar
            before = p.keys[i - 1] if i else ""
            if follows in grammar["not_speech_after"] or before in grammar["not_speech_before"]:
                continue
            if strength == "strong" or follows in {"rằng", "là", ":"} or self._stands_alone(p, i, references):
                speaker = self._subject(p, sentence.start, i, references)
                if speaker is not None and (id(speaker), sentence.start) not in done:
                    done.add((id(speaker), sentence.start))
                    yield _quote(p, i, sentence.stop, speaker, direct=_holds_words(p, i, sentence.stop))

    def _stands_alone(self, p: Paragraph, verb: int, references: References) -> bool:
        """Tell whether a weak verb follows its subject at once ("Pà hỏi …", "Bà X, chủ ruộng, khen …")."""
        before = references.within(p, p.sentence(verb).start, verb)
        if not before:
            return False
        told_between_commas = p.words[verb - 1] == "," and p.words[before[-1].last] == "," and p.opens(before[-1].first)
        return before[-1].last >= verb - 1 or told_between_commas

    def _subject(self, p: Paragraph, start: int, verb: int, references: References) -> Person | None:
        """Return the subject of a verb: the nearest person before it in its sentence who is not an object."""
        before = [r for r in references.within(p, start, verb) if not p.quoted[r.first]]
        if not before:
            return None
        agent = before[-1]
        if agent.first > start and p.keys[agent.first - 1] in {"được", "bị"}:
            return agent.person
        for r in reversed(before):
            if self._is_subject(p, r):
                return r.person
        return (
            None
            if p.keys[before[0].first - 1] in self._words.grammar["object_of"] and before[0].first > start
            else before[0].person
        )

    @staticmethod
    def _is_subject(p: Paragraph, r: Reference) -> bool:
        at = r.first
        while at > 0 and p.touching(at) and p.keys[at - 1] in {"nữ", "nam", "là"}:
            at -= 1
        return at == 0 or p.opens(at) or p.keys[at - 1] in {",", "và", "còn", "nhưng", "vợ", "chồng", "thì", "thay"}

    def _verb(self, p: Paragraph, first: int, last: int) -> tuple[int, int] | None:
        """Return the last verb of speech within tokens ``[first, last)``: where it begins and ends."""
        found = None
        i = first
        while i < last:
            verb = self._words.speech.at(p.keys, i) if not p.quoted[i] else None
            if verb is not None and i + verb[0] <= last:
                found = (i, i + verb[0])
            i += verb[0] if verb else 1
        return found


def _spoken(p: Paragraph) -> Iterator[Quotation]:
    for quotation in p.quotations:
        words = sum(p.words[i][0].isalnum() for i in range(quotation.first, quotation.last))
        colon = quotation.first > 1 and p.words[quotation.first - 2] == ":"
        if words >= SHORT_QUOTE + 2 or (words >= 2 and colon) or (words >= SHORT_QUOTE and _closes(p, quotation)):
            yield quotation


def _holds_words(p: Paragraph, first: int, last: int) -> bool:
    """Tell whether some of the words reported stand between quotation marks."""
    return any(first < q.first < last and q.last - q.first >= PARTIAL for q in p.quotations)


def _closes(p: Paragraph, quotation: Quotation) -> bool:
    """Tell whether a quotation ends like a sentence, or a comma and its speaker follow."""
    last = p.words[quotation.last - 1] if quotation.last > quotation.first else ""
    after = p.words[quotation.last + 1] if quotation.last + 1 < len(p) else "."
    return last in {".", "!", "?", "…", ","} or after == ","


def _quote(p: Paragraph, first: int, last: int, speaker: Person | None, *, direct: bool) -> Quote:
    return Quote(p.starts[first], p.ends[last - 1], speaker, direct)
