"""Other systems with their keys, and what they report."""

from datetime import datetime
from typing import Any

from dakehu.signin.models import ApiClient
from dakehu.signin.operations import create_client
from dakehu.signin.values import ClientDraft

URL = "/api/v1/leaving-events"
RIGHTS = frozenset({"leaving.report"})


def make_client(people: Any, unit: Any, *, at: datetime, **options: Any) -> tuple[ApiClient, str]:
    """Let another system in; returns it with its key."""
    given = {"name": "CRM", "rights": RIGHTS, "per_minute": 100, **options}
    return create_client(ClientDraft(unit=unit, **given), by=people.administrator, at=at)


def event(now: datetime, **options: Any) -> dict[str, Any]:
    """Return an event as another system sends it."""
    return {
        "event_id": "E-1",
        "sub_id": "01S00000101",
        "kind": "port_out",
        "at": now.isoformat(),
        "source": "营业厅",
        **options,
    }


def send(client: Any, key: str, content: Any, **options: Any) -> Any:
    """Send an event with a key, as another system would."""
    headers = {"authorization": f"Bearer {key}", **options.pop("headers", {})}
    return client.post(URL, content, content_type="application/json", headers=headers, **options)
