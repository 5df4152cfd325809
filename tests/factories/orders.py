"""Work orders as desks plan them and engineers work on them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories.attachments import PNG

from dakehu.cases import operations
from dakehu.cases.values import Plan

MORNING = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
"""A Tuesday at ten in the morning."""
ENTERED = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def plan_of(**given: Any) -> Plan:
    """Return a plan for a Tuesday morning; name what is different."""
    usual = {
        "subject": "更换光猫",
        "place": "滨海路 1 号",
        "starts_at": MORNING,
        "ends_at": MORNING + timedelta(hours=2),
    }
    return Plan(**{**usual, **given})


def make_order(
    by: Any, *, at: datetime = ENTERED, customer: Any = None, case: Any = None, **given: Any
) -> Any:
    """Plan a work order for a case, or enter a visit at a customer's."""
    purpose = given.pop("purpose", "CASE" if case else "VISIT")
    return operations.plan_order(
        plan=plan_of(**given), case=case, customer=customer, purpose=purpose, by=by, at=at
    )


def assign(
    order: Any, engineer: Any, by: Any, *, at: datetime = ENTERED, version: Any = None
) -> Any:
    """Give an order to an engineer."""
    return operations.assign_order(order=order, version=version, engineer=engineer, by=by, at=at)


def make_sent(people: Any, customer: Any) -> Any:
    """Enter a visit by the hotline, with which the engineer is sent."""
    order = make_order(people.hotline_agent, customer=customer)
    return assign(order, people.engineer, people.dispatcher)


def serve(order: Any, engineer: Any, *, at: datetime = MORNING, result: str = "SOLVED") -> Any:
    """Let an engineer accept an order, go there and write the record."""
    how: Any = {"order": order, "version": None, "by": engineer, "at": at}
    operations.accept_order(**how)
    operations.arrive(**how)
    return operations.record_service(text="已更换并测试", result=result, **how)


def signature(content: bytes = PNG, name: str = "signature.png") -> SimpleUploadedFile:
    """Return the picture of a signature."""
    return SimpleUploadedFile(name, content, content_type="image/png")


def sign(order: Any, by: Any, *, at: datetime = MORNING, **given: Any) -> Any:
    """Let the customer sign."""
    signed = operations.Signed(
        **{"name": "林先生", "how": "DRAWN", "picture": signature(), **given}
    )
    return operations.sign_order(order=order, version=None, signed=signed, by=by, at=at)
