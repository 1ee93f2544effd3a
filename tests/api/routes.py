"""The routes of the application as the tests of access see them: what each needs, and a request that fits it.

Routes added later are found by themselves; an address with a part of a new name asks for a line in ``PARTS``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import FastAPI, UploadFile
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from api.access import Permission, anyone_logged_in, open_to_all
from tests.api.desk import Ids

OPEN, ANYONE = "open", "anyone"
_PART = re.compile(r"{(\w+)(?::\w+)?}")

PARTS = {
    "article": "articles", "commune": "communes", "comment": "comments", "decision": "decisions", "entered": "states",
    "event": "events", "evidence": "evidence", "file": "files", "finding": "findings", "key": "keys",
    "item": "upload_items", "letter": "letters", "notice": "notices", "outlet": "outlets", "page": "pages",
    "piece": "evidence", "hook": "webhooks", "kept_id": "kept_checks",
    "questionnaire": "questionnaires", "regulation": "regulations", "report": "reports", "round": "rounds",
    "scan": "scans", "state": "states", "unit": "units", "upload": "uploads", "user": "users", "version": "versions",
    "village": "units", "waiver": "waivers",
}  # fmt: skip
"""The table whose row a part of an address names."""
RULE = "HU-PROP-01"
ROOTS = {
    "/can-cu/": {"key": "=ND61:9.1"},
    "/quy-tac/": {"rule": f"={RULE}", "subject": "=rule", "key": f"={RULE}"},
}
"""Parts whose names are told apart only by the start of the address; after ``=`` stands a value of no table."""
FIXED = {"year": "2026", "number": "1", "line": "1", "entry": "1", "kind": "province", "form": "docx", "name": "x"}
OF_COMMUNE = {
    "communes", "units", "regulations", "versions", "findings", "decisions", "comments", "waivers", "letters", "states",
    "events", "pages", "files", "notices", "upload_items", "uploads",
}  # fmt: skip
"""Tables whose rows belong to a commune: its clerk shall not learn of those of another."""
OF_OUTLET = {"outlets", "articles", "scans", "questionnaires", "evidence", "keys", "webhooks", "kept_checks"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A route with one of its methods; ``needs``: a permission, ``open``, ``anyone`` or None."""

    route: APIRoute
    method: str
    needs: Permission | str | None

    @property
    def name(self) -> str:
        return f"{self.method} {self.route.path}"

    def tables(self) -> set[str]:
        """Return the tables whose rows the address names."""
        return {table for part in _PART.findall(self.route.path) if (table := self._named(part)) and table[0] != "="}

    def address(self, ids: Ids) -> str:
        """Return an address that fits, naming these rows, with the parameters it cannot do without."""

        def filled(part: re.Match[str]) -> str:
            table = self._named(part[1])
            if table:
                return table[1:] if table.startswith("=") else str(ids[table])
            assert part[1] in FIXED, f"{self.route.path}: say in tests/api/routes.py what “{part[1]}” names"
            return FIXED[part[1]]

        query = [f"{field.alias}=1" for field in self.route.dependant.query_params if field.field_info.is_required()]
        return _PART.sub(filled, self.route.path) + ("?" + "&".join(query) if query else "")

    def form(self) -> tuple[dict[str, object], dict[str, object]]:
        """Return fields and files that fit what the route cannot do without."""
        fields: dict[str, object] = {}
        sent: dict[str, object] = {}
        for field in self.route.dependant.body_params:
            kind = field.field_info.annotation
            if kind is UploadFile or kind == list[UploadFile]:
                sent[field.alias] = ("bảng.csv", "Xã, phường,Tên thôn, bản\n".encode(), "text/csv")
            elif field.field_info.is_required():
                fields[field.alias] = "1"
        return fields, sent

    def _named(self, part: str) -> str | None:
        for start, parts in ROOTS.items():
            if self.route.path.startswith(start) and part in parts:
                return parts[part]
        return PARTS.get(part)


def asked(app: FastAPI) -> list[Asked]:
    """Return every route of an application by each of its methods."""
    found = [
        Asked(route, method, _needs(route.dependant))
        for route in _routes(app.routes)
        for method in sorted(route.methods - {"HEAD", "OPTIONS"})
    ]
    return sorted(found, key=lambda one: one.name)


def _routes(routes: list[object]) -> Iterator[APIRoute]:
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        else:
            yield from _routes(getattr(getattr(route, "original_router", None), "routes", []))


def _needs(dependant: Dependant) -> Permission | str | None:
    for inner in dependant.dependencies:
        if inner.call is open_to_all:
            return OPEN
        if inner.call is anyone_logged_in:
            return ANYONE
        if found := getattr(inner.call, "permission", None) or _needs(inner):
            return found
    return None
