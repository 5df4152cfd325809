"""The addresses of cases in the permission matrix (:mod:`tests.web.permission_matrix`)."""

from typing import Any

from tests.web.asked import ABOVE, LEADERS, NEAR_MANAGER, NOBODY, Address

# A case in the queue of the manager's team, taken first by the hotline: the team sees it as long
# as nobody works on it.
NEAR_QUEUE = NEAR_MANAGER | {"colleague", "chief_representative", "partner"}


def of_case(things: Any) -> list[Any]:
    return [things.case.pk]


def about_case(permission: str, **options: Any) -> Address:
    """Return an address about the case in the queue."""
    return Address(permission, NEAR_QUEUE, arguments=of_case, **options)


def acting(**options: Any) -> Address:
    """Return an address that does something with the case in the queue."""
    return about_case("cases.handle", get=None, post={}, **options)


def asking(**options: Any) -> Address:
    """Return an address that asks something before it acts on the case in the queue."""
    return about_case("cases.handle", post={}, posted=422, **options)


# Who hands out work orders, and with those who entered the order, and who is sent with it.
DESK = LEADERS | ABOVE
PLANNERS = DESK | {"hotline_agent"}
SENT = DESK | {"engineer"}


def of_order(things: Any) -> list[Any]:
    return [things.order.pk]


def about_order(permission: str, reached: frozenset[str] = NEAR_MANAGER, **more: Any) -> Address:
    """Return an address about the work order that the engineer is sent with."""
    return Address(permission, reached, arguments=of_order, **more)


def planning(**options: Any) -> Address:
    """Return an address that changes what the order says."""
    return about_order("cases.handle", PLANNERS, post={}, posted=422, **options)


def desk() -> Address:
    """Return an address of the dispatch desk."""
    return about_order("cases.dispatch", DESK, post={}, posted=422)


def serving(**options: Any) -> Address:
    """Return an address that says how far the order is."""
    return about_order("cases.view", SENT, **options)


CASES: dict[str, Address] = {
    "cases:list": Address("cases.view"),
    "cases:queue": Address("cases.view"),
    "cases:take_next": Address("cases.handle", get=None, post={}),
    "cases:intake": Address("cases.create", post={}, posted=422),
    "cases:batch_template": Address("cases.create"),
    "cases:known": Address("cases.create"),
    "cases:wording": Address("cases.create"),
    "cases:callers": Address("cases.create"),
    "cases:customer_panel": Address(
        "cases.view", NEAR_MANAGER, arguments=lambda things: [things.customer.pk]
    ),
    "cases:detail": about_case("cases.view"),
    "cases:talk": acting(posted=422),
    "cases:reply": asking(),
    "cases:reply_text": about_case("cases.handle", get=404),
    "cases:statistics": Address("cases.view"),
    "cases:statistics_export": Address("cases.export"),
    "cases:templates": Address("cases.rules"),
    "cases:template_add": Address("cases.rules", post={}, posted=422),
    "cases:template": Address(
        "cases.rules", post={}, posted=422, arguments=lambda things: [things.outbox.template.pk]
    ),
    "cases:template_drop": Address(
        "cases.rules", get=None, post={}, arguments=lambda things: [things.outbox.template.pk]
    ),
    "cases:take": acting(),
    "cases:go_on": acting(),
    "cases:give": asking(),
    "cases:wait": asking(),
    "cases:put_back": asking(),
    "cases:close": asking(),
    "cases:reopen": asking(),
    "cases:join": asking(),
    "cases:whose": asking(),
    "cases:split": about_case("cases.create", post={}, posted=422),
    # Of this kind of case there are no steps and no rows.
    "cases:step": Address("cases.handle", NOBODY, post={}, arguments=of_case),
    "cases:rows": acting(),
    "cases:announce": about_case("cases.publish", post={}, posted=422),
    "cases:notice_end": about_case("cases.publish", get=None, post={}),
    "cases:report": about_case("cases.publish", post={}, posted=422),
    "cases:visit": asking(),
    "cases:ladder_panel": about_case("cases.view"),
    "cases:raise": asking(),
    "cases:support": about_case("cases.create", post={}, posted=422),
    # This case is no support order.
    "cases:progress": Address("cases.handle", NOBODY, post={}, arguments=of_case),
    "cases:case_order": asking(),
    "cases:board": Address("cases.dispatch"),
    # No order of that number is within reach.
    "cases:board_drop": Address("cases.dispatch", NOBODY, get=None, post={}),
    "cases:my_day": Address("cases.serve"),
    "cases:orders": Address("cases.view"),
    "cases:order_new": Address("cases.handle", post={}, posted=422),
    "cases:order": about_order("cases.view"),
    "cases:order_paper": about_order("cases.view"),
    "cases:order_change": planning(),
    "cases:order_withdraw": planning(),
    "cases:order_assign": desk(),
    "cases:order_take_back": desk(),
    "cases:order_accept": serving(get=None, post={}),
    "cases:order_set_out": serving(get=None, post={}),
    "cases:order_arrive": serving(get=None, post={}),
    "cases:order_record": serving(post={}, posted=422),
    "cases:order_sign": serving(post={}, posted=422),
    "cases:order_return": serving(post={}, posted=422),
}
