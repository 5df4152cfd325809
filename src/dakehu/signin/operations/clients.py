"""Other systems that ask or report here: made, changed, given new keys, revoked, counted."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils.crypto import get_random_string

from dakehu.audit.operations import create_record, remove_record, save_record
from dakehu.people.policies import require
from dakehu.people.queries import units_within
from dakehu.signin.errors import AskedTooOften, UnableToKeepClient
from dakehu.signin.models import ApiClient, ApiUse
from dakehu.signin.rules import key_hash, key_text, minute_of
from dakehu.signin.values import ClientDraft

if TYPE_CHECKING:
    from dakehu.people.models import Staff

PERMISSION = "api.manage"
CODE_LENGTH, SECRET_LENGTH = 10, 40
CODE_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


@transaction.atomic
def create_client(draft: ClientDraft, *, by: "Staff", at: datetime) -> tuple[ApiClient, str]:
    """
    Let another system in; returns it with its key, which cannot be read again afterwards.

    :raises PermissionDenied: if the person may not keep other systems.
    :raises UnableToKeepClient: if the name is taken, the end is past, or the unit out of reach.
    """
    require(by, PERMISSION)
    client = ApiClient(code=get_random_string(CODE_LENGTH, CODE_LETTERS))
    write_down(client, draft, by=by, at=at)
    key = new_key(client, at=at)
    return create_record(client, by=by, at=at), key


@transaction.atomic
def change_client(
    client: ApiClient, draft: ClientDraft, *, version: int, by: "Staff", at: datetime
) -> bool:
    """
    Change what another system may do, and until when; its key stays.

    :raises PermissionDenied: if the person may not keep other systems.
    :raises UnableToKeepClient: if the name is taken, the end is past, or the unit out of reach.
    :raises EditedMeanwhile: if somebody else changed it.
    """
    require(by, PERMISSION)
    write_down(client, draft, by=by, at=at)
    return save_record(client, version=version, by=by, at=at)


@transaction.atomic
def renew_key(client: ApiClient, *, by: "Staff", at: datetime) -> str:
    """
    Give another system a new key and return it; the old one opens nothing from then on.

    :raises PermissionDenied: if the person may not keep other systems.
    """
    require(by, PERMISSION)
    key = new_key(client, at=at)
    save_record(client, by=by, at=at)
    return key


@transaction.atomic
def revoke_client(client: ApiClient, *, by: "Staff", at: datetime) -> None:
    """
    Keep another system out for good; what it reported stays.

    :raises PermissionDenied: if the person may not keep other systems.
    """
    require(by, PERMISSION)
    remove_record(client, by=by, at=at)


@transaction.atomic
def count_use(client: ApiClient, *, at: datetime) -> None:
    """
    Count one request of a client.

    :raises AskedTooOften: if it asked as often as it may in this minute; that counts nothing.
    """
    minute = minute_of(at)
    begun = {"minute": minute, "last_used_at": at}
    counted = ApiUse.objects.filter(client=client).exclude(
        minute=minute, count__gte=client.per_minute
    )
    again = {"count": Case(When(minute=minute, then=F("count") + 1), default=Value(1)), **begun}
    if counted.update(**again):
        return
    # Either it asked too often, or never before.
    _use, is_first = ApiUse.objects.get_or_create(client=client, defaults=begun)
    if not (is_first and counted.update(**again)):
        left = minute + timedelta(minutes=1) - at
        raise AskedTooOften(max(1, round(left.total_seconds())))


def write_down(client: ApiClient, draft: ClientDraft, *, by: "Staff", at: datetime) -> None:
    """Put a draft into a client.

    :raises UnableToKeepClient: if it cannot stand.
    """
    namesakes = ApiClient.objects.filter(name__iexact=draft.name, removed_at=None)
    if namesakes.exclude(pk=client.pk).exists():
        raise UnableToKeepClient.taken()
    if draft.expires_at is not None and draft.expires_at <= at:
        raise UnableToKeepClient.past()
    if not units_within(by).filter(pk=draft.unit.pk).exists():
        raise UnableToKeepClient.beyond()
    client.name, client.unit, client.note = draft.name, draft.unit, draft.note
    client.rights, client.per_minute = sorted(draft.rights), draft.per_minute
    client.expires_at = draft.expires_at


def new_key(client: ApiClient, *, at: datetime) -> str:
    """Draw a new key for a client, keep its hash, and return it."""
    secret = get_random_string(SECRET_LENGTH)
    client.key_hash, client.key_given_at = key_hash(secret), at
    return key_text(client.code, secret)
