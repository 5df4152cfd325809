"""Wiring of the catalogue app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "dakehu.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """Set the catalogue up after migrating; register its screens, panel and to-dos."""
        from dakehu.catalogue.choices import TO_PUBLISH
        from dakehu.catalogue.jobs.packs import load_services
        from dakehu.catalogue.queries import services
        from dakehu.ui import navigation, panels, todos

        post_migrate.connect(load_services, sender=self, dispatch_uid="catalogue.packs")
        todos.register(TO_PUBLISH, services.version_words, services.version_url, "book-2")
        navigation.register(
            navigation.NavItem(
                navigation.Section.CUSTOMERS,
                _("Service catalogue"),
                "book-2",
                "catalogue:services",
                "catalogue.view",
                28,
            )
        )
        panels.register(
            panels.Panel(
                "customer",
                "entitlements",
                _("What this customer is entitled to"),
                "catalogue:customer_panel",
                "catalogue.view",
                order=24,
                icon="book-2",
                wide=True,
                kinds=("GROUP", "PROSPECT"),
            )
        )
        panels.register(
            panels.Panel(
                "standard",
                "open-clocks",
                _("Open clocks concerned"),
                "catalogue:clocks_panel",
                "catalogue.view",
                order=10,
                icon="clock-hour-4",
            )
        )
