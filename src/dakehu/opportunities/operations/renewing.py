"""What follows when a contract ends: somebody is asked, it is renewed or let run out (OP15)."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import save_record
from dakehu.channels.choices import Channel
from dakehu.opportunities.choices import RENEWAL, NeedKind, PaperAct, PaperState
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.models import Contract, Opportunity
from dakehu.opportunities.operations.papers import locked_paper, may_go_on, tell, turn
from dakehu.opportunities.operations.taking import take_in
from dakehu.opportunities.queries.papers import contracts_to_ask_about
from dakehu.opportunities.rules.papers import days_left
from dakehu.opportunities.values import Elements, NewContact
from dakehu.people.queries import fallback_owners
from dakehu.worklist.choices import Urgency
from dakehu.worklist.operations import finish_todo, open_todos
from dakehu.worklist.values import Ask

if TYPE_CHECKING:
    from dakehu.people.models import Staff

SOON = 14
"""So many days before its end a contract is urgent."""


def ask_about_contracts(*, at: datetime) -> int:
    """Ask for every contract that runs out who is to renew it; return how many were asked."""
    return open_todos(source=RENEWAL, asks=asks(at=at), at=at)


def asks(*, at: datetime) -> Iterator[Ask]:
    """Yield what is asked about contracts that run out."""
    on, stand_ins = localdate(at), fallback_owners()
    for contract in contracts_to_ask_about(on=on):
        whose = contract.opportunity
        yield Ask(
            source_id=contract.pk,
            facts={"number": contract.number, "day": contract.ends_on.isoformat()},
            customer_id=whose.customer_id,
            owner_id=owner_of(whose) or stand_ins.get(whose.unit_id),
            unit_id=whose.unit_id,
            urgency=Urgency.HIGH if days_left(contract.ends_on, on=on) <= SOON else Urgency.NORMAL,
            due_date=contract.ends_on,
        )


def owner_of(whose: Opportunity) -> int | None:
    """Return who is asked: the customer's manager, or whoever won it and still works here."""
    if whose.customer is not None and whose.customer.manager_id:
        return whose.customer.manager_id
    person = whose.receiver
    is_there = person is not None and person.is_active and person.removed_at is None
    return person.pk if person is not None and is_there else None


@transaction.atomic
def renew_contract(*, contract: Contract, by: "Staff", at: datetime) -> Opportunity:
    """
    Take the renewal of a signed contract in as an opportunity of its own; asked again, the same.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepOpportunity: if the contract is not signed, or is not to be renewed.
    """
    stored, found = locked_paper(contract, PaperState.SIGNED)
    if found.renewal is not None:
        return found.renewal
    words = _("Renewal of contract %(number)s, which ends on %(day)s.")
    new = NewContact(
        channel=Channel.MANAGER,
        text=words % {"number": found.number, "day": found.ends_on.isoformat()},
        named=stored.wanted,
        plans=True,
        is_willing=True,
        customer=stored.customer,
        area=stored.unit,
        elements=renewed(stored, found),
        request_id=f"renewal-{found.pk}",
    )
    made = take_in(new=new, by=by, at=at).opportunity
    found.renewal = made
    save_record(found, by=by, at=at)
    tell(stored, found, PaperAct.RENEW, by=by, at=at, text=made.number)
    finish_todo(source=RENEWAL, source_id=found.pk, by=by, at=at)
    return made


def renewed(stored: Opportunity, contract: Contract) -> Elements:
    """Return what is known of a renewal: what was known, and what the contract is worth."""
    told = stored.elements
    return Elements(
        company=told.company,
        contact_name=told.contact_name,
        contact_phone=told.contact_phone,
        key_person=told.key_person,
        need_kind=NeedKind.RENEW,
        present=told.present,
        expected_fen=contract.value_fen,
        source=Channel.MANAGER,
    )


@transaction.atomic
def let_run_out(*, contract: Contract, reason: str, by: "Staff", at: datetime) -> Contract:
    """
    Record that a contract is not to be renewed, with the reason.

    :raises PermissionDenied: unless ``by`` has the opportunity, or hands out.
    :raises UnableToKeepOpportunity: without a reason, or if it is not signed or being renewed.
    """
    stored, found = locked_paper(contract, PaperState.SIGNED)
    may_go_on(stored, by)
    if not reason.strip():
        raise UnableToKeepOpportunity(_("Say why."), "text")
    if found.renewal_id is not None:
        raise UnableToKeepOpportunity(_("Its renewal has begun already."))
    turn(stored, found, PaperAct.END, PaperState.ENDED, by=by, at=at, reason=reason[:200])
    finish_todo(source=RENEWAL, source_id=found.pk, by=by, at=at)
    return found
