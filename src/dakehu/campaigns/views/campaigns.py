"""Drafting campaigns, their release by a second person, what came of them."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.audit.errors import EditedMeanwhile
from dakehu.campaigns.choices import CUSTOMER_LISTS, LeftOut
from dakehu.campaigns.errors import UnableToCampaign
from dakehu.campaigns.filters import CampaignFilter
from dakehu.campaigns.forms import CampaignForm, PickForm, ReasonForm
from dakehu.campaigns.operations import drafting, releasing
from dakehu.campaigns.pages import campaigns as pages
from dakehu.campaigns.policies import EXPORT, HANDLE, PUBLISH, VIEW, WRITE
from dakehu.campaigns.queries import judging, reading, results
from dakehu.campaigns.tables import CampaignTable
from dakehu.customers.queries import customers_visible_to
from dakehu.people.policies import require
from dakehu.ui import conflicts, lists
from dakehu.ui.forms import sent

UNPROCESSABLE = 422
MOST_COMPARED = 6

CAMPAIGNS = lists.ListScreen(
    name="campaigns:list",
    title=gettext_lazy("Campaigns"),
    permission=VIEW,
    rows=results.campaigns_counted,
    table=CampaignTable,
    filterset=CampaignFilter,
    sorts={"first_day": ("first_day",)},
    default_sort="-first_day",
    icon="speakerphone",
    help_text=gettext_lazy(
        "What is offered to whom by telephone, SMS or e-mail, and what came of it in your reach."
    ),
    empty_title=gettext_lazy("No campaigns yet"),
    empty_text=gettext_lazy("Draft one for a target group; a second person releases it."),
    row_url=lambda row: reverse("campaigns:campaign", args=[row.pk]),
    actions=(
        lists.Action(
            gettext_lazy("Draft a campaign"), "plus", "campaigns:add", WRITE, primary=True
        ),
        lists.Action(gettext_lazy("My calls"), "phone", "campaigns:calls", HANDLE),
        lists.Action(gettext_lazy("Customers of campaigns"), "users", "campaigns:rows", VIEW),
    ),
    bulk=(
        lists.BulkAction(
            gettext_lazy("Compare"), "campaigns:compare", VIEW, icon="arrows-left-right"
        ),
    ),
    export_permission=EXPORT,
)


@require_GET
def campaign_list(request: HttpRequest) -> HttpResponseBase:
    """The campaigns that concern the person."""
    return lists.show(request, CAMPAIGNS)


@require_POST
def campaign_compare(request: HttpRequest) -> HttpResponse:
    """Chosen campaigns side by side."""
    require(request.user, VIEW)
    chosen = list(lists.chosen(request, CAMPAIGNS)[: MOST_COMPARED + 1])
    if len(chosen) > MOST_COMPARED:
        words = _("Only the first %(most)s of those chosen are compared.")
        messages.info(request, words % {"most": MOST_COMPARED})
    page = pages.compare_page(request.user, chosen[:MOST_COMPARED])
    return render(request, "campaigns/compare.html", {"page": page})


@require_GET
def campaign_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One campaign: what it says, and what came of it or would."""
    require(request.user, VIEW)
    campaign = reading.get_campaign(request.user, pk)
    page = pages.campaign_page(request.user, campaign, on=timezone.localdate())
    context: dict[str, Any] = {"page": page, "reason": ReasonForm()}
    if not page.is_before:
        context["results"] = pages.result_page(request.user, campaign)
    return render(request, "campaigns/campaign.html", context)


@require_GET
def campaign_results(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of a campaign, shown anew while messages leave."""
    require(request.user, VIEW)
    campaign = reading.get_campaign(request.user, pk)
    context = {"results": pages.result_page(request.user, campaign)}
    return render(request, "campaigns/_results.html", context)


@require_GET
def campaign_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom a campaign would contact, who is left out and why, what it costs."""
    require(request.user, WRITE)
    campaign = reading.get_campaign(request.user, pk)
    page = pages.preview_page(campaign, at=timezone.now())
    return render(request, "campaigns/_preview.html", {"page": page})


@require_GET
def campaign_judged(request: HttpRequest, pk: int) -> HttpResponse:
    """The customers whom a campaign would leave out for a reason, or contact."""
    require(request.user, WRITE)
    campaign = reading.get_campaign(request.user, pk)
    reason = request.GET.get("reason", "")
    reason = reason if reason in LeftOut.values else ""
    page = pages.judged_page(request.user, campaign, reason, at=timezone.now())
    return render(request, "campaigns/judged.html", {"page": page})


@require_http_methods(["GET", "POST"])
def campaign_add(request: HttpRequest) -> HttpResponse:
    """Draft a campaign."""
    require(request.user, WRITE)
    return keep(request, None, _("Draft a campaign"), reverse("campaigns:list"))


@require_http_methods(["GET", "POST"])
def campaign_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    require(request.user, WRITE)
    campaign = reading.get_campaign(request.user, pk)
    back = reverse("campaigns:campaign", args=[pk])
    return keep(request, campaign, _("Edit the campaign"), back)


def keep(request: HttpRequest, campaign: Any, title: str, back: str) -> HttpResponse:
    """Store a draft, or show its form with what is wrong."""
    today = timezone.localdate()
    products = judging.products_on_offer(on=today)
    begun = {} if campaign else {"first_day": today, "sms_fen": 5, "call_fen": 200}
    form = CampaignForm(
        sent(request), instance=campaign, actor=request.user, products=products, initial=begun
    )
    if form.is_bound and form.is_valid():
        told = {"version": form.known_version, "by": request.user, "at": timezone.now()}
        try:
            drafting.keep_campaign(campaign=form.instance, **told)
        except EditedMeanwhile as clash:
            return conflicts.show(request, form, clash)
        except UnableToCampaign as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("campaigns:campaign", form.instance.pk)
    context = {"title": title, "form": form, "back": back}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "campaigns/form.html", context, status=status)


