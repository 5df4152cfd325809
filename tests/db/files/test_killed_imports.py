"""An import whose worker is killed in the middle is finished by the next, nothing twice."""

import signal
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories.customers import CustomerFactory
from tests.factories.sheets import workbook
from tests.factories.tasks import start_worker

ROWS = 1_200
PATIENCE = 60.0


def wait_until(true) -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_an_import_goes_on_where_its_worker_was_killed(importer, home, people):
    from dakehu.audit.models import Change
    from dakehu.customers.models import PersonProfile
    from dakehu.files.jobs import imports as jobs

    # Workers keep their own clock, and let go of what is old.
    importer.at = timezone.now()
    numbers = [f"01S{number:08d}" for number in range(ROWS)]
    for number in numbers:
        CustomerFactory(manager=people.manager, number=number)
    rows = [("Number", "Occupation"), *[(number, "教师") for number in numbers]]
    run = importer.check("individuals", workbook(rows))
    jobs.start_applying(run, by=importer.by, at=importer.at + timedelta(minutes=1))

    first = start_worker(home)
    wait_until(PersonProfile.objects.exists)
    first.send_signal(signal.SIGKILL)
    first.wait()
    half = PersonProfile.objects.count()
    assert start_worker(home, "--until-idle").wait(PATIENCE * 3) == 0

    run.refresh_from_db()
    made = Change.objects.filter(subject_type="customers.personprofile", verb="CREATED")
    assert 0 < half < ROWS
    assert (run.state, run.updated, run.rejected) == ("APPLIED", ROWS, 0)
    assert PersonProfile.objects.filter(occupation="教师", version=1).count() == ROWS
    assert made.values("subject_id").distinct().count() == made.count() == ROWS
