"""What a person does and is in a story: occupation, office, family relation, harm, function."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.people.mention import Mention
from auditor.people.paragraphs import Paragraph
from auditor.people.persons import Person, Reference, References
from auditor.people.words import Sex, Words

APPOSITION = 24  # tokens after a name in which an office or job may be told
STANDINGS = frozenset({"accused", "patient"})  # what a person is in a case, no occupation
BESIDE = 9  # tokens after a name in which a relation may be told
NEAR = 5  # tokens around the name of an official in which harm is told
_ENDS = frozenset({".", ":", ";", "“", "”", '"', "(", ")"})


@dataclass(frozen=True)
class Role:
    """What the text says a person is.

    Attributes:
        occupation: as printed; None where nothing is said.
        kind: ``leader`` or the kind of job; empty where nothing is said.
    """

    occupation: str | None
    kind: str


class Roles:
    """Reads offices, relations and harm from the words around a person's names."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def role(self, person: Person) -> Role:
        """Return the office or job: after the name between commas, or before it."""
        found: list[Role] = []
        for mention in person.mentions:
            found.extend(role for role in (self._after(mention), self._before(mention)) if role)
        leading = next((role for role in found if role.kind == "leader"), None)
        role = leading or next(iter(found), Role(None, ""))
        return Role(None, role.kind) if role.kind in STANDINGS else role

    def _after(self, m: Mention) -> Role | None:
        p, at = m.paragraph, m.last
        stop = min(len(p), at + APPOSITION)
        while at < stop and p.words[at] not in _ENDS - {"("} and not self._words.speech.at(p.keys, at):
            if p.words[at] in {",", "(", "-", "–", "là"}:
                start = at + 1
                if start < len(p) and p.keys[start] in {
                    "nguyên",
                    "cựu",
                    "hiện",
                    "từng",
                    "vốn",
                    "là",
                    "nữ",
                    "nam",
                    "quyền",
                }:
                    start += 1
                role = self._words.roles.at(p.keys, start) if start < len(p) else None
                if role:
                    kept = p.keys[at + 1] in {"nguyên", "cựu", "nữ", "nam", "quyền"}
                    return Role(self._phrase(p, at + 1 if kept else start), self._kind(p, start, role))
                if at > m.last and p.capital[start if start < len(p) else at]:
                    return None
            at += 1
        return None

    def _phrase(self, p: Paragraph, first: int) -> str:
        """Return the words of an office from ``first`` to the end of its part of the sentence."""
        last = first
        ends = self._words.grammar["role_ends"] | _ENDS | {","}
        while last < len(p) and last - first < 14 and p.keys[last] not in ends:
            last += 1
        return _slice(p, first, max(last, first + 1))

    def _before(self, m: Mention) -> Role | None:
        """Return the office before a name: right before it, or opening a phrase that runs up to it."""
        p = m.paragraph
        if m.titles:
            first = m.role_first
            kind = "leader" if "leader" in m.titles else m.titles[-1]
            return Role(_slice(p, first, m.name_first), kind)
        at = m.first
        sentence = p.sentence(at)
        if m.addressed and at > sentence.start and p.words[at - 1] == ",":
            at -= 1
        while at > max(sentence.start, m.first - 14) and p.words[at - 1][0].isalnum():
            at -= 1
            if not self._words.speech.at(p.keys, at):
                role = self._words.roles.at(p.keys, at)
                if role and (p.capital[at] or role[1] == "leader") and at + role[0] < m.first:
                    end = m.first - 1 if p.words[m.first - 1] == "," else m.first
                    return Role(_slice(p, at, end), self._kind(p, at, role))
            else:
                return None
        return None

    def _kind(self, p: Paragraph, at: int, role: tuple[int, str]) -> str:
        if role[1] != "leader" and " ".join(p.keys[at : at + 3]) == "đội trưởng đội":
            return "leader"
        return role[1]

    def relations(self, people: Sequence[Person], references: References) -> dict[Person, tuple[Sex | None, str]]:
        """Return the relation the text knows each person by: the sex and word of it ("chồng chị, anh X", "X, vợ anh").

        Whoever a relation leads to is known by its other side: the husband of "vợ anh" is a husband.
        """
        found: dict[Person, tuple[Sex | None, str]] = {}
        owners: list[tuple[Person, Sex | None, str]] = []
        for person in people:
            for told in self._relation(person, references):
                sex, word, owner = told
                if sex and person.sex and sex != person.sex:
                    other = self._other_side(word, person.sex)
                    if other is None:
                        continue
                    sex, word = person.sex, other
                found.setdefault(person, (sex, word))
                if owner is not None and owner is not person:
                    owners.append((owner, person.sex or sex, word))
        for owner, sex, word in owners:
            other = self._other_side(word, owner.sex)
            if other is not None:
                found.setdefault(owner, (owner.sex or _WED.get(sex or "") if word in _SPOUSES else owner.sex, other))
        for reference in references.all:
            word = " ".join(reference.paragraph.keys[reference.first : reference.last])
            if not reference.is_name and word.startswith("người ") and (kin := self._kin(word)):
                found.setdefault(reference.person, (kin, word.removeprefix("người ")))
        return found

    def _kin(self, word: str) -> Sex | None:
        told = self._words.kin.at(tuple(word.split()), 0)
        return _sexed(told[1]) if told and told[0] == len(word.split()) else None

    def _other_side(self, word: str, sex: Sex | None) -> str | None:
        first = word.split()[0]
        if first in {"vợ", "chồng"} and len(word.split()) == 1:
            return "chồng" if first == "vợ" else "vợ"
        if word in {"bố", "mẹ", "cha", "mẹ đẻ", "bố đẻ", "cha đẻ", "mẹ ruột", "bố ruột"}:
            return {"female": "con gái", "male": "con trai"}.get(sex or "", "con")
        if first == "con" and word in {"con", "con trai", "con gái", "con đầu", "con út", "con nuôi", "con cả"}:
            return {"female": "mẹ", "male": "bố"}.get(sex or "")
        return None

    def _relation(self, person: Person, references: References) -> Iterator[tuple[Sex | None, str, Person | None]]:
        for m in person.mentions:
            p = m.paragraph
            both = self._words.kin.before(p.keys, m.name_first)
            if both and both[0] > 1:
                yield _sexed(both[1]), " ".join(p.keys[m.name_first - both[0] : m.name_first]), None
            for at in (m.first, m.first - 1, m.first - 2, m.first - 3, m.first - 4):
                if at <= 0 or (at < m.first and not self._leads(p, at, m.first, references)):
                    continue
                kin = self._words.kin.before(p.keys, at)
                if kin and at == m.first and len(m.name) == 1 and not m.addressed:
                    other = self._other_side(" ".join(p.keys[at - kin[0] : at]), person.sex)
                    if other:
                        yield self._kin(other), other, None
                elif kin and not self._is_address(p, at - kin[0], kin[0], m):
                    owner = references.within(p, at, m.first)
                    yield _sexed(kin[1]), " ".join(p.keys[at - kin[0] : at]), owner[0].person if owner else None
            if m.last + 1 < len(p) and p.keys[m.last] in {"và", "cùng"}:
                kin = self._words.kin.at(p.keys, m.last + 1)
                other = (
                    self._other_side(" ".join(p.keys[m.last + 1 : m.last + 1 + kin[0]]), person.sex) if kin else None
                )
                if other:
                    yield self._kin(other), other, None
            for at in range(m.last, min(m.last + BESIDE, p.sentence(m.first).stop - 1)):
                if p.words[at] not in {",", "(", "-", "–", "là"} or (at > m.last and p.words[at - 1] == ")"):
                    continue
                start = at + 1 if p.keys[at + 1] not in {"là", "người"} else at + 2
                kin = self._words.kin.at(p.keys, start) if start < len(p) else None
                told_apart = at > m.last and references.within(p, m.last, at)
                if kin and not told_apart and self._owned(p, start + kin[0], references):
                    owner = references.within(p, start + kin[0], start + kin[0] + 3)
                    word = " ".join(p.keys[start : start + kin[0]])
                    yield _sexed(kin[1]), word, owner[0].person if owner else None

    def _leads(self, p: Paragraph, at: int, name: int, references: References) -> bool:
        """Tell whether only the one related and a comma stand between a kinship word and a name ("vợ anh, chị X")."""
        between = p.keys[at:name]
        if between in {(",",), ("là",), ("của", "mình", ","), ("tôi", ",")}:
            return True
        if between[-1] not in {",", "là"}:
            return False
        rest = between[:-1]
        if rest and rest[0] == "của":
            rest = rest[1:]
        related = references.within(p, name - 1 - len(rest), name - 1) if rest else []
        return bool(related) or (len(rest) == 1 and rest[0] in self._words.grammar["owners"])

    def _owned(self, p: Paragraph, at: int, references: References) -> bool:
        """Tell whether what follows a kinship word is its owner ("vợ anh", "bố của Mỷ", "con trai bà X")."""
        if at >= len(p):
            return True
        if p.keys[at] in {"của", ",", ".", ")"} or p.keys[at] in self._words.grammar["owners"]:
            return True
        return bool(references.within(p, at, at + 3))

    def _is_address(self, p: Paragraph, at: int, length: int, m: Mention) -> bool:
        """Tell whether a kinship word is only a form of address ("em Mỷ", "cháu Bảo", "bố Minh")."""
        return length == 1 and p.keys[at] in {"em", "cháu", "con", "ba", "cô"} and at + length == m.name_first

    def victims(self, roles: Mapping[Person, Role], references: References) -> set[Person]:
        """Return who the words around a name or pronoun say was hurt; of officials, only words close by."""
        unlikely = {
            person for person, role in roles.items() if role.kind in {"leader", "official", "expert", "accused"}
        }
        return {r.person for r in references.all if self._is_hurt(r, references, near=r.person in unlikely)}

    def _is_hurt(self, r: Reference, references: References, *, near: bool) -> bool:
        p = r.paragraph
        if r.is_name and any(
            m.first == r.first and "patient" in m.titles for m in r.person.mentions if m.paragraph is p
        ):
            return True
        sentence = p.sentence(r.first)
        for at in range(r.first, max(sentence.start, r.first - 4), -1):
            if self._words.victims_before.before(p.keys, at):
                return True
        others = references.within(p, r.last, sentence.stop)
        last = others[0].first if others else sentence.stop
        last = min(last, r.last + NEAR) if near else last
        for at in range(r.last, last):
            if p.words[at] in _ENDS - {"(", ")"} or self._words.speech.at(p.keys, at) or self._words.kin.at(p.keys, at):
                break
            if self._harm(p, at):
                return True
        start = sentence.start
        while start > 0 and p.words[start - 1] == ";":
            start = p.sentence(start - 1).start
        if any(
            p.keys[at] in {"là", "gồm"}
            and any(self._ends_in_harm(p, before) for before in range(at, max(-1, at - 4), -1))
            for at in range(start, r.first)
        ):
            return True
        opening = references.within(p, sentence.start, r.first)
        if not opening and p.words[r.first - 1] == "," and not p.quoted[r.first]:
            return any(self._harm(p, at) for at in range(sentence.start, min(sentence.start + 3, r.first)))
        return False

    def _ends_in_harm(self, p: Paragraph, at: int) -> bool:
        return bool(self._words.victims_before.before(p.keys, at) or self._words.victims_after.before(p.keys, at))

    def _harm(self, p: Paragraph, at: int) -> bool:
        return bool(self._words.victims_after.at(p.keys, at)) and (
            at == 0 or p.keys[at - 1] not in self._words.grammar["unharmed"]
        )


_SPOUSES = frozenset({"vợ", "chồng"})
_WED: dict[str, Sex] = {"female": "male", "male": "female"}


def _sexed(value: str) -> Sex | None:
    if value == "any":
        return None
    return "female" if value == "female" else "male"


def _slice(p: Paragraph, first: int, last: int) -> str:
    return p.text[p.starts[first] : p.ends[last - 1]]
