"""The page of how often customers are contacted, and writing the numbers of a grade (G5)."""

from django.urls import reverse

from dakehu.outbox.models import ContactLimit

NUMBERS = {"days": 14, "marketing": 1, "care": 3, "together": 3, "version": 1}


def test_numbers_are_written_for_a_grade_and_dropped_again(sign_in, people):
    boss = sign_in(people.administrator)
    edit = reverse("outbox:limit_edit", args=["TOP"])

    refused = boss.post(edit, {**NUMBERS, "marketing": 9})
    boss.post(edit, NUMBERS)
    page = boss.get(reverse("outbox:limit_list")).content.decode()
    stored = ContactLimit.objects.get()
    boss.post(reverse("outbox:limit_drop", args=["TOP"]))
    stored.refresh_from_db()

    assert refused.status_code == 422
    assert (stored.days, stored.marketing, stored.removed_at is not None) == (14, 1, True)
    assert "单独设定" in page


def test_others_read_the_numbers_and_an_unknown_grade_is_not_found(
    sign_in, people, django_assert_max_num_queries
):
    reader, boss = sign_in(people.manager), sign_in(people.administrator)

    with django_assert_max_num_queries(8):
        page = reader.get(reverse("outbox:limit_list")).content.decode()

    assert reverse("outbox:limit_edit", args=["TOP"]) not in page
    assert reader.get(reverse("outbox:limit_edit", args=["TOP"])).status_code == 403
    assert boss.get(reverse("outbox:limit_edit", args=["XX"])).status_code == 404
