"""Screens of ranking: models, a model's card, ranked customers, and the panels."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from dakehu.alerts.queries import alerts_open_to
from dakehu.customers.queries import get_customer
from dakehu.people.policies import require
from dakehu.ranking import operations, pages, queries
from dakehu.ranking.errors import UnableToPublish
from dakehu.ranking.filters import ModelFilter, RankFilter
from dakehu.ranking.forms import ProposeForm
from dakehu.ranking.tables import ModelTable, RankTable
from dakehu.ui import lists
from dakehu.ui.lists.addresses import whole_number

MODELS = lists.ListScreen(
    name="ranking:models",
    title=gettext_lazy("Ranking models"),
    permission="ranking.view",
    rows=queries.models_known,
    table=ModelTable,
    filterset=ModelFilter,
    sorts={
        "number": ("number",),
        "trained_at": ("trained_at",),
        "roc_auc": ("roc_auc",),
        "pr_auc": ("pr_auc",),
        "lift": ("lift",),
    },
    default_sort="-number",
    icon="chart-dots",
    help_text=gettext_lazy(
        "A trained model puts customers in order beside the warnings; it never replaces one."
    ),
    empty_title=gettext_lazy("No model was trained yet"),
    empty_text=gettext_lazy(
        "Train one here, or in the terminal: dakehu model train --from … --to …"
    ),
    actions=(
        lists.Action(
            gettext_lazy("Train a model"), "school", "exchange:trainings", "ranking.view"
        ),
    ),
    row_url=lambda model: reverse("ranking:model", args=[model.number]),
)
RANKED = lists.ListScreen(
    name="ranking:customers",
    title=gettext_lazy("Likely to leave, by the model"),
    permission="alerts.view",
    rows=queries.ranks_visible_to,
    table=RankTable,
    filterset=RankFilter,
    sorts={"place": ("place",), "score": ("score",)},
    default_sort="place",
    icon="sort-descending-numbers",
    help_text=gettext_lazy(
        "The likeliest tenth of the newest night, and whoever has an alert that holds. The score "
        "of W10 stands beside it: one is learned, the other is a rule."
    ),
    empty_title=gettext_lazy("Nobody is ranked"),
    empty_text=gettext_lazy("Once a model is published, the next night ranks the customers."),
    row_url=lambda rank: reverse("desk:customer", args=[rank.customer_id]),
    export_permission="customers.export",
    personal=True,
)


@require_GET
def model_list(request: HttpRequest) -> HttpResponseBase:
    """All models."""
    return lists.show(request, MODELS)


@require_GET
def ranked_customers(request: HttpRequest) -> HttpResponseBase:
    """The customers whom the newest night put on top."""
    return lists.show(request, RANKED)


@require_GET
def model_detail(request: HttpRequest, number: int) -> HttpResponse:
    """The card of a model."""
    model = queries.get_model(request.user, number)
    return show_model(request, model, ProposeForm(initial={"version": model.version}))


def show_model(
    request: HttpRequest, model: Any, form: ProposeForm, *, status: int = 200
) -> HttpResponse:
    """Show a card with the form on which it is proposed."""
    context = {"page": pages.model_page(request.user, model), "form": form}
    return render(request, "ranking/model_detail.html", context, status=status)


@require_GET
def model_card(request: HttpRequest, number: int) -> HttpResponse:
    """The card of a model as a text to take away."""
    model = queries.get_model(request.user, number)
    content = pages.card_text(pages.model_page(request.user, model))
    response = HttpResponse(content, content_type="text/markdown; charset=utf-8")
    name = f"dakehu-model-{model.number}.md"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_GET
def model_figures(request: HttpRequest, number: int) -> HttpResponse:
    """Everything measured of a model, for other programs."""
    model = queries.get_model(request.user, number)
    content = json.dumps(operations.summary_of(model) | {"report": model.report}, indent=1)
    response = HttpResponse(content, content_type="application/json")
    name = f"dakehu-model-{model.number}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def model_propose(request: HttpRequest, number: int) -> HttpResponse:
    """Propose that a model shall rank."""
    require(request.user, pages.PERMISSION)
    model = queries.get_model(request.user, number)
    form = ProposeForm(request.POST)
    if not form.is_valid():
        return show_model(request, model, form, status=422)
    try:
        operations.propose_model(
            model=model,
            version=form.cleaned_data["version"],
            remark=form.cleaned_data["remark"],
            by=request.user,
            at=timezone.now(),
        )
    except UnableToPublish as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Proposed. It ranks once somebody else publishes it."))
    return redirect("ranking:model", number)


@require_POST
def model_publish(request: HttpRequest, number: int) -> HttpResponse:
    """Let a proposed model rank."""
    words = _("Published. The next night ranks by it.")
    return decided(request, number, operations.publish_model, words)


@require_POST
def model_decline(request: HttpRequest, number: int) -> HttpResponse:
    """Take a proposal back."""
    return decided(request, number, operations.decline_model, _("It is a draft again."))


@require_POST
def model_retire(request: HttpRequest, number: int) -> HttpResponse:
    """Let a model rank no more."""
    words = _("Retired. Nobody is ranked by it any more.")
    return decided(request, number, operations.retire_model, words)


@require_POST
def model_discard(request: HttpRequest, number: int) -> HttpResponse:
    """Take a draft off the list."""
    words = _("Discarded.")
    return decided(request, number, operations.discard_model, words, leads_to="ranking:models")


def decided(
    request: HttpRequest, number: int, decide: Any, words: str, leads_to: str = ""
) -> HttpResponse:
    """Carry out one decision about a model and say what came of it."""
    require(request.user, pages.PERMISSION)
    version = whole_number(request.POST.get("version", "")) or 0
    try:
        decide(
            model=queries.get_model(request.user, number),
            version=version,
            by=request.user,
            at=timezone.now(),
        )
    except UnableToPublish as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
        if leads_to:
            return redirect(leads_to)
    return redirect("ranking:model", number)


@require_GET
def customer_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a customer stands, and what pushed it there."""
    require(request.user, "alerts.view")
    customer = get_customer(request.user, pk)
    return render(
        request, "ranking/_customer_panel.html", {"panel": pages.standing_panel(customer)}
    )


@require_GET
def alert_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the customer of an alert stands, beside the warning."""
    require(request.user, "alerts.view")
    alert = get_object_or_404(alerts_open_to(request.user), pk=pk)
    panel = pages.standing_panel(alert.customer)
    return render(request, "ranking/_alert_panel.html", {"panel": panel})
