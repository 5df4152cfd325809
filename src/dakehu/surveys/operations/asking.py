"""Asking a sample of customers, by a link through the outbox or by telephone (G2)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record
from dakehu.cases.queries.levels import level_of
from dakehu.outbox.choices import MessagePurpose
from dakehu.outbox.errors import UnableToSend
from dakehu.outbox.operations import send_message
from dakehu.outbox.queries import link_for, refusal_of
from dakehu.outbox.queries.contacts import over_limit
from dakehu.outbox.values import NewMessage, Wanted
from dakehu.people.policies import require
from dakehu.surveys.choices import LOW, AskedBy, SurveyState
from dakehu.surveys.errors import UnableToSurvey
from dakehu.surveys.models import Survey, SurveyInvitation
from dakehu.surveys.policies import PUBLISH
from dakehu.surveys.queries.sampling import (
    address_of,
    asked_lately,
    candidates_for,
    people_of,
)
from dakehu.surveys.rules import MOST_AT_ONCE, drawn
from dakehu.surveys.values import Drawn, Sample

if TYPE_CHECKING:
    from dakehu.people.models import Staff

PAGE = "surveys:answer"


@transaction.atomic
def ask_customers(
    *,
    survey: Survey,
    sample: Sample,
    by: "Staff",
    at: datetime,
    known: int | None = None,
    is_trial: bool = False,
) -> Drawn:
    """
    Draw a sample and ask every customer in it; a trial draws and asks, and undoes it all.

    ``known`` is how many were asked when the sample was thought of: a second click, which would
    draw others, asks nobody.

    Who was asked within ninety days, refused such messages or has no address is passed over, and
    the next one drawn is asked instead.

    :raises PermissionDenied: if the role may not.
    :raises UnableToSurvey: if the survey does not run, too many are wanted, links lead nowhere, or
        others were asked meanwhile.
    """
    require(by, PUBLISH)
    stored = Survey.objects.select_for_update().get(pk=survey.pk)
    refuse_twice(stored, known)
    refuse_sample(stored, sample, at=at)
    found = candidates_for(by, sample, at=at)
    lately = asked_lately(found, at=at)
    left = drawn(found - lately, len(found), sample.seed)
    counts = {"asked": 0, "refused": 0, "without_address": 0}
    for start in range(0, len(left), MOST_AT_ONCE):
        if counts["asked"] >= sample.size:
            break
        for customer in people_of(by, left[start : start + MOST_AT_ONCE]):
            if counts["asked"] >= sample.size:
                break
            counts[ask_customer(stored, customer, sample, by=by, at=at)] += 1
    if is_trial:
        transaction.set_rollback(True)
    return Drawn(found=len(found), recently=len(lately), **counts)


def refuse_twice(survey: Survey, known: int | None) -> None:
    """Pass in silence if as many were asked as was known.

    :raises UnableToSurvey: if more were asked meanwhile.
    """
    if known not in (None, survey.invitations.count()):
        words = _(
            "Customers of this survey were asked meanwhile. Open this page again to ask more."
        )
        raise UnableToSurvey(words)


def refuse_sample(survey: Survey, sample: Sample, *, at: datetime) -> None:
    """Pass in silence if a survey can ask a sample.

    :raises UnableToSurvey: otherwise, in words.
    """
    if survey.state != SurveyState.OPEN or survey.last_day < localdate(at):
        raise UnableToSurvey(_("This survey does not run."))
    if not 1 <= sample.size <= MOST_AT_ONCE:
        words = _("Ask between 1 and %(most)s customers at once.")
        raise UnableToSurvey(words % {"most": MOST_AT_ONCE}, "size")
    if sample.way != AskedBy.PHONE and not link_for(LOW, 1, on=localdate(at), page=PAGE):
        words = _(
            "This installation does not know by which address customers reach it "
            "(DAKEHU_PUBLIC_URL). Ask on the telephone until it does."
        )
        raise UnableToSurvey(words, "way")


def ask_customer(
    survey: Survey, customer: Any, sample: Sample, *, by: "Staff", at: datetime
) -> str:
    """Ask one customer, and return as what they count."""
    to = address_of(customer, sample.way)
    if not to:
        return "without_address"
    if sample.way == AskedBy.PHONE and is_barred(customer, to, at=at):
        return "refused"
    tier, _grade = level_of(customer, at=at)
    try:
        with transaction.atomic():
            invitation = SurveyInvitation(
                survey=survey,
                customer=customer,
                staff=customer.manager,
                unit=customer.unit,
                tier=tier,
                source=sample.source,
                way=sample.way,
                asked_by=by,
                asked_at=at,
            )
            create_record(invitation, by=by, at=at)
            if sample.way != AskedBy.PHONE:
                message = message_of(invitation, to, at=at)
                send_message(message=message, by=by, at=at)
    except UnableToSend:
        return "refused"
    return "asked"


def is_barred(customer: Any, phone: str, *, at: datetime) -> bool:
    """Tell whether a customer refused such calls, or was contacted unasked often enough."""
    if refusal_of(phone=phone, email="", purpose=MessagePurpose.CARE):
        return True
    return bool(over_limit([Wanted(customer.pk, MessagePurpose.CARE, "")], at=at))


def message_of(invitation: SurveyInvitation, to: str, *, at: datetime) -> NewMessage:
    """Return the message that asks a customer, with the link that is good for one answer."""
    survey = invitation.survey
    days = (survey.last_day - localdate(at)).days
    link = link_for(LOW, invitation.pk, on=localdate(at), days=days, page=PAGE)
    intro = survey.intro or _("Dear customer, please tell us what you think of our service.")
    words = _("%(intro)s %(link)s (until %(day)s)")
    return NewMessage(
        way=invitation.way,
        purpose=MessagePurpose.CARE,
        text=words % {"intro": intro, "link": link, "day": survey.last_day},
        to=to,
        customer=invitation.customer,
        title=survey.name,
        source=LOW,
        source_id=invitation.pk,
    )
