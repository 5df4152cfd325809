"""What came of campaigns: counts within reach, by reason, unit and person, and for the list."""

from typing import TYPE_CHECKING, Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from dakehu.campaigns.choices import CALLING, TALKED, WAITING, Result, RowState
from dakehu.campaigns.models import Campaign
from dakehu.campaigns.queries.reading import campaigns_visible_to, rows_visible_to
from dakehu.campaigns.values import Numbers
from dakehu.opportunities.choices import State as Stage
from dakehu.outbox.choices import MessageState

if TYPE_CHECKING:
    from dakehu.people.models import Staff

OUT = Q(state=RowState.OUT)
REACHED = Q(result__in=TALKED) | Q(
    message__state=MessageState.SENT, campaign__form__in=["SMS", "EMAIL"]
)
COUNTS: dict[str, Any] = {
    "total": Count("pk"),
    "left_out": Count("pk", filter=OUT),
    "waiting": Count("pk", filter=Q(state__in=WAITING)),
    "contacted": Count("pk", filter=~OUT & (Q(tries__gt=0) | Q(message__isnull=False))),
    "reached": Count("pk", filter=~OUT & REACHED),
    "interested": Count("pk", filter=Q(result=Result.INTERESTED)),
    "refused": Count("pk", filter=Q(result=Result.REFUSED)),
    "opportunities": Count("opportunity"),
    "won": Count("pk", filter=Q(opportunity__state=Stage.WON)),
    "won_fen": Coalesce(Sum("opportunity__won_fen", filter=Q(opportunity__state=Stage.WON)), 0),
}
"""What is counted of the customers of a campaign; the same for every breakdown."""


def numbers_of(actor: "Staff", campaign: Campaign) -> Numbers:
    """Return what came of a campaign within the actor's reach."""
    rows = plain_rows(actor).filter(campaign=campaign)
    return Numbers(name="", **rows.aggregate(**COUNTS))


def plain_rows(actor: "Staff") -> QuerySet[Any]:
    """Return the customers of campaigns within reach, to be counted."""
    return rows_visible_to(actor).select_related(None).order_by()


def numbers_by(actor: "Staff", campaign: Campaign, path: str) -> list[Numbers]:
    """Return what came of a campaign by unit or person; the most customers first."""
    rows = plain_rows(actor).filter(campaign=campaign).values(path).annotate(**COUNTS)
    return [
        Numbers(name=str(each.pop(path) or ""), **each) for each in rows.order_by("-total", path)
    ]


def left_out_of(actor: "Staff", campaign: Campaign) -> dict[str, int]:
    """Return how many customers of a campaign are left out within reach, by reason."""
    rows = plain_rows(actor).filter(OUT, campaign=campaign).values("left_out")
    return dict(rows.annotate(n=Count("pk")).order_by("-n").values_list("left_out", "n"))


def replies_of(actor: "Staff", campaign: Campaign) -> list[tuple[str, int]]:
    """Return how often each reply was given within reach."""
    rows = plain_rows(actor).filter(campaign=campaign).exclude(reply="").values("reply")
    return list(rows.annotate(n=Count("pk")).order_by("-n", "reply").values_list("reply", "n"))


def results_of(actor: "Staff", campaign: Campaign) -> dict[str, int]:
    """Return how often calls brought each result within reach."""
    rows = plain_rows(actor).filter(campaign=campaign).exclude(result="").values("result")
    return dict(rows.annotate(n=Count("pk")).values_list("result", "n"))


def messages_by_state(actor: "Staff", campaign: Campaign) -> dict[str, int]:
    """Return where the messages of a campaign stand, as the outbox knows it."""
    rows = plain_rows(actor).filter(campaign=campaign, message__isnull=False)
    counted = rows.values("message__state").annotate(n=Count("pk"))
    return dict(counted.values_list("message__state", "n"))


LISTED = ("total", "left_out", "reached", "interested", "opportunities", "won", "won_fen")


def campaigns_counted(actor: "Staff") -> QuerySet[Campaign]:
    """Return the campaigns with what came of each within the actor's reach."""
    rows = plain_rows(actor).filter(campaign=OuterRef("pk")).values("campaign")
    counted = {
        f"n_{name}": Coalesce(
            Subquery(rows.annotate(n=COUNTS[name]).values("n")),
            0,
            output_field=IntegerField(),
        )
        for name in LISTED
    }
    return campaigns_visible_to(actor).annotate(**counted)


def is_calling(campaign: Campaign) -> bool:
    """Tell whether customers of a campaign are called."""
    return campaign.form in CALLING
