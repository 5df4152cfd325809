"""Why an alert was raised, from the inputs that the night kept with it (promise 1)."""

from datetime import date
from typing import Any

from django.conf import settings

from dakehu.alerts.choices import Rule
from dakehu.alerts.queries import Reasons, reasons_for
from dakehu.exchange.queries.facts import evaluation_of
from dakehu.facts.results import kept_inputs
from dakehu.facts.store import FactStore
from dakehu.obligations.queries.boards import is_spared
from dakehu.tiering.queries.credit import Credit, credit_of


def alert_reasons(alert: Any) -> Reasons | None:
    """Return why an alert fired on its newest day; nothing where the inputs are not kept."""
    evaluation = evaluation_of(alert.last_day)
    if evaluation is None:
        return None
    folder = FactStore(settings.HOME).result_folder("evidence", alert.last_day)
    path = folder / f"{evaluation.token}.parquet"
    inputs = kept_inputs(path, alert.customer.number) if path.exists() else None
    return None if inputs is None else reasons_for(alert, inputs)


def credit_before_suspension(alert: Any, *, on: date) -> Credit | None:
    """Return the credit standing where a suspension is near; nothing for other warnings (C24)."""
    return credit_of(alert.customer, on=on) if alert.rule == Rule.W11 else None


def spared_by_grant(alert: Any, *, on: date) -> bool:
    """Tell whether a suspension that is near is spared to the customer or its group (C24)."""
    if alert.rule != Rule.W11:
        return False
    customer = alert.customer
    return is_spared([customer.pk, *filter(None, [customer.group_id])], on=on)
