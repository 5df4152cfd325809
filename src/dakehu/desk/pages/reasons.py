"""Why an alert was raised, from the inputs that the night kept with it (promise 1)."""

from datetime import date
from typing import Any

from django.conf import settings

from dakehu.alerts.choices import Rule
from dakehu.alerts.queries import Reasons, reasons_for
from dakehu.exchange.queries.facts import evaluation_of
from dakehu.facts.results import kept_inputs
from dakehu.facts.store import FactStore
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
