"""Search without marks, and the words around a hit."""

from __future__ import annotations

import pytest

from auditor.audit import Auditor
from auditor.documents.interface import document_of
from auditor.store import files, search, users, versions

TEXT = (
    "QUY ƯỚC BẢN NÀ KHƯƠNG\n\nĐiều 1. Đất đai\nCon gái không được chia đất đai của cha mẹ đẻ."
    " <script>alert(1)</script>\n"
)


@pytest.fixture
def indexed(store):
    record = Auditor(people=False).audit(document_of(TEXT))
    with store.change() as change:
        version = versions.hand_in(change, files.keep(change, b"a", "a.txt"), "a.txt")
        versions.audited(change, version.id, record, TEXT)
    return store


def found(store, query, **more):
    with store.read() as db:
        return search.search(db, query, **more)


@pytest.mark.parametrize("query", ["dat dai", "ĐẤT ĐAI", "đất đai", "con gai chia", "cha me de", "na khuong", "a.txt"])
def test_a_text_is_found_with_or_without_marks(indexed, query):
    assert found(indexed, query).total == 1


@pytest.mark.parametrize("query", ["", "  ", '"', "* OR", "NEAR(", "khong co chu nay", "dat-", "-"])
def test_whatever_is_typed_is_only_words(indexed, query):
    assert found(indexed, query).total in {0, 1}


def test_the_words_asked_for_are_marked_in_the_original(indexed):
    (hit,) = found(indexed, "dat dai").hits
    assert [words for words, marked in hit.snippet if marked] == ["Đất đai", "đất đai"]
    assert "".join(words for words, _ in hit.snippet).startswith("QUY ƯỚC BẢN NÀ KHƯƠNG Điều 1.")


def test_offsets_hold_where_folding_changes_the_length():
    text = "ǆ\u0301 ﬁ Đất đai chung"
    marked = [words for words, marked in search.snippet(text, ["dat", "dai"]) if marked]
    assert marked == ["Đất đai"]


def test_a_long_text_is_cut_at_words():
    text = "mở đầu " * 200 + "đất đai " + "kết thúc " * 200
    parts = search.snippet(text, ["dat", "dai"])
    assert parts[0] == ("… ", False)
    assert parts[-1] == (" …", False)
    assert all(word in {"mở", "đầu", "kết", "thúc"} for words, hit in parts[1:-1] if not hit for word in words.split())


def test_a_clerk_finds_only_what_is_of_the_own_commune(indexed):
    assert found(indexed, "dat dai", commune=2).total == 0


def test_a_text_taken_back_is_not_found(indexed):
    with indexed.change() as change:
        users.add(change, "a", "a", "reviewer", "mot mat khau du dai")
        versions.withdraw(change, 1)
    assert found(indexed, "dat dai").total == 0
    with indexed.change() as change:
        versions.restore(change, 1)
    assert found(indexed, "dat dai").total == 1
