"""Hooks of outlets: which addresses they may have, and what is told of them."""

from __future__ import annotations

import pytest

from auditor.errors import StoreError
from auditor.store import hooks, trail


@pytest.fixture
def outlet(store):
    with store.change() as change:
        return change.insert("outlets", {"name": "Báo Lai Châu", "kind": "press"})


@pytest.mark.parametrize(
    "url",
    ["", "ftp://a.vn/", "a.vn/nhan", "http://", "https://ten:mat-khau@a.vn/", "https://a.vn/#x", "https://a.vn:99999/",
     "https://a.vn/a b", "javascript:alert(1)", "https://a.vn/\x00", "https://[1/", "https://a.vn/" + "a" * 2000],
)  # fmt: skip
def test_an_address_that_cannot_be_called_is_refused(store, outlet, url):
    with store.change() as change, pytest.raises(StoreError, match="GA398"):
        hooks.add(change, outlet, url, hooks.EVENTS)


def test_a_hook_is_for_something(store, outlet):
    with store.change() as change, pytest.raises(StoreError, match="GA398"):
        hooks.add(change, outlet, "https://a.vn/", ["khac"])


def test_an_outlet_has_so_many_hooks_at_most(store, outlet):
    with store.change() as change:
        for number in range(hooks.MOST):
            hooks.add(change, outlet, f"https://a.vn/{number}", hooks.EVENTS)
        with pytest.raises(StoreError, match="GA399"):
            hooks.add(change, outlet, "https://a.vn/khac", hooks.EVENTS)


def test_the_trail_names_the_machine_and_neither_secret_nor_path(store, outlet):
    with store.change() as change:
        found, secret = hooks.add(change, outlet, "https://a.vn/nhan?token=bi-mat", ["check.block"])
        fresh = hooks.rotate(change, found)
    with store.read() as db:
        lines = list(trail.recent(db, subject="hook"))
    assert [line.action for line in lines] == ["hook.rotate", "hook.add"]
    said = "".join(str(line.data) for line in lines)
    assert "a.vn" in said
    assert not any(word in said for word in (secret, fresh, "bi-mat"))


def test_a_hook_of_another_outlet_is_not_found(store, outlet):
    with store.change() as change:
        other = change.insert("outlets", {"name": "Báo khác", "kind": "press"})
        found, _ = hooks.add(change, outlet, "https://a.vn/", ["check.block"])
        for ask in (hooks.get, hooks.put_back):
            with pytest.raises(StoreError, match="GA331"):
                ask(change.db if ask is hooks.get else change, other, found.id)
