"""The work history that writes itself: a line for every move within the company (M1)."""

from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.timezone import localdate

from dakehu.audit.operations import create_record, save_record
from dakehu.people.models import Post, Staff
from dakehu.people.queries import full_name_of

LONGEST_EMPLOYER = 120


def open_post(staff: Staff, *, by: Staff | None, at: datetime) -> None:
    """Begin the post that a person holds from now on; from the day of joining if that is known."""
    day = staff.joined_on or localdate(at)
    create_record(post_of(staff, starts_on=day), by=by, at=at)


def follow_post(staff: Staff, before: Staff, *, by: Staff | None, at: datetime) -> None:
    """
    Write down that a person moved to another unit or position; nothing if neither changed.

    1. Where the history says already what is true now, nothing is written.
    2. The posts that were open end today. Who had none, but whose first day is known, gets one.
    3. A post that began today already is corrected instead: two moves in a day are one.
    """
    same_unit = staff.unit_id == before.unit_id
    if same_unit and position_of(staff) == position_of(before):
        return
    day = localdate(at)
    now = post_of(staff, starts_on=day)
    open_posts = list(Post.objects.filter(staff=staff, ends_on=None, removed_at=None))
    if any((each.employer, each.position) == (now.employer, now.position) for each in open_posts):
        return
    if not open_posts and before.joined_on and before.joined_on < day:
        create_record(post_of(before, starts_on=before.joined_on, ends_on=day), by=by, at=at)
    corrected = False
    for post in open_posts:
        if post.starts_on >= day and not corrected:
            post.employer, post.position, corrected = now.employer, now.position, True
        else:
            post.ends_on = max(day, post.starts_on)
        save_record(post, by=by, at=at)
    if not corrected:
        create_record(now, by=by, at=at)


def post_of(staff: Staff, **period: object) -> Post:
    """Return a line of the work history that says what a person is now."""
    employer = full_name_of(staff.unit)[:LONGEST_EMPLOYER]
    return Post(staff=staff, employer=employer, position=position_of(staff), **period)


def position_of(staff: Staff) -> str:
    """Return a person's position, else their role in the language of the installation."""
    with translation.override(settings.LANGUAGE_CODE):
        return staff.position or str(staff.get_role_display())
