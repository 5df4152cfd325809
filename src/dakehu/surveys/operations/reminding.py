"""Reminding, once, whoever was sent a link and has not answered (G2)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from dakehu.audit.operations import save_record
from dakehu.outbox.errors import UnableToSend
from dakehu.outbox.operations import send_message
from dakehu.outbox.queries import link_for
from dakehu.surveys.choices import LOW, AskedBy, InvitationState, SurveyState
from dakehu.surveys.models import Survey, SurveyInvitation
from dakehu.surveys.operations.asking import PAGE, message_of
from dakehu.surveys.queries.sampling import address_of


def remind_customers(*, at: datetime) -> int:
    """
    Send the link once more to those who have had it for as long as their survey says.

    Each reminder is a transaction of its own: whoever was reminded is not again, wherever this
    stops. What the refusal list or the frequency limit forbids is left for another day; nobody is
    reminded while this installation does not know its own address.
    """
    if not link_for(LOW, 1, on=localdate(at), page=PAGE):
        return 0
    return sum(remind(each, at=at) for each in list(waiting(at=at)))


def waiting(*, at: datetime) -> QuerySet[SurveyInvitation, int]:
    """Return the numbers of the invitations whose reminder is due, the longest waiting first."""
    running = Survey.objects.filter(
        state=SurveyState.OPEN,
        last_day__gte=localdate(at),
        remind_after__isnull=False,
        removed_at__isnull=True,
    )
    found = SurveyInvitation.objects.none()
    for days in {days for days in running.values_list("remind_after", flat=True) if days}:
        found = found | SurveyInvitation.objects.filter(
            survey__in=running, survey__remind_after=days, asked_at__lte=at - timedelta(days=days)
        )
    return (
        found.filter(
            state=InvitationState.ASKED, reminded_at__isnull=True, removed_at__isnull=True
        )
        .exclude(way=AskedBy.PHONE)
        .order_by("asked_at", "pk")
        .values_list("pk", flat=True)
    )


@transaction.atomic
def remind(pk: int, *, at: datetime) -> bool:
    """Remind one customer, and tell whether that was done."""
    SurveyInvitation.objects.select_for_update().get(pk=pk)
    rows = SurveyInvitation.objects.select_related("survey", "customer", "unit", "staff")
    invitation: SurveyInvitation = rows.get(pk=pk)
    if invitation.state != InvitationState.ASKED or invitation.reminded_at:
        return False
    to = address_of(invitation.customer, invitation.way)
    if not to or invitation.customer.retained_at or invitation.customer.merged_into_id:
        return False
    try:
        with transaction.atomic():
            message = message_of(invitation, to, at=at)
            send_message(message=message, by=None, at=at, owner=invitation.asked_by)
    except UnableToSend:
        return False
    invitation.reminded_at = at
    save_record(invitation, by=None, at=at)
    return True
