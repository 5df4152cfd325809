"""Wiring of the surveys app."""

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dakehu.ui import todos


class SurveysConfig(AppConfig):
    name = "dakehu.surveys"
    label = "surveys"

    def ready(self) -> None:
        """Register the entry, what merges move, and the to-do that a low score raises."""
        from dakehu.customers.operations import Relation, register_relation
        from dakehu.surveys.choices import LOW
        from dakehu.surveys.policies import VIEW
        from dakehu.surveys.queries import low_words
        from dakehu.ui.navigation import NavItem, Section, register

        register_relation(
            Relation("surveys.SurveyInvitation", "customer", "the customer was asked")
        )
        register(
            NavItem(Section.SERVICE, _("Surveys"), "clipboard-text", "surveys:list", VIEW, 46)
        )
        todos.register(
            LOW,
            low_words,
            lambda pk: reverse("surveys:invitation", args=[pk]),
            "mood-sad",
        )
