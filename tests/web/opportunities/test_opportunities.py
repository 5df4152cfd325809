"""Opportunities on screen: intake, passport, console, list, the customer's panel."""

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories.archive import ContactFactory
from tests.factories.channels import draft_of_matrix
from tests.factories.opportunities import group_of, make_core, prospect, signed, take_in

from dakehu.channels.choices import Activity, Channel, Mark
from dakehu.channels.operations import save_product
from dakehu.channels.rules.bodies import body_from_data
from dakehu.channels.values import Capability, Named
from dakehu.opportunities import operations
from dakehu.opportunities.models import Opportunity

INTAKE = reverse("opportunities:intake")
CENTER = reverse("opportunities:center")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def group(people):
    return group_of(people, "B1", manager=people.manager, number="01G777777")


@pytest.fixture
def offered(people, group):
    """A leased line that is offered to the manager."""
    return take_in(people.hotline_agent, customer=group)


def typed(**changed):
    return {
        "who": "01G777777",
        "channel": "HOTLINE",
        "first": "LEASED_LINE",
        "first_activity": "OPEN",
        "has_specifics": "on",
        "is_willing": "on",
        "request_id": "form-1",
        **changed,
    }


def address(name, opportunity):
    return reverse(f"opportunities:{name}", args=[opportunity.pk])


def test_a_contact_is_taken_in_and_sent_to_the_manager_once(sign_in, people, group):
    client = sign_in(people.hotline_agent)

    answers = [client.post(INTAKE, typed()) for _ in range(2)]

    made = Opportunity.objects.get()
    assert {answer["Location"] for answer in answers} == {address("detail", made)}
    assert (made.receiver, made.state, made.rule) == (people.manager, "OFFERED", 2)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"who": "没有这个单位"}, "范围内没有此名称"),
        ({"who": ""}, "请填写是谁的商机"),
        ({"first": "UNHEARD_OF"}, "已停售"),
        ({"contact_phone": "电话"}, "不是电话号码"),
        ({"text": "长" * 4001}, "4000"),
        ({"expected_fen": "-1"}, "0"),
    ],
)
def test_what_is_wrong_is_said_at_its_place_and_nothing_is_lost(
    sign_in, people, group, changed, words
):
    answer = sign_in(people.hotline_agent).post(INTAKE, typed(present="友商专线", **changed))

    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert "友商专线" in text
    assert not Opportunity.objects.exists()


def test_a_prospect_is_taken_in_by_company_alone(sign_in, people):
    told = typed(who="", company="山海食品厂", area=people.units.district.pk)
    sign_in(people.hall_clerk).post(INTAKE, {**told, "channel": "HALL"})

    made = Opportunity.objects.get()
    assert (made.whose, made.customer_class, made.state) == ("山海食品厂", "PROSPECT", "ROUTED")
    assert made.unit == people.units.district


def test_beside_the_form_stands_what_is_open_and_where_it_would_go(sign_in, people, offered):
    client = sign_in(people.hotline_agent)

    page = client.get(reverse("opportunities:known"), typed(), headers=HTMX).content.decode()

    assert offered.number in page
    assert "规则2" in page or "规则 2" in page
    assert "王芳" in page
    take_in(people.hotline_agent, area=people.units.next_district, elements=prospect())
    same = typed(who="", company="山海食品厂", channel="PARTNER")
    for person, count in ((people.hall_clerk, 1), (people.partner, 0)):
        answer = sign_in(person).get(reverse("opportunities:known"), same, headers=HTMX)
        assert len(answer.context["page"].open_ones) == count, person.role
    nobody = client.get(reverse("opportunities:known"), typed(who="没有这个单位"), headers=HTMX)
    assert nobody.context["page"].is_unknown


def test_the_manager_claims_and_gives_back_with_a_reason(sign_in, people, group):
    offered = take_in(people.hotline_agent, customer=group, at=timezone.now())
    client = sign_in(people.manager)
    page = client.get(address("detail", offered)).content.decode()
    assert address("claim", offered) in page

    client.post(address("claim", offered))
    offered.refresh_from_db()
    assert (offered.state, offered.receiver) == ("CLAIMED", people.manager)
    again = client.post(address("claim", offered), follow=True).content.decode()
    assert "王芳" in again

    answer = client.post(address("give_back", offered), {"reason": "REGION", "text": "不归我"})
    assert answer.status_code == 302
    offered.refresh_from_db()
    assert offered.state == "RETURNED"


def test_late_is_told_and_not_claimed(sign_in, people, offered):
    client = sign_in(people.manager)
    page = client.get(address("detail", offered)).content.decode()

    assert address("claim", offered) not in page
    answer = client.post(address("claim", offered), follow=True).content.decode()
    assert "时限已过" in answer
    offered.refresh_from_db()
    assert offered.state == "OFFERED"


