"""Rewards of customers: their list, proposing, deciding, handing over (C28)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.customers.queries import get_customer
from dakehu.obligations import operations
from dakehu.obligations.choices import RewardState
from dakehu.obligations.filters import RewardFilter
from dakehu.obligations.forms import DecideForm, HandForm, RewardForm
from dakehu.obligations.pages.details import reward_facts
from dakehu.obligations.policies import APPROVE, EDIT, EXPORT, VIEW
from dakehu.obligations.queries import boards
from dakehu.obligations.queries.details import unsaved_reward
from dakehu.obligations.tables import RewardTable
from dakehu.obligations.views.acts import Entry, show, tried
from dakehu.people.policies import may, require
from dakehu.ui import lists
from dakehu.ui.forms import sent
from dakehu.ui.responses import back

REWARDS = lists.ListScreen(
    name="obligations:rewards",
    title=gettext_lazy("Customer rewards"),
    permission=VIEW,
    rows=boards.rewards_for,
    table=RewardTable,
    filterset=RewardFilter,
    sorts={"proposed": ("proposed_on",), "number": ("customer__number",)},
    default_sort="-proposed",
    icon="award",
    help_text=gettext_lazy(
        "Proposed by one person, approved by another; once handed over, it counts as done."
    ),
    empty_title=gettext_lazy("No reward yet"),
    empty_text=gettext_lazy("A reward is proposed on the customer's page."),
    row_url=lambda row: reverse("obligations:reward", args=[row.pk]),
    row_drawer=True,
    export_permission=EXPORT,
    personal=True,
)


@require_GET
def reward_list(request: HttpRequest) -> HttpResponseBase:
    """Rewards, and where each stands."""
    return lists.show(request, REWARDS)


@require_http_methods(["GET", "POST"])
def reward_propose(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Propose a reward for a customer."""
    require(request.user, EDIT)
    customer = get_customer(request.user, customer_id)
    form = RewardForm(sent(request))

    def save() -> None:
        reward = unsaved_reward(customer=customer, **form.cleaned_data)
        operations.propose_reward(reward=reward, by=request.user, at=timezone.now())

    if form.is_bound and tried(form, save):
        messages.success(request, _("Proposed. Somebody else decides."))
        return back(request, "desk:customer", customer.pk)
    title = _("Reward for %(name)s") % {"name": customer.name}
    return show(request, title, form, button=_("Propose"))


@require_GET
def reward_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One reward, with what can be done about it."""
    require(request.user, VIEW)
    reward = boards.found_in(boards.rewards_for(request.user), pk)
    facts = reward_facts(reward)
    return show(request, facts.title, None, facts=facts, entries=steps(request.user, reward))


def steps(actor: Any, reward: Any) -> list[Entry]:
    """Return the form by which a reward goes on, if the actor may use it."""
    if reward.state == RewardState.PROPOSED and may(actor, APPROVE):
        address = reverse("obligations:reward_decide", args=[reward.pk])
        return [Entry(DecideForm(), address, _("Decide on it"))]
    if reward.state == RewardState.APPROVED and may(actor, EDIT):
        address = reverse("obligations:reward_hand", args=[reward.pk])
        return [
            Entry(
                HandForm(initial={"on": timezone.localdate()}),
                address,
                _("Record it as handed over"),
            )
        ]
    return []


@require_POST
def reward_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a reward, or not."""
    require(request.user, APPROVE)
    reward = boards.found_in(boards.rewards_for(request.user), pk)
    form = DecideForm(sent(request))

    def save() -> None:
        operations.decide_reward(
            reward=reward,
            approve=form.cleaned_data["decision"] == "yes",
            note=form.cleaned_data["note"],
            by=request.user,
            at=timezone.now(),
        )

    if tried(form, save):
        messages.success(request, _("Decided."))
        return back(request, "obligations:rewards")
    facts = reward_facts(reward)
    return show(request, facts.title, form, facts=facts, button=_("Decide on it"))


@require_POST
def reward_hand(request: HttpRequest, pk: int) -> HttpResponse:
    """Record to whom a reward was handed over."""
    require(request.user, EDIT)
    reward = boards.found_in(boards.rewards_for(request.user), pk)
    form = HandForm(sent(request))

    def save() -> None:
        operations.hand_reward(
            reward=reward, **form.cleaned_data, by=request.user, at=timezone.now()
        )

    if tried(form, save):
        messages.success(request, _("Recorded."))
        return back(request, "obligations:rewards")
    facts = reward_facts(reward)
    return show(request, facts.title, form, facts=facts, button=_("Record it as handed over"))
