"""Wiring of the exchange app."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "dakehu.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Say where facts lie; register the entries of the navigation, and background work."""
        from dakehu.alerts.events import TrialAsked
        from dakehu.common import events, work
        from dakehu.exchange.jobs import learning, trying
        from dakehu.exchange.jobs.engines import tiering_provider
        from dakehu.tiering.queries.sources import register_provider
        from dakehu.ui.navigation import NavItem, Section, register

        register_provider(tiering_provider())
        work.describe(trying.work_out.module_path, _("Try numbers of the warnings"))
        work.register(work.Duty("exchange.trials", trying.want_left_over, timedelta(minutes=10)))
        events.listen(TrialAsked, trying.want_trial)
        events.listen(work.WorkGivenUp, trying.give_up)
        work.describe(learning.learn_model.module_path, _("Train a ranking model"))
        work.register(
            work.Duty("exchange.trainings", learning.want_left_over, timedelta(minutes=10))
        )
        events.listen(work.WorkGivenUp, learning.give_up)
        for order, title, icon, url_name in (
            (10, _("Delivery monitor"), "calendar-stats", "exchange:monitor"),
            (20, _("Deliveries"), "package-import", "exchange:delivery_list"),
            (30, _("Runs"), "moon-stars", "exchange:run_list"),
        ):
            register(NavItem(Section.DATA, title, icon, url_name, "exchange.view", order))
        register(
            NavItem(
                Section.SYSTEM,
                _("Background work"),
                "robot",
                "exchange:background",
                "background.manage",
                60,
            )
        )