def refuse(form: Any, refusal: UnableToCampaign) -> None:
    """Show a refusal at the input that it concerns, if the form has it."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


@require_POST
def campaign_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a draft."""
    require(request.user, WRITE)
    campaign = reading.get_campaign(request.user, pk)
    if deal(request, partial(drafting.drop_campaign, campaign=campaign)):
        messages.success(request, _("The draft is removed."))
        return redirect("campaigns:list")
    return redirect("campaigns:campaign", pk)


@require_POST
def campaign_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft a campaign like another one."""
    require(request.user, WRITE)
    campaign = reading.get_campaign(request.user, pk)
    name = _("%(name)s, once more") % {"name": campaign.name}
    made = deal(request, partial(drafting.copy_campaign, campaign=campaign, name=name))
    if made:
        messages.success(
            request, _("A draft like it is made. Look through it before you propose.")
        )
    return redirect("campaigns:campaign", made.pk if made else pk)


@require_POST
def campaign_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a second person to release a draft."""
    require(request.user, WRITE)
    campaign = reading.get_campaign(request.user, pk)
    if deal(request, partial(releasing.propose_campaign, campaign=campaign)):
        messages.success(request, _("Proposed. A second person releases it."))
    return redirect("campaigns:campaign", pk)


@require_POST
def campaign_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Release a campaign; its list is frozen."""
    require(request.user, PUBLISH)
    campaign = reading.get_campaign(request.user, pk)
    if count := deal(request, partial(releasing.release_campaign, campaign=campaign)):
        words = _("Released: %(count)s customers are contacted.") % {"count": count}
        messages.success(request, words)
    return redirect("campaigns:campaign", pk)


@require_POST
def campaign_give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a proposed campaign back to be changed."""
    require(request.user, WRITE)
    campaign = reading.get_campaign(request.user, pk)
    reason = request.POST.get("reason", "").strip()
    operation = partial(releasing.give_back_campaign, campaign=campaign, reason=reason)
    if deal(request, operation):
        messages.success(request, _("It is a draft again."))
    return redirect("campaigns:campaign", pk)


@require_POST
def campaign_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a released campaign."""
    require(request.user, PUBLISH)
    campaign = reading.get_campaign(request.user, pk)
    reason = request.POST.get("reason", "").strip()
    if deal(request, partial(releasing.stop_campaign, campaign=campaign, reason=reason)):
        messages.success(request, _("Stopped: nobody is contacted any more."))
    return redirect("campaigns:campaign", pk)


def deal(request: HttpRequest, operation: Any) -> Any:
    """Do something with a campaign; tells what was refused, and returns what came of it."""
    try:
        return operation(by=request.user, at=timezone.now()) or True
    except UnableToCampaign as refusal:
        messages.error(request, str(refusal))
        return None


@require_POST
def campaign_pick(request: HttpRequest) -> HttpResponse:
    """Add chosen customers to a draft."""
    require(request.user, WRITE)
    screen = lists.posted_screen(request, *CUSTOMER_LISTS)
    rows = lists.chosen(request, screen)
    form = PickForm(request.POST if "campaign" in request.POST else None, actor=request.user)
    if form.is_bound and form.is_valid():
        keys = rows.order_by().values(CUSTOMER_LISTS[screen.name])
        customers = customers_visible_to(request.user).filter(pk__in=keys)
        campaign = form.cleaned_data["campaign"]
        try:
            count = drafting.pick_customers(
                campaign=campaign, customers=customers, by=request.user, at=timezone.now()
            )
        except UnableToCampaign as refusal:
            refuse(form, refusal)
        else:
            words = _("%(count)s customers were added.") % {"count": count}
            messages.success(request, words)
            return redirect("campaigns:campaign", campaign.pk)
    context = {"form": form, "count": rows.count(), "chosen": lists.posted_choice(request)}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "campaigns/pick.html", context, status=status)
