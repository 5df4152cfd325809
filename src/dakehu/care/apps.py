"""Wiring of the care app."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dakehu.ui import panels, todos


class CareConfig(AppConfig):
    name = "dakehu.care"
    label = "care"

    def ready(self) -> None:
        """Register entries, panels, to-dos, and what happens when customers move or merge."""
        register_visits()
        register_greetings()
        register_reports()
        register_sections()
        register_events()


def register_visits() -> None:
    """Register what visits show and hear (G6)."""
    from dakehu.care import receivers
    from dakehu.care.choices import FOLLOW_UP, TO_VISIT
    from dakehu.care.operations.importing import VISITS
    from dakehu.care.policies import VIEW
    from dakehu.care.queries.visits import get_visit, planned_count_of
    from dakehu.common import events
    from dakehu.customers.operations import Relation, register_relation
    from dakehu.files.policies import Subject, register_subject
    from dakehu.ownership.events import CustomersMoved
    from dakehu.ui import dependants, imports
    from dakehu.ui.navigation import NavItem, Section, register
    from dakehu.worklist.events import TodosHandedOver

    label = "care.visit"
    register_relation(Relation("care.Visit", "customer", "it was planned or done at them"))
    register(NavItem(Section.WORK, _("My agenda"), "calendar-week", "care:agenda", VIEW, 22, "a"))
    register(NavItem(Section.SERVICE, _("Visits"), "map-pin", "care:visit_list", VIEW, 10))
    panels.register(
        panels.Panel(
            "customer", "visits", _("Visits"), "care:visit_panel", VIEW, order=50, icon="map-pin"
        )
    )
    register_subject(Subject(label, get_visit, VIEW, visit_url))
    panels.register(
        panels.Panel(
            "visit",
            "attachments",
            _("Photos and papers"),
            "files:attachments_panel",
            VIEW,
            icon="camera",
            arguments=(label,),
        )
    )
    dependants.register(
        dependants.Dependant(
            "visits",
            _("Planned visits"),
            "map-pin",
            _("Planned visits of the former owner follow; visits that were made stay."),
            planned_count_of,
            order=15,
        )
    )
    todos.register(TO_VISIT, visit_words, visit_url, "map-pin")
    todos.register(FOLLOW_UP, follow_up_words, visit_url, "arrow-forward-up")
    imports.register(VISITS)
    events.listen(CustomersMoved, receivers.customers_moved)
    events.listen(TodosHandedOver, receivers.todos_handed_over)


def register_greetings() -> None:
    """Register what greetings show, and the duty that proposes them (C9)."""
    from dakehu.care import jobs
    from dakehu.care.choices import GREET
    from dakehu.care.policies import VIEW
    from dakehu.common import work
    from dakehu.customers.operations import Relation, register_relation
    from dakehu.ui.navigation import NavItem, Section, register

    register_relation(Relation("care.Greeting", "customer", "it was meant for them"))
    register_relation(Relation("care.Unwanted", "customer", "it is what they wish"))
    register(NavItem(Section.SERVICE, _("Greetings"), "gift", "care:greeting_list", VIEW, 12))
    todos.register(GREET, greeting_words, lambda pk: reverse("care:greeting", args=[pk]), "gift")
    work.describe(jobs.propose_now.module_path, _("Propose greetings"))
    work.register(work.Duty("care.greetings", jobs.propose_daily, timedelta(hours=6)))
    work.register(work.Duty("care.messages", jobs.send_messages, timedelta(minutes=10)))


def greeting_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do about a greeting."""
    from dakehu.catalogue.choices import Form

    told = {**facts, "form": Form(facts["form"]).label}
    return _now("Greet on %(day)s for %(title)s: %(form)s") % told


def register_reports() -> None:
    """Register what service reports show, and the work that builds them (R1 to R4)."""
    from dakehu.care import jobs
    from dakehu.care.choices import REPORT
    from dakehu.care.policies import VIEW
    from dakehu.care.queries.reports import get_report, is_built
    from dakehu.common import events, work
    from dakehu.customers.operations import Relation, register_relation
    from dakehu.files.policies import Subject, register_subject
    from dakehu.ui.navigation import NavItem, Section, register

    label = "care.report"
    register_relation(Relation("care.Report", "customer", "it was written for them"))
    register(
        NavItem(Section.SERVICE, _("Service reports"), "report", "care:report_list", VIEW, 14)
    )
    register_subject(Subject(label, get_report, VIEW, report_url, is_built))
    panels.register(
        panels.Panel(
            "report",
            "attachments",
            _("Files of the report"),
            "files:attachments_panel",
            VIEW,
            icon="file-text",
            arguments=(label,),
        )
    )
    panels.register(
        panels.Panel(
            "customer",
            "reports",
            _("Service reports"),
            "care:report_panel",
            VIEW,
            order=51,
            icon="report",
        )
    )
    todos.register(REPORT, report_words, report_url, "report")
    work.describe(jobs.build_report.module_path, _("Build a service report"))
    events.listen(work.WorkGivenUp, jobs.own_up)