def test_the_passport_tells_every_hop_in_words(sign_in, people, offered, at):
    operations.give_back(
        opportunity=offered, reason="REGION", text="客户在外市", by=people.manager, at=at
    )

    page = sign_in(people.hotline_agent).get(address("detail", offered)).content.decode()

    assert "客户在外市" in page
    assert "不在我的区域" in page
    assert "王芳" in page


def test_the_passport_shows_who_reports_to_whom_at_the_customer(sign_in, people, offered):
    page = sign_in(people.manager).get(address("detail", offered)).content.decode()
    assert "汇报关系" not in page

    head = ContactFactory(customer=offered.customer, name="周总")
    ContactFactory(customer=offered.customer, name="吴主任", superior=head)

    page = sign_in(people.manager).get(address("detail", offered)).content.decode()
    assert page.index("汇报关系") < page.index("周总") < page.index("吴主任")


def test_the_console_offers_by_one_key(
    sign_in, people, offered, at, django_assert_max_num_queries
):
    make_core(people.partner, people.units.district)
    operations.give_back(opportunity=offered, reason="BUSY", text="", by=people.manager, at=at)
    take_in(people.hotline_agent, area=people.units.next_district, elements=prospect())
    client = sign_in(people.operations_center)
    client.get(CENTER)
    with django_assert_max_num_queries(26):
        page = client.get(CENTER)
    first = page.context["page"].cards[0]
    assert first.opportunity == offered
    # The manager had it before; a colleague of the same area is the nearest.
    assert first.proposed.person == people.colleague

    sent = {"receivers": [first.proposed.person.pk]}
    answer = client.post(address("assign", offered), sent)

    assert answer["Location"] == CENTER
    offered.refresh_from_db()
    assert (offered.state, offered.receiver) == ("OFFERED", people.colleague)
    again = client.post(address("assign", offered), sent)
    assert again.status_code == 422


def test_a_partner_reads_no_people_of_an_a_customer(sign_in, people, at):
    make_core(people.partner, people.units.district)
    made = take_in(
        people.hotline_agent,
        customer=group_of(people, "A1", manager=people.manager),
        elements=prospect(company="", key_person="林总"),
    )
    assert made.helper == people.partner

    page = sign_in(people.partner).get(address("detail", made)).content.decode()

    assert "林总" not in page
    assert "135****1111" not in page
    assert "自有渠道" in page
    reveal = reverse("people:reveal", args=["opportunities.opportunity", made.pk])
    asked = {"value": "contact_phone", "purpose": "CONTACT"}
    assert sign_in(people.partner).post(reveal, asked).status_code in {403, 404}


def test_the_list_and_the_panel_show_it(sign_in, people, offered, django_assert_max_num_queries):
    client = sign_in(people.manager)
    client.get(reverse("opportunities:list"))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("opportunities:list")).content.decode()
    assert offered.number in page
    assert "专线" in page
    found = client.get(reverse("opportunities:list"), {"product": "MAS"}).content.decode()
    assert offered.number not in found

    panel = client.get(reverse("opportunities:customer_panel", args=[offered.customer_id]))
    assert offered.number in panel.content.decode()


def test_elements_are_completed_in_the_drawer(sign_in, people, offered):
    client = sign_in(people.manager)
    form = client.get(address("elements", offered), headers=HTMX).context["form"]
    sent = {"version": form.initial["version"], "key_person": "李总", "expected_fen": "80000"}

    client.post(address("elements", offered), sent, headers=HTMX)

    offered.refresh_from_db()
    assert (offered.key_person, offered.expected_fen) == ("李总", 8_000_000)


def test_a_note_of_ten_megabytes_is_refused_and_changes_nothing(sign_in, people, offered):
    answer = sign_in(people.manager).post(address("note", offered), {"text": "a" * 10_000_000})

    assert answer.status_code == 413
    assert offered.hops.filter(move="NOTE").count() == 0


def test_script_stays_text(sign_in, people, group):
    made = take_in(people.hotline_agent, customer=group, text="<script>x()</script>")
    operations.add_note(
        opportunity=made, text="<img src=x onerror=y>", by=people.manager, at=made.captured_at
    )

    page = sign_in(people.manager).get(address("detail", made)).content.decode()

    assert "<script>x()" not in page
    assert "<img src=x" not in page


@pytest.fixture
def claimed(people, group):
    """A leased line that the manager has claimed just now."""
    now = timezone.now()
    made = take_in(people.hotline_agent, customer=group, at=now)
    return operations.claim(opportunity=made, by=people.manager, at=now)


def drop(client, opportunity, stage):
    opportunity.refresh_from_db()
    told = {"opportunity": opportunity.pk, "version": opportunity.version, "stage": stage}
    return client.post(reverse("opportunities:board_drop"), told, headers=HTMX)


