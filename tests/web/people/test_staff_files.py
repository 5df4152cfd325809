"""A person's page, and the forms that add, complete, close, remove and restore."""

import pytest
from tests.factories.customers import CustomerFactory
from tests.factories.people import StaffFactory, make_file

from dakehu.audit.models import Access
from dakehu.people.models import Skill, Staff

HTMX = {"HTTP_HX_REQUEST": "true"}
SCRIPT = "<script>alert(1)</script>"


def read(client, path, **query):
    response = client.get(path, query)
    assert response.status_code == 200
    return response.content.decode()


def url(staff, *parts):
    return "/people/staff/" + "/".join(str(part) for part in (staff.pk, *parts)) + "/"


def filled(staff, **changes):
    """Return what the form of a person sends when it is saved as it was shown."""
    values = {
        "name": staff.name,
        "username": staff.username,
        "staff_no": staff.staff_no or "",
        "role": staff.role,
        "unit": staff.unit_id,
        "version": staff.version,
    }
    return {**values, **changes}


@pytest.fixture
def clerk(people):
    """Somebody of the manager's district, with a skill and a leave."""
    return make_file(people.units.district)


def test_the_page_shows_who_somebody_is(sign_in, people, clerk):
    client = sign_in(people.supervisor)

    text = read(client, url(clerk))

    assert clerk.name in text
    assert f'hx-get="{url(clerk, "skills")}"' in text
    assert "商务谈判" in read(client, url(clerk, "skills"))


def test_personal_values_are_masked(sign_in, people, clerk):
    Staff.objects.filter(pk=clerk.pk).update(
        phone="13987654321",
        email="zhangwei@jianglan.example",
        identity_no="11010519491231002X",
        birth_date="1991-06-21",
    )
    client = sign_in(people.administrator)

    for page in (url(clerk, "basics"), url(clerk, "change")):
        text = read(client, page)
        assert "139****4321" in text
        for plain in ("13987654321", "zhangwei@", "11010519491231002X", "1991-06-21"):
            assert plain not in text


def test_everybody_reads_their_own_file_and_nobody_elses_without_the_right(sign_in, people):
    client = sign_in(people.manager)

    assert client.get("/people/me/").url == url(people.manager)
    text = read(client, url(people.manager))
    assert "/people/units/" not in text
    assert client.get(url(people.colleague)).status_code == 403
    for panel in ("basics", "skills", "leave", "posts", "staff_changes".replace("staff_", "")):
        assert client.get(url(people.manager, panel)).status_code == 200
    assert client.get(url(people.manager, "skills", "add")).status_code == 403


def test_a_leader_finds_only_the_people_of_their_reach(sign_in, people):
    assert sign_in(people.supervisor).get(url(people.stranger)).status_code == 404


def test_the_areas_stand_on_the_page_of_a_partner_alone(sign_in, people, clerk):
    client = sign_in(people.administrator)

    assert f'"{url(clerk, "areas")}"' not in read(client, url(clerk))
    assert f'"{url(people.partner, "areas")}"' in read(client, url(people.partner))


def test_a_page_takes_a_constant_number_of_queries(
    sign_in, people, clerk, django_assert_max_num_queries
):
    client = sign_in(people.supervisor)
    for number in range(30):
        clerk.skills.create(kind="SKILL", name=f"s{number}", proficiency="GOOD")

    with django_assert_max_num_queries(14):
        read(client, url(clerk))
    with django_assert_max_num_queries(14):
        read(client, url(clerk, "skills"))


def test_a_person_is_added_and_cannot_log_in_yet(sign_in, people):
    sent = {
        "name": "钱进",
        "username": "qianjin",
        "role": "ENGINEER",
        "unit": people.units.city.pk,
        "phone": "13912345678",
        "birth_date": "1990-05-20",
    }

    response = sign_in(people.administrator).post("/people/staff/add/", sent)

    made = Staff.objects.get(username="qianjin")
    assert response.url == url(made)
    assert not made.has_usable_password()
    assert made.phone.plain == "13912345678"
    assert made.posts.count() == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("username", "a b"),
        ("username", "manager"),
        ("staff_no", "NO-manager"),
        ("staff_no", "=1+1"),
        ("phone", "'--"),
        ("email", "nowhere"),
        ("identity_no", "110105194912310021"),
        ("birth_date", "2026-01-01"),
        ("birth_date", "31/02/1990"),
        ("joined_on", "1066-01-01"),
        ("capacity", "-1"),
        ("role", "NOBODY"),
        ("unit", "0"),
    ],
)
def test_what_cannot_stand_is_refused_at_its_field(sign_in, people, field, typed):
    sent = {
        "name": "钱进",
        "username": "qianjin",
        "role": "ENGINEER",
        "unit": people.units.city.pk,
        field: typed,
    }

    response = sign_in(people.administrator).post("/people/staff/add/", sent)

    assert response.status_code == 422
    assert response.context["form"].errors
    assert not Staff.objects.filter(username="qianjin").exists()


