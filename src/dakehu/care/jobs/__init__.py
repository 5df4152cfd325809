"""When greetings are proposed and reports are built."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django_tasks import task

from dakehu.care.errors import UnableToReport
from dakehu.care.models import Report
from dakehu.care.operations import reports
from dakehu.care.operations.greeting_messages import send_todays
from dakehu.care.operations.greetings import propose_greetings
from dakehu.common.work import WorkGivenUp
from dakehu.files.errors import UnableToAttach

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def propose_daily(now: datetime) -> None:
    """Propose the greetings of the coming days; every worker may do it, twice changes nothing."""
    with translation.override(settings.LANGUAGE_CODE):
        propose_greetings(on=localdate(now), at=now)


def send_messages(now: datetime) -> None:
    """Send the greetings of today that are messages; what has left does not leave again."""
    with translation.override(settings.LANGUAGE_CODE):
        send_todays(at=now)


@task()
def propose_now() -> None:
    """Propose the greetings of the coming days because somebody asked for it."""
    propose_daily(timezone.now())


@transaction.atomic
def ask_report(report: Any, *, by: "Staff", at: datetime) -> Any:
    """
    Let a report be built.

    :raises UnableToReport: if it cannot be asked for.
    """
    asked = reports.ask_report(report=report, by=by, at=at)
    build_report.enqueue(asked.pk)
    return asked


@task()
def build_report(pk: int) -> None:
    """Build the files of a report, in the language of the customers."""
    found = Report.objects.select_related("customer", "staff", "unit").filter(pk=pk).first()
    if found is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        try:
            reports.build_report(found, at=timezone.now())
        except (UnableToAttach, UnableToReport) as refusal:
            reports.fail_report(found, words=str(refusal))


def own_up(event: WorkGivenUp) -> None:
    """Tell on the page of a report that building it has failed."""
    if event.path != build_report.module_path:
        return
    found = Report.objects.filter(pk=event.args[0]).first()
    if found is not None:
        with translation.override(settings.LANGUAGE_CODE):
            words = _("The background work has failed several times. Ask again, or ask for help.")
            reports.fail_report(found, words=words)
