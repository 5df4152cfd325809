"""Alerts, their handlings and to-dos."""

from datetime import UTC, date, datetime

import factory
from tests.factories.customers import CustomerFactory

from dakehu.alerts.choices import SOURCE, Outcome, Rule
from dakehu.alerts.models import Alert, Handling
from dakehu.worklist.models import Todo

DAY = date(2026, 3, 1)
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class AlertFactory(factory.django.DjangoModelFactory):
    """An alert that goes on, owned by the customer's manager."""

    class Meta:
        model = Alert

    customer = factory.SubFactory(CustomerFactory)
    rule = Rule.W04
    city_code = factory.SelfAttribute("customer.city_code")
    unit = factory.SelfAttribute("customer.unit")
    owner = factory.SelfAttribute("customer.manager")
    opened_day = DAY
    last_day = factory.SelfAttribute("opened_day")
    a = 600
    b = 7_200


class HandlingFactory(factory.django.DjangoModelFactory):
    """One contact on an alert by its owner."""

    class Meta:
        model = Handling

    alert = factory.SubFactory(AlertFactory)
    by = factory.SelfAttribute("alert.owner")
    at = AT
    contacted = True
    outcome = Outcome.KEPT


class TodoFactory(factory.django.DjangoModelFactory):
    """The open to-do of an alert."""

    class Meta:
        model = Todo
        exclude = ("alert",)

    alert = factory.SubFactory(AlertFactory)
    source = SOURCE
    source_id = factory.SelfAttribute("alert.pk")
    facts = factory.LazyAttribute(
        lambda todo: {"rule": str(todo.alert.rule), "a": todo.alert.a, "b": todo.alert.b}
    )
    customer = factory.SelfAttribute("alert.customer")
    owner = factory.SelfAttribute("alert.owner")
    unit = factory.SelfAttribute("alert.unit")
    due_date = DAY
    created_at = AT