def register_events() -> None:
    """Register what events show, and where customers are chosen for them (C8, C10, C12, G7)."""
    from dakehu.care.choices import EVENT_FOLLOW_UP, INVITE, INVITING_LISTS
    from dakehu.care.operations.attendance import ATTENDANCE
    from dakehu.care.policies import VIEW, WRITE
    from dakehu.care.queries.events import get_event
    from dakehu.customers.operations import Relation, register_relation
    from dakehu.files.policies import Subject, register_subject
    from dakehu.ui import imports
    from dakehu.ui.lists import BulkAction, register_bulk
    from dakehu.ui.navigation import NavItem, Section, register

    label = "care.event"
    register_relation(Relation("care.Invitation", "customer", "they were invited"))
    register(NavItem(Section.SERVICE, _("Events"), "calendar-star", "care:event_list", VIEW, 13))
    panels.register(
        panels.Panel(
            "customer", "events", _("Events"), "care:event_panel", VIEW, 52, "calendar-star"
        )
    )
    register_subject(Subject(label, get_event, VIEW, event_url))
    panels.register(
        panels.Panel(
            "event",
            "attachments",
            _("Photos and papers"),
            "files:attachments_panel",
            VIEW,
            icon="camera",
            arguments=(label,),
        )
    )
    for screen in INVITING_LISTS:
        action = BulkAction(_("Invite to an event"), "care:invite", WRITE, icon="calendar-star")
        register_bulk(screen, action)
    imports.register(ATTENDANCE)
    todos.register(INVITE, invite_words, invitation_url, "calendar-star")
    todos.register(EVENT_FOLLOW_UP, event_follow_up_words, invitation_url, "arrow-forward-up")


def register_sections() -> None:
    """Register what a service report says."""
    from dakehu.care.queries import reports
    from dakehu.ui.reporting import Section, register

    for order, (name, title, gather) in enumerate(
        (
            ("promises", _("Promises and delivery"), reports.promises_part),
            ("clocks", _("Promised times"), reports.clocks_part),
            ("cases", _("Requests of the period"), reports.cases_part),
            ("spend", _("Usage and spend"), reports.spend_part),
            ("visits", _("Visits made"), reports.visits_part),
            ("care", _("Greetings sent"), reports.care_part),
            ("open", _("Open points"), reports.open_part),
            ("plan", _("Next plan"), reports.plan_part),
        ),
        start=1,
    ):
        register(Section(name, title, gather, order * 10))


def report_url(pk: int) -> str:
    """Return where a service report is shown."""
    return reverse("care:report", args=[pk])


def report_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do about a service report."""
    from dakehu.care.choices import ReportCycle, ReportState

    told = {"title": ReportCycle(facts["title"]).label}
    if facts["state"] == ReportState.DRAFT:
        return _now("Review before it is sent: %(title)s") % told
    return _now("Send to the customer: %(title)s") % told


def visit_url(pk: int) -> str:
    """Return where a visit is shown."""
    return reverse("care:visit", args=[pk])


def visit_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do about a planned visit."""
    return _now("Visit %(day)s: %(about)s") % facts


def follow_up_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do that a visit left."""
    return _now("After the visit of %(day)s: %(text)s") % facts


def event_url(pk: int) -> str:
    """Return where an event is shown."""
    return reverse("care:event", args=[pk])


def invitation_url(pk: int) -> str:
    """Return where an invitation is shown."""
    return reverse("care:invitation", args=[pk])


def invite_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do to ask a guest, or to tell one who waits of a free seat."""
    if facts["free"]:
        return _now("A seat became free at %(title)s on %(day)s: ask whoever waits") % facts
    return _now("Invite to %(title)s on %(day)s") % facts


def event_follow_up_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do that an event left."""
    return _now("After %(title)s: %(text)s") % facts
