"""Rewards of customers: proposed, decided by another person, handed over with evidence (C28)."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, save_record
from dakehu.obligations.choices import REWARD, REWARDING, RewardState
from dakehu.obligations.errors import UnableToReward
from dakehu.obligations.models import Reward
from dakehu.obligations.operations.acting import record_act
from dakehu.obligations.policies import APPROVE, EDIT
from dakehu.people.policies import require
from dakehu.people.queries import decider_for
from dakehu.worklist.choices import Urgency
from dakehu.worklist.operations import ask_now, finish_todo
from dakehu.worklist.values import Ask

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def propose_reward(*, reward: Reward, by: "Staff", at: datetime) -> Reward:
    """
    Propose a reward; somebody above is asked to decide.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToReward: if the customer has left.
    """
    require(by, EDIT)
    customer = reward.customer
    if customer.retained_at or customer.merged_into_id:
        raise UnableToReward(_("This customer has left; nothing is given there."))
    reward.proposed_by, reward.proposed_on = by, localdate(at)
    reward.state = RewardState.PROPOSED
    create_record(reward, by=by, at=at)
    ask(reward, owner=decider_for(by, APPROVE), at=at)
    return reward


@transaction.atomic
def decide_reward(
    *, reward: Reward, approve: bool, note: str, by: "Staff", at: datetime
) -> Reward:
    """
    Approve a reward, or refuse it with a reason, as a second person.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToReward: if it was decided already, is one's own, or refused without a word.
    """
    require(by, APPROVE)
    held = Reward.objects.select_for_update().get(pk=reward.pk)
    if held.state != RewardState.PROPOSED:
        raise UnableToReward(_("This reward was decided already."))
    if held.proposed_by_id == by.pk:
        raise UnableToReward(_("Somebody else must decide on what you proposed."))
    if not approve and not note.strip():
        raise UnableToReward(_("Say why it is not approved."))
    held.state = RewardState.APPROVED if approve else RewardState.REFUSED
    held.decided_by, held.decided_on, held.decision = by, localdate(at), note.strip()
    save_record(held, by=by, at=at)
    if approve:
        ask(held, owner=held.proposed_by_id, at=at)
    else:
        finish_todo(source=REWARD, source_id=held.pk, by=by, at=at)
    return held


@transaction.atomic
def hand_reward(
    *, reward: Reward, on: date, received_by: str, by: "Staff", at: datetime
) -> Reward:
    """
    Record to whom an approved reward was handed over; it counts as done for the customer.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToReward: if it is not approved, was handed over already, or that is to come.
    """
    require(by, EDIT)
    held = Reward.objects.select_for_update().select_related("customer").get(pk=reward.pk)
    if held.state != RewardState.APPROVED or held.decided_on is None:
        raise UnableToReward(_("Only an approved reward is handed over, and once."))
    if not held.decided_on <= on <= localdate(at):
        raise UnableToReward(
            _("Name a day from %(first)s, when it was approved, until today.")
            % {"first": held.decided_on.isoformat()}
        )
    held.state, held.handed_on, held.received_by = RewardState.HANDED, on, received_by.strip()
    save_record(held, by=by, at=at)
    finish_todo(source=REWARD, source_id=held.pk, by=by, at=at)
    happened = datetime.combine(on, time(), tzinfo=get_current_timezone())
    record_act(
        customer=held.customer,
        service_code=REWARDING,
        happened_at=happened,
        evidence=REWARD,
        evidence_id=held.pk,
        note=held.what,
        by=by,
        at=at,
    )
    return held


def ask(reward: Reward, *, owner: int | None, at: datetime) -> None:
    """Ask somebody for the next step of a reward."""
    wanted = Ask(
        source_id=reward.pk,
        facts={"state": str(reward.state), "what": reward.what},
        customer_id=reward.customer_id,
        owner_id=owner,
        unit_id=reward.customer.unit_id,
        urgency=Urgency.NORMAL,
        due_date=None,
    )
    ask_now(source=REWARD, ask=wanted, at=at)
