"""Who is told what: subscriptions made, changed, released, paused and ended, on record."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dakehu.audit.operations import create_record, remove_record, save_record
from dakehu.hooks.choices import FAILING, UNDELIVERED, DeliveryState, SubscriptionState
from dakehu.hooks.errors import UnableToKeepSubscription
from dakehu.hooks.models import Delivery, EventSubscription, Pulse
from dakehu.hooks.policies import MANAGE, may_release
from dakehu.hooks.queries import forget_wanted
from dakehu.hooks.rules import KNOWN_WITHIN, OVERLAP, address_fault, secret_for
from dakehu.hooks.values import SubscriptionDraft
from dakehu.people.policies import require
from dakehu.people.queries import units_within
from dakehu.worklist.operations import cancel_todos, finish_todo

if TYPE_CHECKING:
    from dakehu.people.models import Staff

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
FAULTS = {
    "unread": gettext_lazy("Type a whole address, such as https://crm.example.com/events"),
    "password": gettext_lazy("Leave user name and password out; events are signed instead."),
    "fragment": gettext_lazy("Leave out what stands after #."),
    "plain": gettext_lazy("Only https: what is not encrypted can be read on its way."),
    "own": gettext_lazy(
        "This is an address of a closed network. Events go there only if the installation names "
        "the network (DAKEHU_HOOK_NETWORKS)."
    ),
}


@transaction.atomic
def create_subscription(
    draft: SubscriptionDraft, *, by: "Staff", at: datetime
) -> tuple[EventSubscription, str]:
    """
    Let another system be told; returns it with its secret, which is shown this once.

    With people's names and numbers it waits for a second person.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToKeepSubscription: if the name is taken, nothing is to be told, the address is
        refused or the unit out of reach.
    """
    require(by, MANAGE)
    made = EventSubscription(code=get_random_string(10, LETTERS), owner=by)
    write_down(made, draft, by=by, at=at)
    create_record(made, by=by, at=at)
    Pulse.objects.create(subscription=made)
    known_everywhere()
    return made, secret_of(made)


@transaction.atomic
def change_subscription(
    subscription: EventSubscription,
    draft: SubscriptionDraft,
    *,
    version: int,
    by: "Staff",
    at: datetime,
) -> bool:
    """
    Change what another system is told, and where; its secret stays.

    If it is told of people, a second person has to release the change.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToKeepSubscription: as when it is made.
    :raises EditedMeanwhile: if somebody else changed it.
    """
    require(by, MANAGE)
    write_down(subscription, draft, by=by, at=at)
    changed = save_record(subscription, version=version, by=by, at=at)
    known_everywhere()
    return changed


def write_down(
    subscription: EventSubscription, draft: SubscriptionDraft, *, by: "Staff", at: datetime
) -> None:
    """Put a draft into a subscription.

    :raises UnableToKeepSubscription: if it cannot stand.
    """
    refuse_draft(subscription, draft, by=by)
    widened = set(draft.kinds) - set(subscription.kinds) or draft.unit.pk != subscription.unit_id
    subscription.name, subscription.url, subscription.note = draft.name, draft.url, draft.note
    subscription.kinds, subscription.unit = sorted(draft.kinds), draft.unit
    subscription.with_people, subscription.is_partner = draft.with_people, draft.is_partner
    subscription.proposed_by = by
    if subscription.since_at is None or widened:
        subscription.since_at = at + KNOWN_WITHIN
    if draft.with_people:
        subscription.state = SubscriptionState.PROPOSED
    elif subscription.state == SubscriptionState.PROPOSED:
        subscription.state = SubscriptionState.ACTIVE


def refuse_draft(
    subscription: EventSubscription, draft: SubscriptionDraft, *, by: "Staff"
) -> None:
    """Pass in silence if a draft can stand.

    :raises UnableToKeepSubscription: otherwise, naming the place and the cure.
    """
    namesakes = EventSubscription.objects.filter(name__iexact=draft.name, removed_at=None)
    if namesakes.exclude(pk=subscription.pk).exists():
        raise UnableToKeepSubscription(_("Another subscription has this name."), "name")
    if fault := address_fault(draft.url, settings.HOOK_NETWORKS):
        raise UnableToKeepSubscription(str(FAULTS[fault]), "url")
    if not draft.kinds:
        raise UnableToKeepSubscription(_("Choose at least one event."), "kinds")
    if not units_within(by).filter(pk=draft.unit.pk).exists():
        raise UnableToKeepSubscription(_("This unit is not within your reach."), "unit")


def known_everywhere() -> None:
    """Let this process know at once what is wanted; others know within seconds."""
    forget_wanted()
    transaction.on_commit(forget_wanted)


def locked(subscription: EventSubscription) -> EventSubscription:
    """Return a subscription as it is stored, under lock.

    :raises UnableToKeepSubscription: if it has ended.
    """
    found: EventSubscription = EventSubscription.objects.select_for_update().get(
        pk=subscription.pk
    )
    if found.removed_at is not None:
        raise UnableToKeepSubscription(_("This subscription has ended."))
    return found


@transaction.atomic
def release_subscription(subscription: EventSubscription, *, by: "Staff", at: datetime) -> None:
    """
    Let a system be told of people, as a second person.

    :raises PermissionDenied: if ``by`` may not, or wrote it.
    :raises UnableToKeepSubscription: if nothing waits for it.
    """
    require(by, MANAGE)
    stored = locked(subscription)
    if stored.state != SubscriptionState.PROPOSED:
        raise UnableToKeepSubscription(_("It does not wait for a second person any more."))
    if not may_release(by, stored):
        raise PermissionDenied(MANAGE)
    stored.state = SubscriptionState.ACTIVE
    save_record(stored, by=by, at=at)


@transaction.atomic
def pause_subscription(subscription: EventSubscription, *, by: "Staff", at: datetime) -> None:
    """
    Send nothing for a while; what happens meanwhile waits, as long as it is not given up.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToKeepSubscription: if it does not send.
    """
    require(by, MANAGE)
    stored = locked(subscription)
    if stored.state != SubscriptionState.ACTIVE:
        raise UnableToKeepSubscription(_("It does not send anyway."))
    stored.state = SubscriptionState.PAUSED
    save_record(stored, by=by, at=at)


@transaction.atomic
def resume_subscription(subscription: EventSubscription, *, by: "Staff", at: datetime) -> None:
    """
    Send again, beginning with what waits.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToKeepSubscription: if it is not paused.
    """
    require(by, MANAGE)
    stored = locked(subscription)
    if stored.state != SubscriptionState.PAUSED:
        raise UnableToKeepSubscription(_("It is not paused."))
    stored.state = SubscriptionState.ACTIVE
    save_record(stored, by=by, at=at)
    Pulse.objects.filter(subscription=stored).update(
        failing_since=None, failures=0, rests_until=None
    )
    waiting = Delivery.objects.filter(subscription=stored, state=DeliveryState.WAITING)
    waiting.update(due_at=at)
    finish_todo(source=FAILING, source_id=stored.pk, by=by, at=at)


@transaction.atomic
def renew_secret(subscription: EventSubscription, *, by: "Staff", at: datetime) -> str:
    """
    Give a system a new secret and return it; the one before signs as well for a day.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToKeepSubscription: if it has ended.
    """
    require(by, MANAGE)
    stored = locked(subscription)
    stored.edition += 1
    stored.former_until = at + OVERLAP
    save_record(stored, by=by, at=at)
    return secret_of(stored)


@transaction.atomic
def end_subscription(subscription: EventSubscription, *, by: "Staff", at: datetime) -> None:
    """
    Tell a system nothing any more, for good; what waits is given up.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToKeepSubscription: if it has ended.
    """
    require(by, MANAGE)
    stored = locked(subscription)
    remove_record(stored, by=by, at=at)
    left = Delivery.objects.filter(subscription=stored, state__in=UNDELIVERED)
    left.update(state=DeliveryState.DEAD, due_at=None, claimed_at=None)
    cancel_todos(source=FAILING, source_ids=[stored.pk], at=at)
    known_everywhere()


def secret_of(subscription: EventSubscription) -> str:
    """Return the present secret of a subscription."""
    return secret_for(settings.SECRET_KEY, subscription.code, subscription.edition)
