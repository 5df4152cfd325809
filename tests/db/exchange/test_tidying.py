"""What the night forgets besides facts."""

from datetime import timedelta

from django.utils import timezone

from dakehu.exchange.jobs.tidying import forget_log_ins
from dakehu.signin.models import SignIn


def test_sign_ins_of_before_the_first_day_kept_are_forgotten(sign_in, manager, colleague):
    sign_in(manager)
    sign_in(colleague)
    today = timezone.localdate()
    SignIn.objects.filter(staff=manager).update(last_seen_at=timezone.now() - timedelta(days=9))

    forget_log_ins(today - timedelta(days=5))

    assert [session.staff for session in SignIn.objects.all()] == [colleague]