def test_what_people_type_is_shown_as_text(sign_in, people, clerk):
    client = sign_in(people.administrator)
    client.post(url(clerk, "change"), filled(clerk, name=SCRIPT, position="=SUM(A1)", note=SCRIPT))

    for page in (url(clerk), url(clerk, "basics"), url(clerk, "changes"), "/people/staff/"):
        assert SCRIPT not in read(client, page)
    assert Staff.objects.get(pk=clerk.pk).position == "=SUM(A1)"


def test_a_masked_value_that_was_left_alone_stays(sign_in, people, clerk):
    Staff.objects.filter(pk=clerk.pk).update(phone="13987654321", birth_date="1990-05-20")
    sent = filled(
        clerk,
        phone="139****4321",
        phone_shown="139****4321",
        birth_date="****-05-20",
        birth_date_shown="****-05-20",
        position="主管",
    )

    response = sign_in(people.administrator).post(url(clerk, "change"), sent)

    assert response.status_code == 302
    found = Staff.objects.get(pk=clerk.pk)
    assert (found.phone.plain, found.birth_date.plain) == ("13987654321", "1990-05-20")
    assert found.position == "主管"


def test_two_edits_at_once_are_shown_field_by_field(sign_in, people, clerk):
    client = sign_in(people.administrator)
    client.post(url(clerk, "change"), filled(clerk, position="甲"))

    response = client.post(url(clerk, "change"), filled(clerk, position="乙"))

    assert response.status_code == 409
    text = response.content.decode()
    assert "甲" in text
    assert "乙" in text
    assert Staff.objects.get(pk=clerk.pk).position == "甲"


def test_who_keeps_customers_is_not_removed_and_the_page_says_where_to_go(sign_in, people):
    CustomerFactory.create_batch(2, manager=people.manager)
    client = sign_in(people.administrator)

    text = read(client, url(people.manager, "remove"))
    response = client.post(url(people.manager, "remove"), {})

    assert f"manager={people.manager.pk}" in text
    assert response.status_code == 422
    assert Staff.objects.get(pk=people.manager.pk).removed_at is None


def test_a_person_is_removed_found_among_the_removed_and_restored(sign_in, people):
    client = sign_in(people.administrator)
    plain = StaffFactory(unit=people.units.city, staff_no="NO-plain")

    assert client.post(url(plain, "remove"), {"reason": "离职"}).url == "/people/staff/"
    assert "NO-plain" not in read(client, "/people/staff/")
    assert "NO-plain" in read(client, "/people/staff/removed/")
    assert sign_in(people.supervisor).get(url(plain)).status_code == 404

    client.post(url(plain, "restore"))
    client.post(url(plain, "open"))

    found = Staff.objects.get(pk=plain.pk)
    assert found.removed_at is None
    assert found.is_active


def test_a_closed_account_ends_the_session(sign_in, people):
    plain = StaffFactory(unit=people.units.city)
    session = sign_in(plain)
    assert session.get("/people/me/").status_code == 302

    sign_in(people.administrator).post(url(plain, "close"), {})

    assert session.get("/people/me/").url.startswith("/ui/login/")


def test_a_line_is_added_in_the_drawer(sign_in, people, clerk):
    client = sign_in(people.supervisor)
    form = client.get(url(clerk, "skills", "add"), **HTMX).content.decode()
    assert "<html" not in form
    sent = {"kind": "LANGUAGE", "name": "英语", "proficiency": "EXPERT"}

    refused = client.post(url(clerk, "skills", "add"), {**sent, "name": ""}, **HTMX)
    done = client.post(url(clerk, "skills", "add"), sent, **HTMX)

    assert refused.status_code == 422
    assert done["HX-Redirect"] == url(clerk)
    assert Skill.objects.filter(staff=clerk, name="英语").exists()


def test_the_same_line_twice_is_refused_in_words(sign_in, people, clerk):
    sent = {"kind": "SKILL", "name": "商务谈判", "proficiency": "EXPERT"}

    response = sign_in(people.supervisor).post(url(clerk, "skills", "add"), sent)

    assert response.status_code == 422
    assert "档案中已有相同记录" in response.content.decode()


