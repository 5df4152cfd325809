"""A campaign: what it says, whom it reaches, what came of it, what can be done."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dakehu.campaigns.choices import (
    BEFORE,
    CALLING,
    LIVE,
    RESULT_TONES,
    STATE_TONES,
    WRITING,
    LeftOut,
    Result,
    Source,
    State,
)
from dakehu.campaigns.policies import PUBLISH, WRITE
from dakehu.campaigns.queries import results
from dakehu.campaigns.queries.judging import judged, preview_of, product_names
from dakehu.campaigns.queries.reading import calls_of, is_within
from dakehu.campaigns.rules import sms_parts
from dakehu.campaigns.values import Judged, Numbers, Preview
from dakehu.customers.queries import customers_numbered
from dakehu.outbox.choices import MESSAGE_TONES, MessageState
from dakehu.people.policies import may
from dakehu.ui import charts

if TYPE_CHECKING:
    from dakehu.people.models import Staff

SHOWN = 100


@dataclass(frozen=True)
class CampaignPage:
    """A campaign, and what can be done with it."""

    campaign: Any
    tone: str
    products: str
    is_before: bool
    is_calling: bool
    is_writing: bool
    parts: int
    rows_url: str
    may_edit: bool
    may_propose: bool
    may_release: bool
    may_give_back: bool
    may_stop: bool
    may_copy: bool
    calls: int
    is_own: bool


def campaign_page(actor: "Staff", campaign: Any, *, on: date) -> CampaignPage:
    """Gather a campaign that the actor may see."""
    within = is_within(actor, campaign)
    writes, publishes = within and may(actor, WRITE), within and may(actor, PUBLISH)
    is_draft, waits = campaign.state == State.DRAFT, campaign.state == State.PROPOSED
    is_own = actor.pk in (campaign.made_by_id, campaign.proposed_by_id)
    runs = campaign.state == State.RUNNING and campaign.form in CALLING
    return CampaignPage(
        campaign=campaign,
        tone=STATE_TONES[campaign.state],
        products=product_names(campaign, on=on),
        is_before=campaign.state in BEFORE,
        is_calling=campaign.form in CALLING,
        is_writing=campaign.form in WRITING,
        parts=sms_parts(campaign.text),
        rows_url=f"{reverse('campaigns:rows')}?campaign={campaign.pk}",
        may_edit=is_draft and writes,
        may_propose=is_draft and writes,
        may_release=waits and publishes and not is_own,
        may_give_back=waits and writes,
        may_stop=campaign.state in LIVE and publishes,
        may_copy=writes,
        calls=calls_of(actor, on=on).filter(campaign=campaign).count() if runs else 0,
        is_own=is_own,
    )


@dataclass(frozen=True)
class Part:
    """How many customers are left out for a reason, and where they are listed."""

    name: str
    count: int
    url: str


@dataclass(frozen=True)
class PreviewPage:
    """Whom a campaign would contact, and what that costs."""

    campaign: Any
    preview: Preview
    parts: list[Part]
    is_list: bool


def preview_page(campaign: Any, *, at: datetime) -> PreviewPage:
    """Gather whom a campaign would contact at this moment."""
    preview = preview_of(campaign, judged(campaign, at=at))
    url = reverse("campaigns:judged", args=[campaign.pk])
    parts = [
        Part(str(LeftOut(reason).label), count, f"{url}?reason={reason}")
        for reason, count in sorted(preview.left_out.items(), key=lambda pair: -pair[1])
    ]
    return PreviewPage(campaign, preview, parts, campaign.source == Source.LIST)


@dataclass(frozen=True)
class JudgedPage:
    """The customers of a campaign that is not released, with why some are left out."""

    campaign: Any
    lines: list[tuple[Any, Judged, str]]
    total: int
    reason: str


def judged_page(actor: "Staff", campaign: Any, reason: str, *, at: datetime) -> JudgedPage:
    """Gather the customers whom a campaign leaves out for a reason, or would contact."""
    wanted = [each for each in judged(campaign, at=at) if each.reason == reason]
    shown = wanted[:SHOWN]
    people = customers_numbered(actor, [each.customer_id for each in shown]).in_bulk()
    lines = [
        (people[each.customer_id], each, reverse("desk:customer", args=[each.customer_id]))
        for each in shown
        if each.customer_id in people
    ]
    words = str(LeftOut(reason).label) if reason else ""
    return JudgedPage(campaign, lines, len(wanted), words)


@dataclass(frozen=True)
class Breakdown:
    """Numbers by one thing."""

    title: str
    lines: list[Numbers]


@dataclass(frozen=True)
class ResultPage:
    """What came of a campaign within reach."""

    campaign: Any
    numbers: Numbers
    left_out: list[Part]
    results: list[tuple[str, str, int, str]]
    replies: list[tuple[str, int, int]]
    messages: list[tuple[str, str, int]]
    breakdowns: list[Breakdown]
    chart: Any
    rows_url: str
    is_sending: bool
    is_calling: bool


def result_page(actor: "Staff", campaign: Any) -> ResultPage:
    """Gather what came of a campaign."""
    numbers = results.numbers_of(actor, campaign)
    rows_url = f"{reverse('campaigns:rows')}?campaign={campaign.pk}"
    breakdowns = [
        Breakdown(_("Unit"), results.numbers_by(actor, campaign, "unit__name")),
        Breakdown(_("Person"), results.numbers_by(actor, campaign, "staff__name")),
    ]
    found = results.results_of(actor, campaign)
    replies = results.replies_of(actor, campaign)
    most = max((count for _reply, count in replies), default=1)
    sent = results.messages_by_state(actor, campaign)
    writes = campaign.form in WRITING and campaign.state == State.RUNNING
    return ResultPage(
        campaign=campaign,
        numbers=numbers,
        left_out=[
            Part(str(LeftOut(reason).label), count, f"{rows_url}&left_out={reason}")
            for reason, count in results.left_out_of(actor, campaign).items()
        ],
        results=[
            (
                str(each.label),
                RESULT_TONES[each.value],
                found[each.value],
                f"{rows_url}&result={each.value}",
            )
            for each in Result
            if each.value in found
        ],
        replies=[(reply, count, count * 100 // most) for reply, count in replies],
        messages=[
            (str(each.label), MESSAGE_TONES[each.value], sent[each.value])
            for each in MessageState
            if each.value in sent
        ],
        breakdowns=[part for part in breakdowns if part.lines],
        chart=funnel(breakdowns[0].lines),
        rows_url=rows_url,
        is_sending=writes and sum(sent.values()) < numbers.meant,
        is_calling=campaign.form in CALLING,
    )


def funnel(lines: list[Numbers]) -> Any:
    """Return how many were reached, interested and led to opportunities, by unit."""
    if not any(each.reached for each in lines):
        return None
    names = [each.name or "–" for each in lines]
    return charts.bars(
        names,
        {
            pgettext("customers", "Reached"): [each.reached for each in lines],
            _("Interested"): [each.interested for each in lines],
            _("Opportunities"): [each.opportunities for each in lines],
        },
    )


@dataclass(frozen=True)
class ComparePage:
    """Some campaigns side by side."""

    lines: list[tuple[Any, Numbers, str]]
    chart: Any


def compare_page(actor: "Staff", campaigns: list[Any]) -> ComparePage:
    """Gather what came of chosen campaigns within reach."""
    lines = [
        (each, results.numbers_of(actor, each), STATE_TONES[each.state]) for each in campaigns
    ]
    named = [
        Numbers(name=each.name, total=found.total, reached=found.reached,
                interested=found.interested, opportunities=found.opportunities)
        for each, found, _tone in lines
    ]  # fmt: skip
    return ComparePage(lines, funnel(named))
