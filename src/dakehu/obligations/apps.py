"""Wiring of the obligations app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ObligationsConfig(AppConfig):
    name = "dakehu.obligations"
    label = "obligations"

    def ready(self) -> None:
        """Register screens, the panel, to-dos, and what hangs on customers."""
        from dakehu.customers.operations import Relation, register_relation
        from dakehu.obligations.choices import DUE, JOINT_DUE, REWARD, TRIAL_ENDS
        from dakehu.obligations.queries import wording
        from dakehu.ui import panels, todos

        register_screens()
        todos.register(DUE, wording.due_words, wording.due_url, "calendar-repeat")
        todos.register(TRIAL_ENDS, wording.trial_words, wording.trial_url, "flask-2")
        todos.register(JOINT_DUE, wording.joint_words, wording.joint_url, "users-group")
        todos.register(REWARD, wording.reward_words, wording.reward_url, "award")
        for label, why in (
            ("obligations.Obligation", "it is owed to the customer"),
            ("obligations.Act", "it was done for the customer"),
            ("obligations.Provision", "the customer has it"),
            ("obligations.Trial", "the customer tries it"),
            ("obligations.Reward", "the customer is given it"),
        ):
            register_relation(Relation(label, "customer", why))
        panels.register(
            panels.Panel(
                "customer",
                "obligations",
                _("What is owed"),
                "obligations:customer_panel",
                "obligations.view",
                order=23,
                icon="calendar-repeat",
                kinds=("GROUP", "PROSPECT"),
            )
        )
        panels.register(
            panels.Panel(
                "standard",
                "open-obligations",
                _("What is owed and concerned"),
                "obligations:standard_panel",
                "obligations.view",
                order=20,
                icon="calendar-repeat",
            )
        )


def register_screens() -> None:
    """Register the entries of the navigation."""
    from dakehu.ui.navigation import NavItem, Section, register

    for order, title, icon, url_name in (
        (40, _("What is owed"), "calendar-repeat", "obligations:list"),
        (41, _("Coverage"), "chart-donut", "obligations:board"),
        (42, _("Provided services"), "user-shield", "obligations:provisions"),
        (43, _("Trials"), "flask-2", "obligations:trials"),
        (44, _("Customer rewards"), "award", "obligations:rewards"),
        (45, _("Launches"), "rocket", "obligations:launches"),
    ):
        register(NavItem(Section.CUSTOMERS, title, icon, url_name, "obligations.view", order))
