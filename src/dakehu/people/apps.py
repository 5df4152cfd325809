"""Wiring of the people app."""

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "dakehu.people"
    label = "people"

    def ready(self) -> None:
        """Register the entries and panels of units and staff, and what hangs on them."""
        from dakehu.people.operations.importing import STAFF
        from dakehu.people.queries import register_own
        from dakehu.ui import imports

        register_own()
        imports.register(STAFF)
        register_entries()
        register_panels()
        register_panels_of_rights()
        register_shareables()
        register_revealables()


def register_entries() -> None:
    """Register the entries of the left navigation."""
    from dakehu.ui.navigation import NavItem, Section, register

    for title, icon, url_name, order, key in (
        (_("Units"), "sitemap", "people:unit_list", 10, ""),
        (_("Services and units"), "table", "people:duty_list", 15, ""),
        (_("Staff"), "id", "people:staff_list", 20, "p"),
        (_("Leave and deputies"), "beach", "people:leave_list", 25, ""),
    ):
        register(NavItem(Section.SYSTEM, title, icon, url_name, "people.view", order, key))
    register(
        NavItem(Section.SYSTEM, _("Roles"), "shield-lock", "people:role_list", "people.roles", 30)
    )
    register(
        NavItem(Section.SYSTEM, _("Shares"), "share", "people:share_list", "customers.view", 35)
    )
    for title, icon, name, order in (
        (_("Access log"), "eye-search", "access_list", 80),
        (_("Change log"), "history", "change_list", 85),
    ):
        register(NavItem(Section.SYSTEM, title, icon, f"people:{name}", "audit.view", order))
    register(NavItem(Section.WORK, _("My log"), "notebook", "people:own_log", "desk.view", 85))
    register(NavItem(Section.WORK, _("My file"), "id-badge-2", "people:my_file", "desk.view", 90))


def register_panels() -> None:
    """Register the panels of the pages of a person and of a unit."""
    from dakehu.people.choices import ENTRY_KINDS
    from dakehu.ui.panels import Panel, register

    # Everybody reads their own file; the panels themselves ask who reads another one.
    for order, name, title, icon, wide in (
        (10, "basics", _("Basics"), "id", True),
        (20, "leave", _("Leave and deputy"), "beach", False),
        (95, "staff_changes", _("Changes"), "history", False),
    ):
        url_name = f"people:{name}_panel"
        register(Panel("staff", name, title, url_name, "desk.view", order, icon, wide))
    for kind in ENTRY_KINDS.values():
        register(
            Panel(
                "staff",
                kind.name,
                kind.title,
                f"people:{kind.name}_panel",
                "desk.view",
                kind.order,
                kind.icon,
                wide=kind.wide,
                kinds=kind.subjects,
            )
        )
    for order, name, title, icon, wide in (
        (10, "children", _("Units below"), "sitemap", True),
        (20, "duties", _("Services"), "table", True),
        (90, "places", _("Places in the tree"), "arrows-move", False),
        (95, "unit_changes", _("Changes"), "history", False),
    ):
        url_name = f"people:{name}_panel"
        register(Panel("unit", name, title, url_name, "people.view", order, icon, wide))


def register_panels_of_rights() -> None:
    """Register the panels of who looked at a record, and with whom it is shared."""
    from dakehu.ui.panels import Panel, register

    for subject, kind in (("customer", "customer"), ("staff", "manager")):
        register(
            Panel(
                subject,
                f"{subject}_looks",
                _("Who looked at this"),
                "people:looks_panel",
                "audit.view",
                order=97,
                icon="eye-search",
                arguments=(kind,),
            )
        )
    for subject, kind in (("staff", "manager"), ("unit", "unit")):
        register(
            Panel(
                subject,
                f"{subject}_shares",
                _("Shares"),
                "people:shares_panel",
                "people.share",
                order=85,
                icon="share",
                arguments=(kind,),
            )
        )


def register_shareables() -> None:
    """Let the customers of managers and of units be shared."""
    from dakehu.people import operations, queries
    from dakehu.people.choices import ShareSubject
    from dakehu.people.values import Shareable

    operations.register_shareable(
        Shareable(
            kind="manager",
            title=_("Share all customers of %(name)s"),
            permission="people.share",
            find=queries.get_staff,
            give=operations.share_manager,
            subjects=lambda staff: [(ShareSubject.MANAGER, staff.pk)],
            url=lambda pk: reverse("people:staff_file", args=[pk]),
        )
    )
    operations.register_shareable(
        Shareable(
            kind="unit",
            title=_("Share all customers of %(name)s"),
            permission="people.share",
            find=queries.get_unit,
            give=operations.share_unit,
            subjects=lambda unit: [(ShareSubject.UNIT, unit.pk)],
            url=lambda pk: reverse("people:unit_page", args=[pk]),
        )
    )


def register_revealables() -> None:
    """Let masked values of people be revealed; one's own to oneself."""
    from dakehu.audit.choices import Purpose
    from dakehu.people import operations, policies, queries
    from dakehu.people.values import Revealable

    operations.register_revealable(
        Revealable(
            kind="people.staff",
            find=queries.get_revealable,
            subject=lambda staff: staff,
            may=policies.may_reveal,
            purposes=(Purpose.CONTACT, Purpose.CORRECT, Purpose.CARE),
        )
    )
