"""What other systems can be told, and where telling them stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FAILING = "hook-failing"
"""To-dos of whoever keeps a subscription that nobody answers."""


class EventKind(models.TextChoices):
    """What happened to an object; the values are what other systems read."""

    OPPORTUNITY_CREATED = "opportunity.created", _("Opportunity: taken in")
    OPPORTUNITY_OFFERED = "opportunity.offered", _("Opportunity: offered")
    OPPORTUNITY_CLAIMED = "opportunity.claimed", _("Opportunity: claimed")
    OPPORTUNITY_RETURNED = "opportunity.returned", _("Opportunity: returned")
    OPPORTUNITY_EXPIRED = "opportunity.expired", _("Opportunity: not claimed in time")
    OPPORTUNITY_WITHDRAWN = "opportunity.withdrawn", _("Opportunity: taken back")
    OPPORTUNITY_PASSED = "opportunity.passed_on", _("Opportunity: passed on")
    OPPORTUNITY_STAGE = "opportunity.stage_changed", _("Opportunity: at another stage")
    OPPORTUNITY_WON = "opportunity.won", _("Opportunity: won")
    OPPORTUNITY_LOST = "opportunity.lost", _("Opportunity: given up")
    ORDER_ANSWERED = "order.answered", _("Order: answered")
    CASE_OPENED = "case.opened", _("Service request: opened")
    CASE_CHANGED = "case.changed", _("Service request: changed")
    CASE_CLOSED = "case.closed", _("Service request: closed")


TEST = "test.ping"
"""The event of the button; nobody subscribes to it."""
KIND_LABELS = {**dict(EventKind.choices), TEST: _("Test event")}


class SubscriptionState(models.TextChoices):
    """Whether a system is told."""

    ACTIVE = "ACTIVE", pgettext_lazy("a subscription", "Sends")
    PAUSED = "PAUSED", pgettext_lazy("a subscription", "Paused")
    PROPOSED = "PROPOSED", _("Waits for a second person")


class DeliveryState(models.TextChoices):
    """Where the delivery of one event to one system stands."""

    WAITING = "WAITING", pgettext_lazy("a delivery", "Waits")
    SENDING = "SENDING", pgettext_lazy("a delivery", "Being sent")
    DONE = "DONE", pgettext_lazy("a delivery", "Delivered")
    DEAD = "DEAD", pgettext_lazy("a delivery", "Given up")


UNDELIVERED = (DeliveryState.WAITING, DeliveryState.SENDING)
SUBSCRIPTION_TONES = {
    SubscriptionState.ACTIVE: "success",
    SubscriptionState.PAUSED: "warning",
    SubscriptionState.PROPOSED: "info",
}
DELIVERY_TONES = {
    DeliveryState.WAITING: "info",
    DeliveryState.SENDING: "info",
    DeliveryState.DONE: "success",
    DeliveryState.DEAD: "danger",
}
