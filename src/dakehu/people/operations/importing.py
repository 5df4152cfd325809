"""What may be imported of people: their files, new ones and known ones (M1, V2)."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dakehu.common.identity import is_identity_number
from dakehu.common.masking import Masked, PersonalKind
from dakehu.common.spreadsheets import CellKind
from dakehu.people.choices import Gender
from dakehu.people.errors import (
    UnableToCreateStaff,
    UnableToKeepStaff,
    UnableToRelease,
    UnableToRemoveOneself,
)
from dakehu.people.models import Staff
from dakehu.people.operations.closing import remove_staff
from dakehu.people.operations.staff import CHANGEABLE, change_staff, store_staff
from dakehu.people.queries import (
    roles_meant,
    roles_to_give,
    staff_listed,
    units_meant,
    units_within,
)
from dakehu.ui.imports import Act, Draft, Found, ImportField, ImportScreen, UnableToImport

USERNAME = re.compile(r"[\w.@+-]+")
STAFF_NUMBER = re.compile(r"[0-9A-Za-z_-]+")
PHONE = re.compile(r"\+?[0-9][0-9 ()-]{4,18}")
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
YOUNGEST = timedelta(days=15 * 365)
OLDEST = timedelta(days=100 * 365)
REFUSALS = (
    UnableToCreateStaff,
    UnableToKeepStaff,
    UnableToRelease,
    UnableToRemoveOneself,
)


def pattern_check(pattern: re.Pattern[str], words: Any) -> Any:
    """Return a check that says ``words`` of a text that does not fit."""
    return lambda text: None if pattern.fullmatch(text) else str(words)


def identity_check(text: str) -> str | None:
    """Say what is wrong with a resident number whose check character does not fit."""
    if is_identity_number(text.upper()):
        return None
    return gettext("This identity number cannot be right. Check it again.")


FIELDS = (
    ImportField(
        "staff_no",
        _("Staff number"),
        key=True,
        longest=40,
        check=pattern_check(STAFF_NUMBER, _("Letters, digits, - and _ only.")),
        help_text=_("The manager number of the city's files; empty for those no file names."),
        example="010099",
    ),
    ImportField(
        "username",
        _("User name"),
        key=True,
        required=True,
        longest=60,
        check=pattern_check(USERNAME, _("Letters, digits and . @ + - _ only.")),
        help_text=_("For logging in. Known people are found by staff number or user name."),
        example="zhangwei",
    ),
    ImportField("name", _("Name"), required=True, longest=80, example="张伟"),
    ImportField(
        "role",
        _("Role"),
        CellKind.REFERENCE,
        required=True,
        lookup=roles_meant,
        help_text=_("The name or code of a role that permits no more than your own."),
        example=_("Account manager"),
    ),
    ImportField(
        "unit",
        _("Unit"),
        CellKind.REFERENCE,
        required=True,
        lookup=units_meant,
        help_text=_("Its code (01/东城), or its name with those above it (滨海市/东城)."),
        example="01",
    ),
    ImportField("position", _("Position"), longest=60, example="高级客户经理"),
    ImportField("joined_on", _("Joined on"), CellKind.DATE, example="2020-07-01"),
    ImportField(
        "capacity",
        _("Capacity"),
        CellKind.INTEGER,
        least=0,
        help_text=_("How many customers, weighed by level; empty takes the usual one."),
        example="300",
    ),
    ImportField(
        "phone",
        _("Phone"),
        personal=PersonalKind.PHONE,
        longest=20,
        check=pattern_check(PHONE, _("A telephone number, digits first.")),
        example="13800001234",
    ),
    ImportField(
        "email",
        _("E-mail"),
        personal=PersonalKind.MAIL,
        longest=120,
        check=pattern_check(MAIL, _("This is no e-mail address.")),
        example="zhangwei@example.com",
    ),
    ImportField("gender", _("Gender"), CellKind.CHOICE, choices=tuple(Gender.choices)),
    ImportField("birth_date", _("Birthday"), CellKind.DATE, personal=PersonalKind.BIRTHDAY),
    ImportField(
        "identity_no",
        _("Identity number"),
        personal=PersonalKind.IDENTITY,
        longest=32,
        check=identity_check,
        help_text=_("Eighteen characters, as text."),
    ),
    ImportField("education", _("Education"), longest=40),
    ImportField("company", _("Partner's company"), longest=120),
    ImportField("is_core_partner", _("Core partner"), CellKind.YES_NO),
    ImportField("note", _("Note")),
)
NAMES = tuple(each.name for each in FIELDS)


def find(actor: Staff, drafts: Sequence[Draft]) -> list[int | None]:
    """Return the people whom rows mean, by staff number, else by user name."""
    numbers = {text for draft in drafts if (text := draft.values.get("staff_no"))}
    usernames = {text for draft in drafts if (text := draft.values.get("username"))}
    known = Staff.objects.filter(Q(staff_no__in=numbers) | Q(username__in=usernames))
    by_number = {person.staff_no: person for person in known if person.staff_no}
    by_username = {person.username: person for person in known}
    within = set(units_within(actor).values_list("pk", flat=True))
    found: list[int | None] = []
    for draft in drafts:
        person = by_number.get(draft.values.get("staff_no", "")) or by_username.get(
            draft.values.get("username", "")
        )
        refuse_strange(draft, person, within)
        found.append(person.pk if person else None)
    return found


def refuse_strange(draft: Draft, person: Staff | None, within: set[int]) -> None:
    """Refuse a row that means somebody who was removed, or works out of reach."""
    if person is None:
        return
    if person.removed_at is not None:
        words = gettext("this person was removed. Bring the file back first, then import again")
        draft.refuse("username", words)
    elif person.unit_id not in within:
        words = gettext("this number or user name belongs to somebody outside your reach")
        draft.refuse("username", words)


def current(actor: Staff, numbers: Collection[int]) -> Mapping[int, Found]:
    """Return people as they stand."""
    people = staff_listed(actor).filter(pk__in=numbers)
    return {
        person.pk: Found(
            person.pk,
            {name: getattr(person, name) for name in NAMES if name not in ("role", "unit")}
            | {"role": person.role, "unit": person.unit_id},
            name=person.name,
            version=person.version,
            shown={"role": person.held_role.name, "unit": person.unit.name},
        )
        for person in people
    }


def check(actor: Staff, drafts: Sequence[Draft], at: datetime) -> None:
    """Refuse roles that the actor may not give, and days out of all reason."""
    given = {role.code for role in roles_to_give(actor)}
    on = at.date()
    for draft in drafts:
        role = draft.values.get("role")
        if role is not None and role not in given:
            draft.refuse("role", str(UnableToKeepStaff.beyond_right()))
        born = draft.values.get("birth_date")
        if isinstance(born, date) and not on - OLDEST < born < on - YOUNGEST:
            draft.refuse("birth_date", gettext("Nobody who works was born on that day."))
        joined = draft.values.get("joined_on")
        if joined and not on - OLDEST < joined < on + YOUNGEST:
            draft.refuse("joined_on", gettext("The year cannot be right."))


def save(draft: Draft, act: Act) -> int:
    """
    Add a person without a log-in, or change what the file of a known one says.

    :raises UnableToImport: if the operations refuse it.
    """
    try:
        if draft.found is None:
            person = new_person(draft.values)
            store_staff(person, by=act.by, at=act.at, reason=act.reason)
            return int(person.pk)
        person = Staff.objects.select_related("unit").get(pk=draft.found.pk)
        change_staff(
            person,
            values=stored_values(draft.values),
            version=draft.found.version,
            by=act.by,
            at=act.at,
            reason=act.reason,
        )
    except REFUSALS as refusal:
        field = getattr(refusal, "field", "") or ""
        raise UnableToImport(str(refusal), field=field) from refusal
    return int(person.pk)


def new_person(values: Mapping[str, Any]) -> Staff:
    """Return a person who is not stored yet and cannot log in."""
    return Staff(**stored_values(values), password=make_password(None))


def stored_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return imported values as the file keeps them: empty text instead of nothing."""
    stored: dict[str, Any] = {}
    for name in CHANGEABLE & values.keys():
        field, value = Staff._meta.get_field(name), values[name]
        if name == "unit":
            stored["unit"] = field.related_model._base_manager.get(pk=value)  # type: ignore[union-attr]
        elif value is None and not field.null:
            stored[name] = False if name == "is_core_partner" else ""
        else:
            stored[name] = value.plain if isinstance(value, Masked) else value
    return stored


def remove(number: int, act: Act) -> None:
    """
    Take back a person whom an import added.

    :raises UnableToImport: if something hangs on the person by now.
    """
    person = Staff.objects.get(pk=number)
    try:
        remove_staff(person, by=act.by, at=act.at, reason=act.reason)
    except REFUSALS as refusal:
        raise UnableToImport(str(refusal)) from refusal


def identity(values: Mapping[str, Any]) -> Any:
    """Return what no two rows of a file may share: the staff number, else the user name."""
    return values.get("staff_no") or values.get("username")


STAFF = ImportScreen(
    name="staff",
    title=_("Staff files"),
    permission="people.manage",
    fields=FIELDS,
    find=find,
    current=current,
    save=save,
    remove=remove,
    check=check,
    identity=identity,
    list_name="people:staff_list",
    help_text=_(
        "Adds people without a log-in, and changes the files of known ones. Passwords are not "
        "imported; they are given on screen."
    ),
    record_url=lambda pk: reverse("people:staff_file", args=[pk]),
)
