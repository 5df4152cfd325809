"""The addresses of care in the permission matrix (:mod:`tests.web.permission_matrix`)."""

from typing import Any

from tests.web.asked import NEAR_MANAGER, NEAR_UNIT, Address


def of_visit(things: Any) -> list[Any]:
    return [things.care.visit.pk]


def of_greeting(things: Any) -> list[Any]:
    return [things.care.greeting.pk]


def of_report(things: Any) -> list[Any]:
    return [things.care.report.pk]


def of_festival(things: Any) -> list[Any]:
    return [things.care.festival.pk]


def of_wording(things: Any) -> list[Any]:
    return [things.care.wording.pk]


def of_event(things: Any) -> list[Any]:
    return [things.care.event.pk]


def of_invitation(things: Any) -> list[Any]:
    return [things.care.invitation.pk]


def ruled(**options: Any) -> Address:
    """Return the address of a form of the rules."""
    return Address("care.rules", post={}, posted=422, **options)


def taking(permission: str, **options: Any) -> Address:
    """Return an address that takes POST alone."""
    return Address(permission, get=None, post={}, **options)


def writes(arguments: Any, **options: Any) -> Address:
    """Return the address of a form about something of the manager."""
    near = {"reached": NEAR_MANAGER, "post": {}, "posted": 422}
    return Address("care.write", **{**near, "arguments": arguments, **options})


# Who belongs to the district of the manager, or above it.
OF_DISTRICT = NEAR_UNIT - {"telephone_manager"}

CARE: dict[str, Address] = {
    "care:agenda": Address("care.view"),
    "care:visit_list": Address("care.view"),
    "care:visit_new": Address("care.write", post={}, posted=422),
    "care:visit": Address("care.view", NEAR_MANAGER, arguments=of_visit),
    "care:visit_edit": writes(of_visit),
    "care:visit_cancel": writes(of_visit),
    "care:visit_record": writes(of_visit),
    "care:greeting_list": Address("care.view"),
    "care:greeting_propose": taking("care.approve"),
    "care:greeting_approve": taking("care.approve", posted=400),
    "care:greeting_refuse": taking("care.approve", posted=400),
    "care:greeting": Address("care.view", NEAR_MANAGER, arguments=of_greeting),
    "care:greeting_edit": writes(of_greeting),
    "care:greeting_record": writes(of_greeting),
    "care:greeting_send": taking("care.write", reached=NEAR_MANAGER, arguments=of_greeting),
    "care:greeting_want": taking("care.write", reached=NEAR_MANAGER, arguments=of_greeting),
    "care:report_list": Address("care.view"),
    "care:report_new": Address("care.write", post={}, posted=422),
    "care:report": Address("care.view", NEAR_MANAGER, arguments=of_report),
    "care:report_review": taking("care.approve", reached=NEAR_MANAGER, arguments=of_report),
    "care:report_send": writes(of_report),
    "care:report_panel": Address(
        "care.view", NEAR_MANAGER, arguments=lambda things: [things.customer.pk]
    ),
    "care:event_list": Address("care.view"),
    "care:event_calendar": Address("care.view"),
    "care:event_new": Address("care.write", post={}, posted=422),
    "care:event": Address("care.view", OF_DISTRICT, arguments=of_event),
    "care:event_edit": writes(of_event),
    "care:event_cancel": writes(of_event),
    "care:event_close": writes(of_event),
    "care:guest_new": writes(of_event, reached=OF_DISTRICT),
    "care:event_panel": Address(
        "care.view", NEAR_MANAGER, arguments=lambda things: [things.customer.pk]
    ),
    "care:invitation_list": Address("care.view"),
    "care:invite": taking("care.write", posted=400),
    "care:invitation_came": taking("care.write", posted=400),
    "care:invitation_absent": taking("care.write", posted=400),
    "care:invitation": Address("care.view", NEAR_MANAGER, arguments=of_invitation),
    "care:invitation_answer": writes(of_invitation),
    "care:invitation_withdraw": taking(
        "care.write", reached=NEAR_MANAGER, arguments=of_invitation
    ),
    "care:event_follow_up": writes(of_invitation),
    "care:festival_list": Address("care.rules"),
    "care:festival_add": ruled(),
    "care:festival_edit": ruled(arguments=of_festival),
    "care:festival_drop": taking("care.rules", arguments=of_festival),
    "care:wording_list": Address("care.rules"),
    "care:wording_add": ruled(),
    "care:wording_edit": ruled(arguments=of_wording),
    "care:visit_panel": Address(
        "care.view", NEAR_MANAGER, arguments=lambda things: [things.customer.pk]
    ),
}
