"""Drafting a survey, letting it run, and its results (G2)."""

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
from dakehu.people.policies import require
from dakehu.surveys import operations, queries
from dakehu.surveys.errors import UnableToSurvey
from dakehu.surveys.filters import SurveyFilter
from dakehu.surveys.forms import AnswerForm, QuestionForm, SurveyForm
from dakehu.surveys.pages import survey_page
from dakehu.surveys.policies import PUBLISH, VIEW, WRITE
from dakehu.surveys.tables import SurveyTable
from dakehu.ui import conflicts, lists
from dakehu.ui.forms import sent

UNPROCESSABLE = 422

SURVEYS = lists.ListScreen(
    name="surveys:list",
    title=gettext_lazy("Surveys"),
    permission=VIEW,
    rows=queries.surveys_visible_to,
    table=SurveyTable,
    filterset=SurveyFilter,
    sorts={"last_day": ("last_day",)},
    default_sort="-last_day",
    icon="clipboard-text",
    help_text=gettext_lazy("What customers are asked, by link or on the telephone."),
    empty_title=gettext_lazy("No surveys yet"),
    empty_text=gettext_lazy("Draft one: a few simple questions are answered most."),
    row_url=lambda row: reverse("surveys:survey", args=[row.pk]),
    actions=(
        lists.Action(gettext_lazy("Draft a survey"), "plus", "surveys:add", WRITE, primary=True),
        lists.Action(gettext_lazy("Who was asked"), "users", "surveys:invitations", VIEW),
        lists.Action(gettext_lazy("To be called"), "phone", "surveys:calls", "surveys.handle"),
    ),
)


@require_GET
def survey_list(request: HttpRequest) -> HttpResponseBase:
    """The surveys."""
    return lists.show(request, SURVEYS)


@require_GET
def survey_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One survey: its questions, and its results within reach."""
    require(request.user, VIEW)
    survey = queries.get_survey(request.user, pk)
    page = survey_page(request.user, survey, on=timezone.localdate())
    return render(request, "surveys/survey.html", {"page": page})


@require_GET
def survey_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """A survey as customers see it; nothing is kept."""
    require(request.user, VIEW)
    survey = queries.get_survey(request.user, pk)
    form = AnswerForm(questions=queries.questions_of(survey))
    context = {"survey": survey, "form": form, "is_preview": True}
    return render(request, "surveys/answer.html", context)


@require_http_methods(["GET", "POST"])
def survey_add(request: HttpRequest) -> HttpResponse:
    """Draft a survey."""
    return keep_survey(request, SurveyForm(sent(request)), _("Draft a survey"))


@require_http_methods(["GET", "POST"])
def survey_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    require(request.user, WRITE)
    survey = queries.get_survey(request.user, pk)
    return keep_survey(request, SurveyForm(sent(request), instance=survey), _("Edit the survey"))


def keep_survey(request: HttpRequest, form: Any, title: str) -> HttpResponse:
    """Store a survey, or show its form with what is wrong."""
    require(request.user, WRITE)
    back = reverse("surveys:survey", args=[form.instance.pk]) if form.instance.pk else ""
    store = partial(operations.keep_survey, survey=form.instance)
    return keep(request, form, title, store, back or reverse("surveys:list"))


@require_http_methods(["GET", "POST"])
def question_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a question to a draft."""
    require(request.user, WRITE)
    form = QuestionForm(sent(request))
    form.instance.survey = queries.get_survey(request.user, pk)
    return keep_question(request, form, _("Add a question"))


@require_http_methods(["GET", "POST"])
def question_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a question of a draft."""
    require(request.user, WRITE)
    question = queries.get_question(request.user, pk)
    form = QuestionForm(sent(request), instance=question)
    return keep_question(request, form, _("Edit the question"))


def keep_question(request: HttpRequest, form: Any, title: str) -> HttpResponse:
    """Store a question, or show its form with what is wrong."""
    back = reverse("surveys:survey", args=[form.instance.survey_id])
    store = partial(operations.keep_question, question=form.instance)
    return keep(request, form, title, store, back)


def keep(request: HttpRequest, form: Any, title: str, operation: Any, back: str) -> HttpResponse:
    """Store a part of a survey, or show its form with what is wrong."""
    if form.is_bound and form.is_valid():
        how = {"version": form.known_version, "by": request.user, "at": timezone.now()}
        try:
            operation(**how)
        except EditedMeanwhile as clash:
            return conflicts.show(request, form, clash)
        except UnableToSurvey as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            survey = getattr(form.instance, "survey_id", None) or form.instance.pk
            return redirect("surveys:survey", survey)
    context = {"title": title, "form": form, "back": back}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "surveys/form.html", context, status=status)


def refuse(form: Any, refusal: UnableToSurvey) -> None:
    """Show a refusal at the input that it concerns, if the form has it."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


@require_POST
def survey_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a draft."""
    require(request.user, WRITE)
    survey = queries.get_survey(request.user, pk)
    words = _("The draft is removed.")
    return deal(request, partial(operations.drop_survey, survey=survey), words)


@require_POST
def survey_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a survey run."""
    require(request.user, PUBLISH)
    survey = queries.get_survey(request.user, pk)
    words = _("The survey runs. Now ask customers.")
    return deal(request, partial(operations.publish_survey, survey=survey), words, pk)


@require_POST
def survey_close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a survey."""
    require(request.user, PUBLISH)
    survey = queries.get_survey(request.user, pk)
    words = _("The survey has ended; links open nothing any more.")
    return deal(request, partial(operations.close_survey, survey=survey), words, pk)


@require_POST
def question_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a question out of a draft."""
    require(request.user, WRITE)
    question = queries.get_question(request.user, pk)
    words = _("The question is removed.")
    return deal(
        request,
        partial(operations.drop_question, question=question),
        words,
        question.survey_id,
    )


def deal(
    request: HttpRequest, operation: Any, words: str, survey: int | None = None
) -> HttpResponse:
    """Do something with a survey, and tell what came of it."""
    try:
        operation(by=request.user, at=timezone.now())
    except UnableToSurvey as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("surveys:survey", survey) if survey else redirect("surveys:list")
