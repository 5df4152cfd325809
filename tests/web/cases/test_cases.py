"""The service desk on screen: intake, queue, work page, sheets, the customer's panel."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.factories.cases import make_case, rows
from tests.factories.knowledge import make_article

from dakehu.cases.models import Case

HTMX = {"HX-Request": "true"}


@pytest.fixture
def case(people, customers):
    """A fault of the manager's customer, taken by the hotline, in the queue."""
    return make_case(
        people.hotline_agent,
        kind="FAULT",
        customer=customers.own,
        text="专线断了",
        caller_phone="13800009999",
    )


def typed(**changed):
    return {
        "who": "01S00000101",
        "kind": "CONSULTATION",
        "text": "专线升速要多久？",
        "then": "QUEUE",
        "channel": "HOTLINE",
        **changed,
    }


def address(name, case):
    return reverse(f"cases:{name}", args=[case.pk])


def test_three_fields_open_a_case(sign_in, people, customers):
    client = sign_in(people.hotline_agent)

    answer = client.post(reverse("cases:intake"), typed())

    made = Case.objects.get()
    assert answer["Location"] == address("detail", made)
    assert (made.customer, made.channel, made.subject) == (
        customers.own,
        "HOTLINE",
        "专线升速要多久",
    )


def test_a_number_that_nobody_has_is_an_unknown_caller(sign_in, people, customers):
    sign_in(people.hotline_agent).post(reverse("cases:intake"), typed(who="13712340000"))

    made = Case.objects.get()
    assert (made.customer, made.caller_phone.plain) == (None, "13712340000")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"who": "没有这个人"}, "范围内没有此名称"),
        ({"who": ""}, "请输入来电人"),
        ({"text": ""}, "必填"),
        ({"then": "SOLVED"}, "请填写给客户的答复"),
        ({"kind": "BATCH", "lines": "13800000001\n号码"}, "2: 号码"),
        ({"kind": "BATCH", "lines": "13800000001\n13800000001"}, "13800000001"),
        ({"kind": "BATCH", "lines": "13800000001"}, "30"),
        ({"kind": "BATCH", "then": "SOLVED", "answer": "好"}, "逐行办理"),
    ],
)
def test_what_is_wrong_is_said_at_its_place_and_nothing_is_lost(
    sign_in, people, customers, changed, words
):
    answer = sign_in(people.hotline_agent).post(reverse("cases:intake"), typed(**changed))

    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert changed.get("text", "专线升速要多久？") in text
    assert not Case.objects.exists()


def test_a_pasted_list_of_thirty_takes_the_green_channel(sign_in, people, customers):
    lines = "\n".join(f"{row.number}\t{row.wish}" for row in rows(30))

    sign_in(people.hotline_agent).post(
        reverse("cases:intake"), typed(kind="BATCH", lines=lines, who="01G000105")
    )

    assert Case.objects.get().rows.count() == 30


def test_c3_a_spreadsheet_of_thirty_is_read_first_and_then_takes_the_green_channel(
    sign_in, people, customers
):
    agent, url = sign_in(people.hotline_agent), reverse("cases:intake")
    asked = typed(kind="BATCH", who="01G000105", lines="")
    template = b"".join(agent.get(reverse("cases:batch_template")).streaming_content)
    lines = [f"{row.number},{row.wish}" for row in rows(30)]
    good, bad = "\n".join(["号码,办理内容", *lines]), "\n".join([*lines, "甲,开通"])

    def send(text, **more):
        file = SimpleUploadedFile("名单.csv", text.encode())
        return agent.post(url, asked | {"file": file} | more).content.decode()

    assert template.startswith(b"PK")
    assert "31: 甲" in send(bad)
    assert "30 行已读取" in send(good, read="1")
    assert "绿色通道从 30 行起" in send("\n".join(lines[:3]), read="1")
    assert "不能同时" in send(good, lines="13800000001 开通")
    assert not Case.objects.exists()
    send(good)
    assert Case.objects.get().rows.count() == 30


