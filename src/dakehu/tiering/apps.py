"""Wiring of the tiering app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dakehu.ui import panels


class TieringConfig(AppConfig):
    name = "dakehu.tiering"
    label = "tiering"

    def ready(self) -> None:
        """Register the panels of a standing and of a unit's customers, and what holds a unit."""
        from dakehu.tiering.jobs.packs import load_packs

        post_migrate.connect(load_packs, sender=self, dispatch_uid="tiering.packs")
        register_relations()
        register_laboratory()
        register_holding_of_units()
        panels.register(
            panels.Panel(
                "customer",
                "standing",
                _("Level and reasons"),
                "tiering:customer_panel",
                "customers.view",
                order=20,
                icon="award",
                kinds=("INDIVIDUAL",),
            )
        )
        panels.register(
            panels.Panel(
                "customer",
                "schemes",
                _("Why this level, and what is missing for the next?"),
                "tiering:schemes_panel",
                "customers.view",
                order=21,
                icon="stairs-up",
                wide=True,
            )
        )
        register_screens()
        panels.register(
            panels.Panel(
                "unit",
                "customers",
                _("Customers"),
                "tiering:unit_panel",
                "customers.view",
                order=15,
                icon="users",
            )
        )


def register_screens() -> None:
    """Register the entries of the navigation, and how to-dos of levels are shown."""
    from dakehu.tiering.choices import CHANGED, TO_GRANT, TO_MATCH, TO_PUBLISH
    from dakehu.tiering.queries import todos as words
    from dakehu.ui import navigation, todos
    from dakehu.ui.navigation import NavItem, Section

    for order, title, icon, url_name in (
        (30, _("Tier schemes"), "stairs-up", "tiering:schemes"),
        (31, _("Upgrades and downgrades"), "arrows-up-down", "tiering:moves"),
        (32, _("Levels by hand"), "hand-finger", "tiering:grants"),
        (33, _("Measures"), "ruler-measure", "tiering:measures"),
    ):
        navigation.register(NavItem(Section.CUSTOMERS, title, icon, url_name, "tiers.view", order))
    todos.register(TO_PUBLISH, words.rules_words, words.rules_url, "git-pull-request")
    todos.register(TO_MATCH, words.mapping_words, words.mapping_url, "arrows-left-right")
    todos.register(
        TO_GRANT,
        words.grant_words,
        lambda number: reverse("tiering:grant", args=[number]),
        "hand-finger",
    )
    todos.register(CHANGED, words.moves_words, words.moves_url, "arrows-up-down")


def register_laboratory() -> None:
    """Register simulations and cohorts: entries, background work, and what is told of it."""
    from datetime import timedelta

    from dakehu.common import events, work
    from dakehu.tiering.jobs import cohorts, evaluations, simulations
    from dakehu.ui.navigation import NavItem, Section, register

    register(
        NavItem(
            Section.ANALYSIS,
            _("Simulations of rules"),
            "flask",
            "tiering:simulation_list",
            "tiers.simulate",
            60,
        )
    )
    register(
        NavItem(
            Section.ANALYSIS,
            _("Snapshot cohorts"),
            "camera",
            "tiering:cohort_list",
            "tiers.view",
            62,
        )
    )
    work.describe(cohorts.fill_and_follow.module_path, _("Freeze a cohort and follow it"))
    events.listen(work.WorkGivenUp, cohorts.own_up)
    work.describe(simulations.simulate.module_path, _("Try rules of levels out"))
    work.register(
        work.Duty("tiering.simulations", simulations.forget_simulations, timedelta(hours=6))
    )
    events.listen(work.WorkGivenUp, simulations.own_up)
    work.describe(evaluations.evaluate_days.module_path, _("Evaluate a scheme"))
    events.listen(work.WorkGivenUp, evaluations.own_up)


def register_relations() -> None:
    """Say what hangs on a customer, for when two of them are merged."""
    from dakehu.customers.operations import Relation, register_relation, stays

    register_relation(Relation("tiering.Standing", "customer", "it stands at that level"))
    register_relation(Relation("tiering.TierMove", "customer", "it went up or down"))
    register_relation(Relation("tiering.LevelGrant", "customer", "it was given a level by hand"))
    register_relation(Relation("tiering.Assessment", "customer", "a manager assessed it"))
    register_relation(
        stays("tiering.CohortStay", "customer", "a cohort keeps whom it was frozen with")
    )
    register_relation(
        stays(
            "tiering.SimulatedMove", "customer", "a simulation tells of the records as they were"
        )
    )


def register_holding_of_units() -> None:
    """Say how many customers belong to a unit, so that it is not removed under them."""
    from dakehu.customers.queries.units import count_of_unit
    from dakehu.people.queries import register_holding
    from dakehu.people.values import Holding

    def words(count: int) -> str:
        return ngettext("%(count)s customer", "%(count)s customers", count) % {"count": count}

    def url(unit: object) -> str:
        return f"{reverse('customers:list')}?unit={unit.pk}"  # type: ignore[attr-defined]

    register_holding(Holding("customers", "unit", count_of_unit, words, url))
