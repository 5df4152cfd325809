"""Wiring of the hooks app."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HooksConfig(AppConfig):
    name = "dakehu.hooks"
    label = "hooks"

    def ready(self) -> None:
        """Register the entry, the to-dos, and what every worker does."""
        from dakehu.common.work import Duty, register
        from dakehu.hooks import jobs, queries
        from dakehu.hooks.choices import FAILING
        from dakehu.hooks.policies import MANAGE
        from dakehu.ui import navigation, todos

        todos.register(FAILING, queries.failing_words, queries.failing_url, "webhook")
        register(Duty("hooks.tell", jobs.tell_others, timedelta(seconds=5)))
        register(Duty("hooks.tidy", jobs.tidy, timedelta(minutes=1)))
        navigation.register(
            navigation.NavItem(
                navigation.Section.SYSTEM,
                _("Events for other systems"),
                "webhook",
                "hooks:list",
                MANAGE,
                41,
            )
        )
