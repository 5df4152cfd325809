"""What an address of the permission matrix is about: ways to name its object."""

from typing import Any

from tests.web.asked import (
    NEAR_MANAGER,
    Address,
)


def about_kind(permission: str, **options: Any) -> Address:
    """Return an address about one kind of detail of the manager's customer."""
    kind = lambda things: [things.customer.pk, "contact"]  # noqa: E731
    return Address(permission, NEAR_MANAGER, arguments=kind, **options)


def acts(permission: str = "", **options: Any) -> Address:
    """Return an address that takes POST alone."""
    return Address(permission, get=None, **{"post": {}, **options})


def of_customer(things: Any) -> list[Any]:
    return [things.customer.pk]


def of_alert(things: Any) -> list[Any]:
    return [things.alert.pk]


def of_model(things: Any) -> list[Any]:
    return [things.model.number]


def of_delivery(things: Any) -> list[Any]:
    return [things.delivery.pk]


def of_clerk(things: Any) -> list[Any]:
    return [things.people.hall_clerk.pk]


def of_contact(things: Any) -> list[Any]:
    return [things.customer.pk, "contact", things.archive.contact.pk]


def of_removed_contact(things: Any) -> list[Any]:
    return [things.customer.pk, "contact", things.archive.removed_contact.pk]


def of_prospect(things: Any) -> list[Any]:
    return [things.archive.prospect.pk]


def of_field(things: Any) -> list[Any]:
    return [things.archive.field.pk]


def of_removed_field(things: Any) -> list[Any]:
    return [things.archive.removed_field.pk]


def of_product(things: Any) -> list[Any]:
    return [things.archive.product.pk]


def of_work(things: Any) -> list[Any]:
    return [things.work.pk]


def of_class_of_work(things: Any) -> list[Any]:
    return [things.work.category_id]


def of_export(things: Any) -> list[Any]:
    return [things.export.pk]


def of_import(things: Any) -> list[Any]:
    return [things.imported.pk]


def of_individuals(things: Any) -> list[Any]:
    return ["individuals"]


def of_attachment(things: Any) -> list[Any]:
    return [things.attachment.pk]


def of_customer_files(things: Any) -> list[Any]:
    return ["customers.customer", things.customer.pk]


def of_unit(things: Any) -> list[Any]:
    return [things.team.pk]


def of_file(things: Any) -> list[Any]:
    return [things.file.pk]


def of_skill(things: Any) -> list[Any]:
    return [things.file.pk, "skills", things.file.skills.get().pk]


def of_leave(things: Any) -> list[Any]:
    return [things.file.pk, things.file.leaves.get().pk]


def about_unit(permission: str = "people.view", **options: Any) -> Address:
    """Return an address about a team in the first district of city 01."""
    return Address(permission, arguments=of_unit, **options)


def about_file(permission: str = "people.view", **options: Any) -> Address:
    """Return an address about somebody who works in that district."""
    return Address(permission, arguments=of_file, **options)


def about_customer(permission: str = "customers.view", **options: Any) -> Address:
    """Return an address about the manager's customer."""
    return Address(permission, NEAR_MANAGER, arguments=of_customer, **options)


def about_alert(permission: str = "alerts.view", **options: Any) -> Address:
    """Return an address about the manager's alert."""
    return Address(permission, NEAR_MANAGER, arguments=of_alert, **options)


def of_numbers(things: Any) -> list[Any]:
    return [things.ownership.numbers.pk]


def about_move(permission: str, **options: Any) -> Address:
    """Return an address about a move of customers from the manager to the colleague."""
    return Address(
        permission,
        NEAR_MANAGER | {"colleague"},
        arguments=lambda things: [things.ownership.move.pk],
        **options,
    )


def about_receipt(**options: Any) -> Address:
    """Return an address about the colleague's receipt for it."""
    return Address(
        "ownership.view",
        frozenset({"colleague"}),
        arguments=lambda things: [things.ownership.receipt.pk],
        **options,
    )


def about_system(**options: Any) -> Address:
    """Return an address about another system that reports here."""
    return Address("api.manage", arguments=lambda things: [things.system.pk], **options)


def about_pair(name: str, **options: Any) -> Address:
    """Return an address about two of the manager's customers that may be the same."""
    return Address(
        "customers.merge",
        NEAR_MANAGER,
        arguments=lambda things: [getattr(things.duplicates, name).pk],
        **options,
    )


def of_clock(things: Any) -> list[Any]:
    return [things.calendars.clock.pk]


def of_pause(things: Any) -> list[Any]:
    return [things.calendars.clock.pk, things.calendars.pause.pk]


def of_recount(things: Any) -> list[Any]:
    return [things.calendars.unit.pk, things.calendars.recount.pk]


def of_notice(things: Any) -> list[Any]:
    return [things.calendars.notice.pk]


def of_calendar(things: Any) -> list[Any]:
    return [things.calendars.unit.pk]


def of_proposed_hours(things: Any) -> list[Any]:
    return [things.calendars.unit.pk, things.calendars.proposed.pk]


def of_set_day(things: Any) -> list[Any]:
    return [things.calendars.unit.pk, things.calendars.day.pk]
