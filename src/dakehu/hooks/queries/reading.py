"""Subscriptions and deliveries, within the actor's reach."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from dakehu.hooks.choices import UNDELIVERED, DeliveryState
from dakehu.hooks.models import Delivery, EventSubscription
from dakehu.hooks.policies import MANAGE
from dakehu.people.policies import may
from dakehu.people.queries import units_within

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def subscriptions_visible_to(actor: "Staff") -> QuerySet[EventSubscription]:
    """Return the subscriptions of units within the actor's reach, with how much waits."""
    waits = Count("deliveries", filter=Q(deliveries__state__in=UNDELIVERED))
    dead = Count("deliveries", filter=Q(deliveries__state=DeliveryState.DEAD))
    found = systems_known_to(actor).select_related("unit", "owner", "pulse")
    return found.annotate(waits=waits, dead=dead)


def systems_known_to(actor: "Staff") -> QuerySet[EventSubscription]:
    """Return the subscriptions of units within the actor's reach, to choose from."""
    if not may(actor, MANAGE):
        return EventSubscription.objects.none()
    within = units_within(actor).order_by().values("pk")
    return EventSubscription.objects.filter(removed_at=None, unit__in=within)


def get_subscription(actor: "Staff", pk: int) -> EventSubscription:
    """
    Return one subscription.

    :raises Http404: if there is none with that number within the actor's reach.
    """
    found: EventSubscription | None = subscriptions_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def subscription_named(name: str) -> EventSubscription | None:
    """Return the subscription of a name, for whoever is at the terminal."""
    found: EventSubscription | None = EventSubscription.objects.filter(
        name=name, removed_at=None
    ).first()
    return found


def deliveries_visible_to(actor: "Staff") -> QuerySet[Delivery]:
    """Return the deliveries to systems within the actor's reach, ended ones too."""
    if not may(actor, MANAGE):
        return Delivery.objects.none()
    within = units_within(actor).order_by().values("pk")
    found = Delivery.objects.filter(subscription__unit__in=within)
    return found.select_related("subscription", "event", "event__unit")


def get_delivery(actor: "Staff", pk: int) -> Delivery:
    """
    Return one delivery.

    :raises Http404: if there is none with that number within the actor's reach.
    """
    found: Delivery | None = deliveries_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def failing_words(facts: Mapping[str, Any]) -> str:
    """Say that a system is not told any more."""
    return _("“%(name)s” takes no events any more and was paused") % {
        "name": facts.get("name", "")
    }


def failing_url(pk: int) -> str:
    """Return the page of a subscription."""
    return reverse("hooks:subscription", args=[pk])
