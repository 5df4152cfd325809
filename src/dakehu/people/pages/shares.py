"""What the page of a share shows, and how its state reads (promise 3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.people import queries
from dakehu.people.choices import ShareSubject
from dakehu.people.policies import may
from dakehu.people.values import Shareable

if TYPE_CHECKING:
    from dakehu.people.models import Staff

INSTANT = timedelta(microseconds=1)
# What is shared has a page of its own; customers live on a higher floor.
ADDRESSES = {
    ShareSubject.CUSTOMER: "desk:customer",
    ShareSubject.MANAGER: "people:staff_file",
    ShareSubject.UNIT: "people:unit_page",
}


@dataclass(frozen=True)
class SharePage:
    """One share: of what, with whom, until when, by whom and why; whether it can be withdrawn."""

    share: Any
    state: str
    tone: str
    url: str
    last_day: Any
    may_withdraw: bool


@dataclass(frozen=True)
class ShareLine:
    """One share that holds, and the last day on which it does."""

    share: Any
    last_day: Any


@dataclass(frozen=True)
class SharesPanel:
    """With whom something is shared, and, of a person, what is shared with them."""

    lines: list[ShareLine]
    received: list[ShareLine]
    kind: str
    number: int
    may_share: bool


def share_lines(shares: Iterable[Any]) -> list[ShareLine]:
    """Return the lines of shares that hold."""
    return [ShareLine(share, localdate(share.expires_at - INSTANT)) for share in shares]


def shares_panel(actor: "Staff", shareable: Shareable, subject: Any) -> SharesPanel:
    """Gather with whom something is shared."""
    is_person = shareable.kind == "manager"
    return SharesPanel(
        lines=share_lines(queries.shares_of(shareable.subjects(subject))),
        received=share_lines(queries.shares_given_to(subject)) if is_person else [],
        kind=shareable.kind,
        number=subject.pk,
        may_share=may(actor, "people.share"),
    )


def share_page(actor: "Staff", share: Any, *, at: datetime) -> SharePage:
    """Gather one share."""
    state, tone = state_of(share, at)
    return SharePage(
        share=share,
        state=state,
        tone=tone,
        url=reverse(ADDRESSES[ShareSubject(share.subject)], args=[share.subject_id]),
        last_day=localdate(share.expires_at - INSTANT),
        may_withdraw=tone == "success" and may(actor, "people.share"),
    )


def state_of(share: Any, at: datetime) -> tuple[str, str]:
    """Return whether a share holds, in words and as the tone of a badge."""
    if share.removed_at:
        return _("Withdrawn"), "warning"
    return (_("In force"), "success") if at < share.expires_at else (_("Over"), "neutral")
