"""Who of the invented staff gets a log-in that is easy to remember, and who acts how on alerts."""

from collections.abc import Iterable

from dakehu.demo.rules.plan import ProvinceSummary, StaffMember
from dakehu.demo.rules.staff import specialists
from dakehu.demo.values import DemoBook, LogIn, Place

# The log-ins that the demonstration prints: role, and the name one types.
CAST = (
    ("ACCOUNT_MANAGER", "manager"),
    ("TELEPHONE_MANAGER", "phone"),
    ("SUPERVISOR", "supervisor"),
    ("DISPATCHER", "dispatcher"),
    ("HOTLINE", "hotline"),
    ("HALL", "hall"),
    ("PROVINCE_ANALYST", "analyst"),
    ("HEADQUARTERS_ANALYST", "headquarters"),
    ("OPERATIONS_CENTER", "operations"),
    ("CHIEF_REPRESENTATIVE", "chief"),
    ("ENGINEER", "engineer"),
    ("PARTNER", "partner"),
)
ADMINISTRATOR = LogIn("admin", "系统管理员", "ADMINISTRATOR", "province", None)


def book_of(summary: ProvinceSummary) -> DemoBook:
    """Return the book of a freshly drawn province."""
    return DemoBook(
        province=summary.province,
        first=summary.plan.first,
        until=summary.plan.until,
        places=tuple(Place(city.code, city.name, city.districts) for city in summary.cities),
        log_ins=(
            ADMINISTRATOR,
            *log_ins_of(summary.staff),
            *log_ins_of(specialists(summary.plan)),
        ),
    )


def log_ins_of(staff: Iterable[StaffMember]) -> list[LogIn]:
    """Return a log-in for everyone; the first of each role gets the short name of the cast."""
    short = dict(CAST)
    return [
        LogIn(
            username=short.pop(person.role, person.staff_no.lower()),
            name=person.name,
            role=person.role,
            unit_code=unit_code(person),
            staff_no=person.staff_no,
        )
        for person in staff
    ]


def unit_code(person: StaffMember) -> str:
    """Return the code of the unit that a person belongs to."""
    if person.role == "HEADQUARTERS_ANALYST":
        return "headquarters"
    if not person.city:
        return "province"
    return f"{person.city}/{person.district}" if person.district else person.city


def share(seed: int, number: int) -> int:
    """Return a number from 0 to 99 that is fixed for ``number``: who acts, and how."""
    return (number * 2_654_435_761 + seed * 40_503) % 2**32 * 100 >> 32
