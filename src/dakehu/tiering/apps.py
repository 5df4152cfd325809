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
                kinds=("INDIVIDUAL", "GROUP"),
            )
        )
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


def register_relations() -> None:
    """Say what hangs on a customer, for when two of them are merged."""
    from dakehu.customers.operations import Relation, register_relation

    register_relation(Relation("tiering.Standing", "customer", "it stands at that level"))
    register_relation(Relation("tiering.TierMove", "customer", "it went up or down"))
    register_relation(Relation("tiering.LevelGrant", "customer", "it was given a level by hand"))
    register_relation(Relation("tiering.Assessment", "customer", "a manager assessed it"))


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
