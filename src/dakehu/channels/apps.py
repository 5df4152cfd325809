"""Wiring of the channels app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ChannelsConfig(AppConfig):
    name = "dakehu.channels"
    label = "channels"

    def ready(self) -> None:
        """Set the matrix up after migrating; register its screens and to-dos."""
        from dakehu.channels import queries
        from dakehu.channels.choices import TO_PUBLISH
        from dakehu.channels.jobs.packs import load_matrix
        from dakehu.ui import todos
        from dakehu.ui.navigation import NavItem, Section, register

        post_migrate.connect(load_matrix, sender=self, dispatch_uid="channels.packs")
        todos.register(TO_PUBLISH, queries.version_words, queries.version_url, "table")
        register(
            NavItem(
                Section.SERVICE,
                _("Products and channels"),
                "table",
                "channels:matrix",
                "channels.view",
                70,
            )
        )
        register(
            NavItem(
                Section.SERVICE,
                _("Try the routing"),
                "git-branch",
                "channels:try",
                "channels.view",
                71,
            )
        )