def test_cards_are_moved_signed_and_handed_over(sign_in, people, claimed):
    client = sign_in(people.manager)
    for stage in ("SOLUTION", "NEGOTIATION", "CONTRACT"):
        assert drop(client, claimed, stage).status_code == 200
    claimed.refresh_from_db()
    assert (claimed.state, claimed.stage) == ("NEGOTIATING", "CONTRACT")
    assert drop(client, claimed, "HANDOVER").status_code == 422
    assert drop(client, claimed, "DIGGING").status_code == 422

    signed(claimed, people, at=timezone.now())
    for stage in ("VISIT", "DONE"):
        assert drop(client, claimed, stage).status_code == 200

    claimed.refresh_from_db()
    assert (claimed.state, claimed.stage, claimed.won_fen) == ("WON", "DONE", 9_600_000)
    stages = claimed.hops.exclude(facts={}).filter(facts__has_key="stage")
    assert [hop.facts["stage"] for hop in stages.order_by("pk")] == [
        "SOLUTION", "NEGOTIATION", "CONTRACT", "HANDOVER", "VISIT", "DONE",
    ]  # fmt: skip


def test_a_stale_card_and_somebody_elses_are_refused(sign_in, people, claimed):
    client = sign_in(people.manager)
    old = {"opportunity": claimed.pk, "version": claimed.version - 1, "stage": "SOLUTION"}
    url = reverse("opportunities:board_drop")

    assert client.post(url, old, headers=HTMX).status_code == 422
    other = sign_in(people.hotline_agent).post(url, old, headers=HTMX)
    assert other.status_code == 404
    claimed.refresh_from_db()
    assert claimed.stage == "DIGGING"


def test_the_board_asks_no_more_for_more_cards(
    sign_in, people, claimed, django_assert_max_num_queries
):
    for _each in range(3):
        made = take_in(people.hotline_agent, customer=claimed.customer, at=timezone.now())
        operations.claim(opportunity=made, by=people.manager, at=timezone.now())
    client = sign_in(people.manager)
    url = reverse("opportunities:board")
    client.get(url)
    with django_assert_max_num_queries(16):
        page = client.get(url, {"whose": "mine"})

    first = page.context["page"].columns[0]
    assert (first.stage, first.count, len(first.cards)) == ("DIGGING", 4, 4)
    assert "data-kanban-next" in page.content.decode()


def test_notes_and_a_day_go_with_a_stage(sign_in, people, claimed):
    client = sign_in(people.manager)
    form = client.get(address("stage", claimed), headers=HTMX).context["form"]
    told = {"stage": "SOLUTION", "text": "方案已评审", "expected_on": "2027-01-31"}

    client.post(address("stage", claimed), {**told, "version": form.initial["version"]})

    claimed.refresh_from_db()
    assert (claimed.stage, str(claimed.expected_on)) == ("SOLUTION", "2027-01-31")
    assert claimed.hops.last().text == "方案已评审"


def test_figures_tell_how_far_it_got(sign_in, people, claimed, django_assert_max_num_queries):
    now = timezone.now()
    known = {"opportunity": claimed, "by": people.manager, "at": now}
    operations.move_stage(stage="NEGOTIATION", expected_on=now.date(), **known)
    lost = take_in(people.hotline_agent, customer=claimed.customer, at=now)
    operations.claim(opportunity=lost, by=people.manager, at=now)
    operations.give_up(opportunity=lost, loss="PRICE", text="", by=people.manager, at=now)
    client = sign_in(people.supervisor)
    url = reverse("opportunities:figures")
    client.get(url)
    with django_assert_max_num_queries(18):
        answer = client.get(url, {"days": "30"})

    page = answer.context["page"]
    line = page.channels[0]
    assert (line.counts["taken"], line.claimed, line.won) == (2, 100, 0)
    assert page.losses == [("价格", 1)]
    assert page.hops == [(1, 2, 0)]
    assert [count for _month, count, *_rest in page.months] == [1]
    assert client.get(url, {"days": "x"}).context["page"].days == 90


def test_a_draft_tells_what_would_have_gone_elsewhere(sign_in, people, group):
    now = timezone.now()
    take_in(people.hotline_agent, customer=group, at=now)
    take_in(people.hotline_agent, customer=group, at=now, named=(Named("MAS"),))
    draft = draft_of_matrix(people.operations_center, at=now)
    body = body_from_data(draft.body)
    cells = {channel: body.capability(channel, "LEASED_LINE") for channel in Channel}
    cells[Channel.HOTLINE] = Capability({Activity.OPEN: Mark.DIRECT})
    save_product(
        draft=draft, product=body.products["LEASED_LINE"], cells=cells, version=draft.version,
        by=people.operations_center, at=now,
    )  # fmt: skip
    client = sign_in(people.operations_center)
    url = reverse("opportunities:simulation_panel", args=[draft.number])

    page = client.get(url).context["page"]

    assert (page.total, page.changed, len(page.flows)) == (2, 1, 1)
    assert url in client.get(reverse("channels:version", args=[draft.number])).content.decode()
    assert url not in client.get(reverse("channels:matrix")).content.decode()
