"""What the features of the desk stand on: a store with people, hashed once."""

from __future__ import annotations

from tests.api.conftest import staffed_file

__all__ = ["staffed_file"]
