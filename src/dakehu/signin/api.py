"""The door for other systems: who asks is told by the key, and how often is counted (F5, W14)."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.errors import Throttled
from ninja.security import HttpBearer

from dakehu.signin import operations, queries
from dakehu.signin.errors import AskedTooOften


class KeyAuth(HttpBearer):
    """Lets in whoever sends the key of a system in use, as often as it may; no session counts."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Return the client, whose requests are counted; nothing if the key opens nothing."""
        at = timezone.now()
        client = queries.client_with_key(token, at=at)
        if client is None:
            return None
        try:
            operations.count_use(client, at=at)
        except AskedTooOften as refusal:
            raise Throttled(refusal.seconds) from refusal
        return client
