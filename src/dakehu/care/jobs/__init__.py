"""When greetings are proposed."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.timezone import localdate
from django_tasks import task

from dakehu.care.operations.greetings import propose_greetings


def propose_daily(now: datetime) -> None:
    """Propose the greetings of the coming days; every worker may do it, twice changes nothing."""
    with translation.override(settings.LANGUAGE_CODE):
        propose_greetings(on=localdate(now), at=now)


@task()
def propose_now() -> None:
    """Propose the greetings of the coming days because somebody asked for it."""
    propose_daily(timezone.now())
