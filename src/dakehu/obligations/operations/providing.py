"""What customers are provided with: representatives, stations, personalised service, trials."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, save_record
from dakehu.catalogue.choices import Offer
from dakehu.catalogue.queries import limit_for
from dakehu.catalogue.queries.promises import entitlements_of
from dakehu.obligations.choices import JOINT, JOINT_DUE, SPARED, TRIAL_ENDS, JointMode
from dakehu.obligations.errors import UnableToProvide
from dakehu.obligations.models import Provision, Trial
from dakehu.obligations.policies import APPROVE, EDIT
from dakehu.obligations.rules.terms import months_later
from dakehu.people.choices import ServiceCode
from dakehu.people.policies import require
from dakehu.worklist.choices import Urgency
from dakehu.worklist.operations import finish_todo, open_todos
from dakehu.worklist.values import Ask

if TYPE_CHECKING:
    from dakehu.customers.models import Customer
    from dakehu.people.models import Staff


@transaction.atomic
def provide(*, provision: Provision, by: "Staff", at: datetime) -> Provision:
    """
    Provide a customer with a service from a day on; what it had of the same ends on that day.

    :raises PermissionDenied: if ``by`` may not; only who approves spares a suspension (C24).
    :raises UnableToProvide: if a representative is missing, the day precedes what is there, or
        what was begun jointly is still open.
    """
    require(by, APPROVE if provision.service == SPARED else EDIT)
    if provision.service == ServiceCode.REPRESENTATIVE and provision.staff is None:
        raise UnableToProvide(_("Name the leader who represents the company."))
    if provision.service == SPARED:
        refuse_sparing(provision)
    if provision.service == JOINT:
        refuse_joint(provision)
    present = (
        Provision.objects.select_for_update()
        .filter(customer=provision.customer_id, service=provision.service)
        .filter(ends_on__isnull=True, removed_at__isnull=True)
        .first()
    )
    if present is not None:
        if provision.service == JOINT:
            raise UnableToProvide(
                _("Say first what came of the joint business that began on %(day)s.")
                % {"day": present.starts_on.isoformat()}
            )
        if provision.starts_on <= present.starts_on:
            raise UnableToProvide(
                _("This customer has it since %(day)s. Name a later day, or end that first.")
                % {"day": present.starts_on.isoformat()}
            )
        present.ends_on = provision.starts_on
        save_record(present, by=by, at=at)
    return create_record(provision, by=by, at=at)


def refuse_sparing(provision: Provision) -> None:
    """
    Pass in silence if the catalogue lets a customer be spared the suspension (C24).

    :raises UnableToProvide: otherwise, or if the grounds are missing.
    """
    if not provision.note:
        raise UnableToProvide(_("Name the grounds for it; they are told before a suspension."))
    customer, on = provision.customer_id, provision.starts_on
    found = entitlements_of([customer], on=on, service=SPARED)[customer]
    if not any(each.terms.offer in (Offer.GIVEN, Offer.SELECTIVE) for each in found):
        raise UnableToProvide(
            _("No standard of the catalogue allows this at the level of this customer.")
        )


def refuse_joint(provision: Provision) -> None:
    """
    Pass in silence if something can be done jointly with a customer like that (C27).

    :raises UnableToProvide: if a target has no figure or no day, or the day lies before the first.
    """
    if provision.mode == JointMode.TARGET and not (provision.goal_fen and provision.due_on):
        raise UnableToProvide(_("A joint target needs a figure and the day it is due."))
    if provision.due_on and provision.due_on < provision.starts_on:
        raise UnableToProvide(_("The last day lies before the first."))


@transaction.atomic
def end_provision(
    *,
    provision: Provision,
    outcome: str = "",
    reached_fen: int | None = None,
    by: "Staff",
    at: datetime,
) -> Provision:
    """
    End a provision today; of what was done jointly it is said what came of it (C27).

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToProvide: if it has ended already, or nothing says what came of it.
    """
    require(by, APPROVE if provision.service == SPARED else EDIT)
    held = Provision.objects.select_for_update().get(pk=provision.pk)
    if held.ends_on is not None:
        raise UnableToProvide(_("This has ended already."))
    if held.service == JOINT and not outcome.strip():
        raise UnableToProvide(_("Say what came of it."))
    if held.mode == JointMode.TARGET and reached_fen is None:
        raise UnableToProvide(_("Say how much of the target was reached; 0 if nothing was."))
    held.ends_on = max(localdate(at), held.starts_on)
    held.outcome, held.reached_fen = outcome.strip(), reached_fen
    save_record(held, by=by, at=at)
    if held.service == JOINT:
        finish_todo(source=JOINT_DUE, source_id=held.pk, by=by, at=at)
    return held


def ask_about_joint_business(*, at: datetime) -> int:
    """Ask what came of joint business that is due; asking again changes nothing (C27)."""
    due = Provision.objects.filter(
        service=JOINT, ends_on__isnull=True, removed_at__isnull=True, due_on__lte=localdate(at)
    ).select_related("customer", "customer__unit", "customer__manager")
    asks = [
        Ask(
            source_id=each.pk,
            facts={"name": each.customer.name, "note": each.note},
            customer_id=each.customer_id,
            owner_id=each.customer.manager_id,
            unit_id=(each.customer.manager or each.customer).unit_id,
            urgency=Urgency.HIGH,
            due_date=each.due_on,
        )
        for each in due
    ]
    return open_todos(source=JOINT_DUE, asks=asks, at=at)


@transaction.atomic
def start_trial(
    *,
    customer: "Customer",
    product: str,
    starts_on: date,
    ends_on: date,
    by: "Staff",
    at: datetime,
) -> Trial:
    """
    Enter a trial within the limit that the catalogue sets for the customer's level (C6, O12).

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToProvide: if it would last longer, or no standard allows one.
    """
    require(by, EDIT)
    limit = limit_for(customer, ServiceCode.TRIAL, on=starts_on)
    if limit is None:
        raise UnableToProvide(
            _("No standard of the catalogue allows a trial at the level of this customer.")
        )
    if ends_on < starts_on:
        raise UnableToProvide(_("The last day lies before the first."))
    last = months_later(starts_on, limit.months)
    if ends_on >= last:
        raise UnableToProvide(
            _("At most %(months)s months by %(source)s: the last day is before %(day)s.")
            % {"months": limit.months, "source": limit.source, "day": last.isoformat()}
        )
    trial = Trial(
        customer=customer,
        product=product.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        source=limit.source,
        entered_by=by,
    )
    return create_record(trial, by=by, at=at)


@transaction.atomic
def close_trial(*, trial: Trial, outcome: str, by: "Staff", at: datetime) -> Trial:
    """
    Record what came of a trial; it is over then.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToProvide: if that was recorded already.
    """
    require(by, EDIT)
    held = Trial.objects.select_for_update().get(pk=trial.pk)
    if held.closed_on is not None:
        raise UnableToProvide(_("What came of this trial was recorded already."))
    held.closed_on, held.outcome = localdate(at), outcome.strip()
    save_record(held, by=by, at=at)
    finish_todo(source=TRIAL_ENDS, source_id=held.pk, by=by, at=at)
    return held


def ask_about_ended_trials(*, at: datetime) -> int:
    """Ask for what came of trials whose last day has come; asking again changes nothing."""
    ended = Trial.objects.filter(
        closed_on__isnull=True, removed_at__isnull=True, ends_on__lte=localdate(at)
    ).select_related("customer", "customer__unit", "customer__manager")
    asks = [
        Ask(
            source_id=trial.pk,
            facts={"product": trial.product, "name": trial.customer.name},
            customer_id=trial.customer_id,
            owner_id=trial.customer.manager_id,
            unit_id=(trial.customer.manager or trial.customer).unit_id,
            urgency=Urgency.HIGH,
            due_date=trial.ends_on,
        )
        for trial in ended
    ]
    return open_todos(source=TRIAL_ENDS, asks=asks, at=at)
