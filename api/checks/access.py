"""Who may ask version 1 of the API: programs that come with a key that has the scope."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.checks.problems import unauthorised
from api.checks.service import Service
from auditor.errors import ApiError
from auditor.store.keys import Key

_bearer = HTTPBearer(
    auto_error=False,
    scheme_name="key",
    bearerFormat="ga_…",
    description="Khoá của toà soạn, dạng ga_…",
)


def service(request: Request) -> Service:
    """Return what answers."""
    found: Service = request.app.state.service
    return found


def key_with(scope: str) -> Any:
    """Return the dependency of a handler that needs a key with a scope."""

    async def key(
        serving: Annotated[Service, Depends(service)],
        given: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
    ) -> Key:
        found = await serving.known(given.credentials) if given else None
        if found is None:
            raise unauthorised()
        if scope not in found.scopes:
            raise ApiError("GA440", "Khoá này không có quyền cho việc đó. Xin dùng khoá khác hoặc nhờ Sở cấp quyền.")
        return found

    return Depends(key)


Serving = Annotated[Service, Depends(service)]
CheckKey = Annotated[Key, key_with("check")]
ReadKey = Annotated[Key, key_with("read")]