def test_a_line_is_changed_removed_and_brought_back(sign_in, people, clerk):
    client = sign_in(people.supervisor)
    skill = clerk.skills.get()
    sent = {"kind": "SKILL", "name": "商务谈判", "proficiency": "EXPERT", "version": 1}
    assert client.post(url(clerk, "skills", skill.pk), sent).status_code == 302
    assert (
        client.post(url(clerk, "skills", skill.pk), {**sent, "proficiency": "BASIC"}).status_code
        == 409
    )

    panel = client.post(url(clerk, "skills", skill.pk, "remove"), **HTMX).content.decode()
    assert "已删除 1 条" in panel

    client.post(url(clerk, "skills", skill.pk, "restore"))
    assert Skill.objects.get(pk=skill.pk).proficiency == "EXPERT"
    assert Skill.objects.get(pk=skill.pk).removed_at is None


def test_an_authority_offers_the_products_by_name(sign_in, people, clerk):
    from dakehu.customers.models import Product

    Product.objects.create(code="X1", name="专线一号")

    text = read(sign_in(people.supervisor), url(clerk, "authorities", "add"))

    assert "专线一号" in text


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ({"skill": "商务谈判"}, "NO-clerk", "NO-manager"),
        ({"authority": "MAS"}, "NO-clerk", "NO-manager"),
        ({"language": "英语"}, "NO-clerk", "NO-manager"),
        ({"is_away": "true"}, "NO-clerk", "NO-manager"),
        ({"can_log_in": "false"}, "NO-clerk", "NO-manager"),
        ({"is_overloaded": "true"}, "NO-manager", "NO-clerk"),
        ({"is_overloaded": "false"}, "NO-clerk", "NO-manager"),
        ({"is_core_partner": "true"}, "NO-clerk", "NO-manager"),
    ],
)
def test_staff_are_found_by_what_their_files_say(sign_in, people, query, shown, hidden):
    from django.utils import timezone

    clerk = StaffFactory(
        unit=people.units.district, staff_no="NO-clerk", password="!", is_core_partner=True
    )
    clerk.skills.create(kind="SKILL", name="商务谈判", proficiency="GOOD")
    clerk.skills.create(kind="LANGUAGE", name="英语", proficiency="GOOD")
    day = timezone.localdate()
    clerk.authorities.create(product_code="MAS", action="OPEN", starts_on=day)
    clerk.authorities.create(product_code="MAS", action="QUERY", starts_on=day)
    now = timezone.now()
    clerk.leaves.create(starts_at=now - timezone.timedelta(1), ends_at=now + timezone.timedelta(1))
    Staff.objects.filter(pk=people.manager.pk).update(capacity=1)
    CustomerFactory.create_batch(3, manager=people.manager)

    text = read(sign_in(people.supervisor), "/people/staff/", size=100, **query)

    assert shown in text
    assert hidden not in text


def reveal_url(staff):
    return f"/people/reveal/people.staff/{staff.pk}/"


def test_a_masked_value_is_revealed_for_a_purpose_and_on_the_record(sign_in, people, clerk):
    Staff.objects.filter(pk=clerk.pk).update(phone="13987654321")
    client = sign_in(people.supervisor)

    shown = client.post(reveal_url(clerk), {"value": "phone", "purpose": "CONTACT"}, **HTMX)
    without = client.post(reveal_url(clerk), {"value": "phone"}, **HTMX)
    nothing = client.post(reveal_url(clerk), {"value": "email", "purpose": "CONTACT"}, **HTMX)

    assert "13987654321" in shown.content.decode()
    assert (without.status_code, nothing.status_code) == (422, 422)
    look = Access.objects.get(verb="REVEALED")
    assert (look.actor_id, look.subject_id, look.detail) == (
        people.supervisor.pk,
        clerk.pk,
        "phone",
    )


def test_everybody_sees_their_own_values_and_others_only_with_the_right(sign_in, people, clerk):
    Staff.objects.filter(pk__in=[clerk.pk, people.manager.pk]).update(phone="13987654321")
    sent = {"value": "phone", "purpose": "CORRECT"}

    own = sign_in(people.manager).post(reveal_url(people.manager), sent)

    assert own.status_code == 200
    assert sign_in(people.province_analyst).post(reveal_url(clerk), sent).status_code == 403
    assert "139****4321" in read(sign_in(people.province_analyst), url(clerk, "basics"))


def test_opening_somebodys_file_is_on_the_record(sign_in, people, clerk):
    read(sign_in(people.supervisor), url(clerk))
    read(sign_in(people.manager), url(people.manager))

    assert [look.subject_id for look in Access.objects.filter(verb="VIEWED")] == [clerk.pk]
