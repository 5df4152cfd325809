"""Wiring of the people app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "dakehu.people"
    label = "people"

    def ready(self) -> None:
        """Register the entries of units and staff."""
        from dakehu.ui.navigation import NavItem, Section, register

        register(
            NavItem(Section.SYSTEM, _("Units"), "sitemap", "people:unit_list", "people.view", 10)
        )
        register(
            NavItem(Section.SYSTEM, _("Staff"), "id", "people:staff_list", "people.view", 20, "p")
        )
