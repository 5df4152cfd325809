"""Answering a case by message, and the templates for it (K1, G5)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.audit.errors import EditedMeanwhile
from dakehu.cases import operations, queries
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.filters import TemplateFilter
from dakehu.cases.forms.replies import ReplyForm, TemplateForm
from dakehu.cases.pages.cases import Sheet
from dakehu.cases.policies import HANDLE, RULES
from dakehu.cases.queries import replies
from dakehu.cases.rules.replies import filled
from dakehu.cases.tables import TemplateTable
from dakehu.cases.views.cases import act_with
from dakehu.people.policies import require
from dakehu.ui import conflicts, lists
from dakehu.ui.forms import sent

UNPROCESSABLE = 422
LONGEST_NUMBER = 19

TEMPLATES = lists.ListScreen(
    name="cases:templates",
    title=gettext_lazy("Reply templates"),
    permission=RULES,
    rows=replies.templates_visible_to,
    table=TemplateTable,
    filterset=TemplateFilter,
    sorts={"name": ("name",)},
    default_sort="name",
    icon="template",
    help_text=gettext_lazy("Words for answers by message, per kind of case, in both languages."),
    empty_title=gettext_lazy("No templates yet"),
    empty_text=gettext_lazy("What is written again and again is written once here."),
    row_url=lambda row: reverse("cases:template", args=[row.pk]),
    actions=(
        lists.Action(
            gettext_lazy("Add a template"), "plus", "cases:template_add", RULES, primary=True
        ),
    ),
)


@require_http_methods(["GET", "POST"])
def case_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to whoever asked; the message leaves in a moment and stands in the history."""
    require(request.user, HANDLE)
    case = queries.get_case(request.user, pk)
    form = ReplyForm(
        sent(request),
        addresses=replies.addresses_for(case),
        templates=replies.templates_for(request.user, case),
        url=reverse("cases:reply_text", args=[pk]),
    )
    words = _("The message leaves in a moment.")
    sheet = Sheet(_("Write to the customer"), _("Send the message"), words)
    return act_with(
        request,
        case,
        form,
        sheet=sheet,
        act=lambda form: operations.reply_to_customer(
            case=case, reply=operations.Reply(**form.reply), by=request.user, at=timezone.now()
        ),
    )


@require_GET
def reply_text(request: HttpRequest, pk: int) -> HttpResponse:
    """What a template says of this case, as the input that it is changed in."""
    require(request.user, HANDLE)
    case = queries.get_case(request.user, pk)
    number, _dash, language = request.GET.get("template", "").partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) < LONGEST_NUMBER):
        raise Http404
    template = replies.get_template(request.user, int(number))
    text = template.text_en if language == "en" else template.text
    values = replies.values_for(case, at=timezone.now())
    form = ReplyForm(initial={"text": filled(text, values)}, addresses=[], templates=[])
    return render(request, "cases/_reply_text.html", {"form": form})


@require_GET
def template_list(request: HttpRequest) -> HttpResponseBase:
    """The reply templates."""
    return lists.show(request, TEMPLATES)


@require_http_methods(["GET", "POST"])
def template_add(request: HttpRequest) -> HttpResponse:
    """Add a reply template."""
    return keep(request, TemplateForm(sent(request)), _("Add a template"))


@require_http_methods(["GET", "POST"])
def template_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a reply template."""
    require(request.user, RULES)
    template = replies.get_template(request.user, pk)
    return keep(request, TemplateForm(sent(request), instance=template), _("Edit the template"))


def keep(request: HttpRequest, form: Any, title: str) -> HttpResponse:
    """Store a template, or show its form with what is wrong."""
    require(request.user, RULES)
    if form.is_bound and form.is_valid():
        try:
            operations.keep_template(
                template=form.instance,
                version=form.known_version,
                by=request.user,
                at=timezone.now(),
            )
        except EditedMeanwhile as clash:
            return conflicts.show(request, form, clash)
        except UnableToKeepCase as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(TEMPLATES.name)
    kept = form.instance.pk
    context = {"title": title, "form": form, "kept": kept}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "cases/template.html", context, status=status)


@require_POST
def template_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a reply template no more."""
    require(request.user, RULES)
    template = replies.get_template(request.user, pk)
    operations.drop_template(template=template, by=request.user, at=timezone.now())
    messages.success(request, _("The template is removed."))
    return redirect(TEMPLATES.name)
