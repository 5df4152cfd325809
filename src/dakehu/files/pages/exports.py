"""What the screens of exports show."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404

from dakehu.common.masking import PersonalKind, mask
from dakehu.files import policies
from dakehu.files.choices import EXPORT_TONES, ExportState
from dakehu.files.queries import exports as queries
from dakehu.people.policies import may, require
from dakehu.ui.lists import releases

if TYPE_CHECKING:
    from dakehu.people.models import Staff

LIVE = (ExportState.APPROVED, ExportState.BUILDING)
OPEN = (ExportState.WAITING, *LIVE)
SHORTEST_NUMBER = 7


@dataclass(frozen=True)
class AskingPage:
    """What the form shows on which an export is asked for."""

    title: str
    filters: str
    rows: int
    cap: int
    columns: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]
    may_plain: bool
    trouble: str
    list_url: str

    @property
    def is_cut(self) -> bool:
        """Tell whether the file will not hold all rows."""
        return self.rows > self.cap


@dataclass(frozen=True)
class ExportPage:
    """One export: what was asked for, how far it is, and what the person may do about it."""

    export: Any
    title: str
    tone: str
    filters: str
    columns: tuple[str, ...]
    percent: int
    lapses_at: datetime | None
    is_live: bool
    is_mine: bool
    may_decide: bool
    may_withdraw: bool
    may_take: bool
    trouble: str


def asking_page(actor: "Staff", *, name: str, query: str) -> AskingPage:
    """
    Gather what somebody sees who wants to take a personal list away.

    :raises Http404: if there is no such list.
    :raises PermissionDenied: if the person may not have it.
    """
    require(actor, "exports.request")
    screen = releases.personal_list(name)
    if screen is None:
        raise Http404
    require(actor, screen.permission)
    require(actor, screen.export_permission)
    content = releases.content_for(actor, screen, query)
    offered = tuple((choice.name, choice.title) for choice in content.choices)
    return AskingPage(
        title=str(screen.title),
        filters=content.filter_words(),
        rows=content.rows.order_by().count(),
        cap=settings.EXPORT_ROW_CAP,
        columns=offered,
        chosen=tuple(choice.name for choice in content.choices if choice.is_shown),
        may_plain=may(actor, policies.EXPORT_PLAIN),
        trouble="" if content.is_valid else "filter",
        list_url=f"{releases.list_url(screen)}?{query}",
    )


def export_page(actor: "Staff", pk: int, *, at: datetime) -> ExportPage:
    """
    Gather one export for its requester, or for somebody who may release it.

    :raises Http404: if there is none with that number for them.
    """
    export = queries.get_export(actor, pk)
    is_mine = export.requested_by_id == actor.pk
    screen = releases.personal_list(export.screen)
    trouble = policies.trouble_with_export(export.requested_by, screen, plain=export.is_plain)
    is_there = export.state == ExportState.READY and bool(
        export.expires_at and export.expires_at > at
    )
    filters, columns = wanted_of(export)
    wanted = min(export.rows_expected, settings.EXPORT_ROW_CAP) or 1
    return ExportPage(
        export=export,
        title=releases.list_title(export.screen),
        tone=EXPORT_TONES[export.state],
        filters=filters,
        columns=columns,
        percent=100 if is_there else min(100 * export.rows_done // wanted, 99),
        lapses_at=lapse_of(export),
        is_live=export.state in LIVE,
        is_mine=is_mine,
        may_decide=export.state == ExportState.WAITING and not is_mine,
        may_withdraw=is_mine and (export.state in OPEN or is_there),
        may_take=is_mine and is_there and not trouble,
        trouble=trouble if export.state in OPEN or is_there else "",
    )


def lapse_of(export: Any) -> datetime | None:
    """Return when a request lapses if nobody decides; nothing once somebody has."""
    if export.state != ExportState.WAITING:
        return None
    lapses_at: datetime = export.requested_at + timedelta(days=settings.EXPORT_REQUEST_DAYS)
    return lapses_at


def wanted_of(export: Any) -> tuple[str, tuple[str, ...]]:
    """Return filter and columns of an export in words; the filter with long numbers masked."""
    try:
        content = queries.content_of(export)
    except Http404:
        return "", tuple(export.columns)
    titles = {choice.name: choice.title for choice in content.choices}
    words = " ".join(hidden(word) for word in content.filter_words().split(" "))
    return words, tuple(titles.get(name, name) for name in export.columns)


def hidden(word: str) -> str:
    """Return a word; one that could be a whole telephone or identity number is masked."""
    is_long = len(word) >= SHORTEST_NUMBER and word.strip(";,").isdigit()
    return mask(PersonalKind.PHONE, word) if is_long else word
