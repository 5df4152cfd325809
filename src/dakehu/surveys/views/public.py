"""The page on which a customer answers, by a link that is good once; no log-in (G2)."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dakehu.common.links import Leaf
from dakehu.outbox.errors import KnockedTooOften
from dakehu.outbox.operations import count_knock
from dakehu.outbox.queries import opened_by
from dakehu.surveys import operations, queries
from dakehu.surveys.choices import LOW
from dakehu.surveys.errors import LinkUsed, SurveyOver, UnableToSurvey
from dakehu.surveys.forms import AnswerForm
from dakehu.surveys.operations.answering import refuse_over
from dakehu.surveys.views.surveys import UNPROCESSABLE, refuse
from dakehu.ui.forms import sent
from dakehu.ui.responses import unlisted

GONE, NOT_FOUND, TOO_OFTEN = 410, 404, 429


@login_not_required
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Ask the customer whom a link was made for; it opens nothing once it was used."""
    now = timezone.now()
    leaf = opened_by(token)
    invitation = queries.invited_by(leaf.pk) if leaf and leaf.subject == LOW else None
    try:
        count_knock(request.META["REMOTE_ADDR"], at=now, is_miss=invitation is None)
    except KnockedTooOften as refusal:
        return barred(request, "often", TOO_OFTEN, refusal.seconds)
    if invitation is None:
        return barred(request, "unknown", NOT_FOUND)
    form = AnswerForm(sent(request), questions=queries.questions_of(invitation.survey))
    try:
        refuse_late(leaf, invitation, at=now)
        if form.is_bound and form.is_valid():
            operations.take_answers(invitation=invitation, given=form.given, by=None, at=now)
            return shown(render(request, "surveys/thanks.html"))
    except (LinkUsed, SurveyOver) as refusal:
        context = {"words": str(refusal)}
        return shown(render(request, "surveys/over.html", context, status=GONE))
    except UnableToSurvey as refusal:
        refuse(form, refusal)
    context = {"survey": invitation.survey, "form": form, "is_preview": False}
    status = UNPROCESSABLE if form.errors else 200
    return shown(render(request, "surveys/answer.html", context, status=status))


def refuse_late(leaf: Leaf | None, invitation: Any, *, at: datetime) -> None:
    """Pass in silence if a link and what it asks are still good.

    :raises LinkUsed: if it was used.
    :raises SurveyOver: if it has run out, or the survey takes no answers any more.
    """
    refuse_over(invitation, at=at)
    if leaf is None or leaf.last_day < timezone.localdate(at):
        raise SurveyOver(_("This link has run out"))


def barred(request: HttpRequest, why: str, status: int, seconds: int = 0) -> HttpResponse:
    """Say why a link opens nothing."""
    context = {"why": why, "seconds": seconds}
    return shown(render(request, "outbox/barred.html", context, status=status))


def shown(response: HttpResponse) -> HttpResponse:
    """Keep the page of a link to whoever holds it; its form is known by where it comes from."""
    return unlisted(response, referrer="same-origin")
