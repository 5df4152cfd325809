"""Columns of the lists of surveys."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.surveys.choices import INVITATION_TONES, SURVEY_TONES
from dakehu.ui import tables


class SurveyTable(tables.ListTable):
    """Surveys: name, state, until when, by whom."""

    name = tables.TextColumn(accessor="name", verbose_name=pgettext_lazy("of a survey", "Name"))
    state = tables.BadgeColumn(accessor="state", tones=SURVEY_TONES, verbose_name=_("State"))
    last_day = tables.DayColumn(accessor="last_day", verbose_name=_("Last day"))
    made_by = tables.TextColumn(accessor="made_by", verbose_name=_("Drafted by"))
    unit = tables.TextColumn(accessor="unit", verbose_name=_("Unit"))


class InvitationTable(tables.ListTable):
    """Who was asked, and what they scored."""

    asked = tables.InstantColumn(
        accessor="asked_at", verbose_name=pgettext_lazy("a customer", "Asked at")
    )
    survey = tables.NameColumn(accessor="survey", verbose_name=_("Survey"))
    customer = tables.NameColumn(accessor="customer", verbose_name=_("Customer"))
    tier = tables.TextColumn(accessor="tier", verbose_name=_("Level"))
    state = tables.BadgeColumn(accessor="state", tones=INVITATION_TONES, verbose_name=_("State"))
    recommend = tables.NumberColumn(
        accessor="recommend", verbose_name=_("Recommends us (0–10)"), default="–"
    )
    satisfied = tables.NumberColumn(
        accessor="satisfied", verbose_name=_("Satisfied (1–5)"), default="–"
    )
    staff = tables.NameColumn(accessor="staff", verbose_name=_("Manager"), default="–")
    unit = tables.NameColumn(accessor="unit", verbose_name=_("Unit"))
    way = tables.TextColumn(accessor="way", verbose_name=_("By what"))
    answered = tables.InstantColumn(accessor="answered_at", verbose_name=_("Answered at"))

    optional_columns = ("way", "answered")
