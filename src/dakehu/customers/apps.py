"""Wiring of the customers app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from dakehu.ui import panels


class CustomersConfig(AppConfig):
    name = "dakehu.customers"
    label = "customers"

    def ready(self) -> None:
        """Register the entry of the list, and the panels of a customer's page."""
        from dakehu.ui.navigation import NavItem, Section, register

        register(
            NavItem(
                Section.CUSTOMERS,
                _("Customers"),
                "users",
                "customers:list",
                "customers.view",
                10,
                "c",
            )
        )
        for order, name, title, icon in (
            (10, "profile", _("Profile"), "id"),
            (30, "months", _("Revenue by month"), "chart-bar"),
            (50, "products", _("Products"), "package"),
            (60, "group", _("Group and members"), "users-group"),
            (70, "logs", _("Acts of managers"), "notes"),
            (95, "changes", _("Changes"), "history"),
        ):
            url_name = f"customers:{name}_panel"
            panels.register(
                panels.Panel("customer", name, title, url_name, "customers.view", order, icon)
            )