def test_what_is_known_appears_beside_the_form(sign_in, people, customers, case):
    client = sign_in(people.hotline_agent)
    asked = {"who": "01S00000101", "kind": "FAULT", "text": "又断了"}

    text = client.get(reverse("cases:known"), asked).content.decode()

    assert "张伟" in text
    assert case.number in text  # likely the same matter
    assert "东城" in text
    unknown = client.get(reverse("cases:known"), {**asked, "who": "13700001111"})
    assert "137****1111" in unknown.content.decode()


def test_articles_appear_while_typing_with_what_every_channel_says(sign_in, people):
    make_article(people, title="专线升速多久生效", body="三个工作日内生效。")
    client = sign_in(people.hotline_agent)

    found = client.get(reverse("cases:wording"), {"text": "我想知道专线升速要多久"})
    nothing = client.get(reverse("cases:wording"), {"text": "号码携转"})

    assert "三个工作日内生效" in found.content.decode()
    assert "三个工作日内生效" not in nothing.content.decode()


def test_the_box_suggests_customers_by_pinyin(sign_in, people, customers):
    found = sign_in(people.hotline_agent).get(
        reverse("cases:callers"), {"box": "who", "who": "zhangw"}
    )

    assert "张伟 (01S00000101)" in found.content.decode()


def test_the_queue_stands_in_working_order_and_says_what_is_next(
    sign_in, people, customers, case, django_assert_max_num_queries
):
    for _number in range(3):
        make_case(people.hotline_agent, customer=customers.own)
    client = sign_in(people.supervisor)

    with django_assert_max_num_queries(24):
        text = client.get(reverse("cases:queue")).content.decode()

    assert text.index("专线断了") < text.index("专线升速要多久")
    assert "其余工单的优先级均低于" in text
    client.post(reverse("cases:take_next"))
    case.refresh_from_db()
    assert case.owner == people.supervisor


def test_the_number_of_questions_does_not_grow_with_the_rows(
    sign_in, people, customers, django_assert_max_num_queries
):
    for _number in range(12):
        make_case(people.hotline_agent, customer=customers.own)
    client = sign_in(people.supervisor)

    with django_assert_max_num_queries(24):
        client.get(reverse("cases:queue"))
    with django_assert_max_num_queries(18):
        client.get(reverse("cases:list"))


def test_a_case_is_worked_on_to_its_end_on_its_page(
    sign_in, people, customers, case, django_assert_max_num_queries
):
    client = sign_in(people.manager)
    client.post(address("take", case), {"version": 1})
    client.post(address("talk", case), {"kind": "CALL", "text": "两小时内修复"})
    client.post(address("talk", case), {"kind": "NOTE", "text": "光缆被挖断"})
    version = Case.objects.get().version
    refused = client.post(
        address("close", case),
        {"version": version, "result": "SOLVED", "cause": "NETWORK", "answer": " "},
    )
    closed = client.post(
        address("close", case),
        {"version": version, "result": "SOLVED", "cause": "NETWORK", "answer": "已修复"},
    )

    assert (refused.status_code, closed.status_code) == (422, 302)
    with django_assert_max_num_queries(40):
        text = client.get(address("detail", case)).content.decode()
    assert text.index("已修复") < text.index("光缆被挖断") < text.index("两小时内修复")
    assert "138****9999" in text
    assert "13800009999" not in text


def test_a_stale_page_does_not_overwrite_what_somebody_else_did(sign_in, people, case):
    sign_in(people.manager).post(address("take", case), {"version": 1})

    late = sign_in(people.supervisor)
    answer = late.post(address("take", case), {"version": 1}, follow=True)

    case.refresh_from_db()
    assert case.owner == people.manager
    assert "刚被他人更新" in answer.content.decode()


def test_the_first_taker_of_a_complaint_is_told_and_shown(sign_in, people, customers):
    made = make_case(people.hotline_agent, kind="COMPLAINT", customer=customers.own)

    own = sign_in(people.hotline_agent).get(address("detail", made)).content.decode()
    other = sign_in(people.manager).get(address("detail", made)).content.decode()

    assert "您是本投诉的首问责任人" in own
    assert "杨丽 是本投诉的首问责任人" in other


