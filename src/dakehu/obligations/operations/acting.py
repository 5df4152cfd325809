"""Acts: what was done for a customer, told by its evidence; and waiving what is owed."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import save_record
from dakehu.obligations.choices import DUE, RUNNING, State
from dakehu.obligations.errors import UnableToRecordAct, UnableToWaive
from dakehu.obligations.models import Act, Obligation
from dakehu.obligations.operations.planning import ask_again
from dakehu.obligations.operations.refreshing import STATED, stated
from dakehu.obligations.policies import APPROVE
from dakehu.obligations.queries.owing import acts_within
from dakehu.people.policies import require
from dakehu.worklist.operations import cancel_todos

if TYPE_CHECKING:
    from dakehu.customers.models import Customer
    from dakehu.people.models import Staff


@transaction.atomic
def record_act(  # noqa: PLR0913 - an act is of something, for somebody, proved by something
    *,
    customer: "Customer",
    service_code: str,
    happened_at: datetime,
    evidence: str,
    evidence_id: int,
    note: str = "",
    by: "Staff",
    at: datetime,
) -> Act:
    """
    Take note that something was done for a customer; it counts in the period it happened in.

    ``evidence`` names the kind of thing that proves it and ``evidence_id`` its number; telling of
    the same evidence again changes nothing. Whoever calls has asked for permission and reach.

    :raises UnableToRecordAct: if it is said to have happened in the future.
    """
    if happened_at > at:
        raise UnableToRecordAct(_("This has not happened yet. Record it once it has."))
    act, is_new = Act.objects.get_or_create(
        customer=customer,
        service=service_code,
        evidence=evidence,
        evidence_id=evidence_id,
        withdrawn_at=None,
        defaults={
            "happened_at": happened_at,
            "happened_on": localdate(happened_at),
            "note": note,
            "by": by,
            "at": at,
        },
    )
    if is_new:
        recount(act, by=by, at=at)
    return act


@transaction.atomic
def withdraw_act(
    *,
    customer: "Customer",
    service_code: str,
    evidence: str,
    evidence_id: int,
    by: "Staff",
    at: datetime,
) -> bool:
    """Take back what some evidence proved; tells whether there was any."""
    act = Act.objects.filter(
        customer=customer,
        service=service_code,
        evidence=evidence,
        evidence_id=evidence_id,
        withdrawn_at__isnull=True,
    ).first()
    if act is None:
        return False
    act.withdrawn_at = at
    act.save(update_fields=["withdrawn_at"])
    recount(act, by=by, at=at)
    return True


def recount(act: Act, *, by: "Staff", at: datetime) -> None:
    """Count anew what was done in the periods that an act lies in."""
    found = Obligation.objects.select_for_update().filter(
        customer=act.customer_id,
        service=act.service,
        starts_on__lte=act.happened_on,
        ends_on__gt=act.happened_on,
    )
    for each in found:
        each.done = acts_within(
            each.customer_id, each.service, start=each.starts_on, end=each.ends_on
        )
        stated(each, on=localdate(at))
        each.save(update_fields=STATED)
        if each.state != State.MISSED:
            ask_again(each, by=by, at=at)


@transaction.atomic
def waive(*, obligation: Obligation, reason: str, by: "Staff", at: datetime) -> Obligation:
    """
    Say that something is not owed after all, and why.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToWaive: if it is met, missed or waived already, or no reason is given.
    """
    require(by, APPROVE)
    held = Obligation.objects.select_for_update().get(pk=obligation.pk)
    if held.state not in RUNNING:
        raise UnableToWaive(_("Only what is still owed can be waived; missed stays missed."))
    if not reason.strip():
        raise UnableToWaive(_("Say why it is waived."))
    held.waived_by, held.waived_reason, held.state = by, reason.strip(), State.WAIVED
    save_record(held, by=by, at=at, reason=reason.strip())
    cancel_todos(source=DUE, source_ids=[held.pk], at=at)
    return held