def test_two_cases_are_brought_together_by_number(sign_in, people, customers, case):
    other = make_case(people.hotline_agent, kind="FAULT", customer=customers.own)
    client = sign_in(people.manager)

    unknown = client.post(address("join", case), {"other": "01-260101-99999", "how": "LINK"})
    client.post(address("join", other), {"other": case.number, "how": "REPORT"})

    assert unknown.status_code == 422
    other.refresh_from_db()
    assert other.parent == case
    assert other.number in client.get(address("detail", case)).content.decode()


def test_support_is_ordered_on_the_page_of_a_case(sign_in, people, case):
    client = sign_in(people.manager)

    client.post(address("split", case), {"kind": "SUPPORT", "text": "请核查资源"})

    order = case.children.get()
    assert (order.kind, order.unit) == ("SUPPORT", people.operations_center.unit)


def test_the_steps_of_coverage_are_asked_one_after_the_other(sign_in, people, customers):
    made = make_case(people.manager, kind="COVERAGE", customer=customers.own)
    client = sign_in(people.manager)
    step = address("step", made)

    client.post(step, {"manager": people.manager.pk, "technician": people.engineer.pk})
    asked = client.get(step, headers=HTMX).content.decode()
    client.post(step, {"measures": "加装室分", "expected_on": "2099-01-01"})

    assert "measures" in asked
    made.refresh_from_db()
    assert made.coverage.step == "REPLIED"


def test_rows_of_a_batch_are_ticked_off(sign_in, people, customers):
    made = make_case(
        people.manager, kind="BATCH", customer=customers.group, lines=rows(30), keep=True
    )
    client = sign_in(people.manager)

    client.post(address("rows", made), {"lines": [1], "failed": "on", "note": "已销户"})
    client.post(address("rows", made), {})

    page = client.get(address("detail", made)).content.decode()
    assert "已销户" in page
    assert made.rows.filter(result="DONE").count() == 29


def test_a_return_visit_that_is_not_solved_opens_the_case_again(sign_in, people, case):
    client = sign_in(people.manager)
    client.post(address("take", case), {"version": 1})
    closing = {"result": "SOLVED", "cause": "NETWORK", "answer": "已修复"}
    client.post(address("close", case), {"version": Case.objects.get().version, **closing})

    client.post(address("visit", case), {"is_solved": "no", "satisfaction": 1, "note": "又断了"})

    case.refresh_from_db()
    assert (case.visit, case.state) == ("UNSOLVED", "TAKEN")
    assert case.owner != people.manager


def test_the_panel_shows_what_a_customer_asked(sign_in, people, customers, case):
    url = reverse("cases:customer_panel", args=[customers.own.pk])

    text = sign_in(people.manager).get(url).content.decode()

    assert "专线断了" in text
    assert f"{reverse('cases:intake')}?customer={customers.own.pk}" in text


def test_the_list_is_narrowed_by_number_customer_and_words(sign_in, people, customers, case):
    make_case(people.hotline_agent, customer=customers.colleagues, text="套餐怎么退订")
    client = sign_in(people.supervisor)
    found = lambda words: client.get(  # noqa: E731
        reverse("cases:list"), {"words": words}
    ).content.decode()

    assert "专线断了" in found(case.number)
    assert "退订" not in found(case.number)
    assert "专线断了" in found("01S00000101")
    assert "专线断了" not in found("退订")


def test_the_phone_of_a_caller_is_revealed_on_the_record(sign_in, people, case):
    from dakehu.audit.models import Access

    url = reverse("people:reveal", args=["cases.case", case.pk])
    sent = {"field": "caller_phone", "value": "caller_phone", "purpose": "CONTACT"}
    answer = sign_in(people.manager).post(url, sent, headers=HTMX)

    assert answer.status_code == 200
    assert "13800009999" in answer.content.decode()
    assert Access.objects.filter(verb="REVEALED").exists()
