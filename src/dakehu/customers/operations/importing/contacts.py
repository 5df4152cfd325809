"""The people of groups and prospects, from a spreadsheet (T10)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dakehu.common.masking import PersonalKind
from dakehu.common.spreadsheets import CellKind
from dakehu.customers.choices import BirthCalendar, ContactRole, CustomerKind, Influence
from dakehu.customers.models import Contact, Customer
from dakehu.customers.operations.details import (
    add_contacts,
    add_detail,
    edit_contacts,
    edit_detail,
    remove_detail,
)
from dakehu.customers.operations.importing.columns import (
    OWNED,
    PERMISSION,
    assign,
    customer_field,
    customers_meant,
    locked_field,
    mail_field,
    phone_field,
    record_url,
    refusals,
    refuse_future,
    shared_words,
)
from dakehu.customers.queries import customers_visible_to
from dakehu.people.choices import Gender
from dakehu.ui.imports import Act, Draft, Found, ImportField, ImportScreen, UnableToImport

if TYPE_CHECKING:
    from dakehu.people.models import Staff

FIELDS = (
    customer_field(
        _("The number of the group or prospect to which the person belongs."), example="01G000001"
    ),
    ImportField(
        "name",
        _("Name"),
        key=True,
        required=True,
        longest=80,
        help_text=_("A known person of the same name is changed, not entered again."),
        example="李明",
    ),
    ImportField(
        "role",
        _("Role"),
        CellKind.CHOICE,
        required=True,
        choices=tuple(ContactRole.choices),
        example=ContactRole.CONTACT.label,
    ),
    ImportField("influence", _("Influence"), CellKind.CHOICE, choices=tuple(Influence.choices)),
    ImportField("department", _("Department"), longest=80, example="信息中心"),
    ImportField("position", _("Position"), longest=80, example="主任"),
    ImportField("is_primary", _("First person to call"), CellKind.YES_NO),
    ImportField("gender", _("Gender"), CellKind.CHOICE, choices=tuple(Gender.choices)),
    phone_field(other_titles=("联系电话", "手机", "手机号码")),
    mail_field(),
    ImportField(
        "birth_date",
        _("Birthday"),
        CellKind.DATE,
        personal=PersonalKind.BIRTHDAY,
        help_text=_("Year, month and day; of a lunar birthday the lunar ones."),
        example="1980-05-20",
    ),
    ImportField(
        "birth_calendar", _("Calendar"), CellKind.CHOICE, choices=tuple(BirthCalendar.choices)
    ),
    ImportField("hobbies", _("Hobbies"), longest=200),
    ImportField("preferences", _("Preferences"), longest=300),
    ImportField("gift_wishes", _("Gifts that please"), longest=200),
    ImportField("products", _("Products used"), longest=200),
    ImportField(
        "member",
        _("Own number with us"),
        CellKind.REFERENCE,
        lookup=customers_meant,
        help_text=_("Subscriber or telephone number, if this person is a customer too."),
    ),
    ImportField("note", _("Note")),
    ImportField(
        "ident",
        _("Person number"),
        CellKind.INTEGER,
        key=True,
        least=1,
        help_text=_("As an export has it; tells people of one customer with the same name apart."),
    ),
    locked_field("customer_name", _("Customer name")),
    locked_field("manager", _("Manager"), OWNED),
    locked_field("unit", _("Unit")),
)
APART = ("customer", "member", "ident", "customer_name", "manager", "unit")
PLAIN = tuple(each.name for each in FIELDS if each.name not in APART)


def find(actor: "Staff", drafts: Sequence[Draft]) -> list[int | None]:
    """Return the persons whom rows mean: of that customer, by their number or else their name."""
    customers = {pk for draft in drafts if (pk := draft.values.get("customer"))}
    organisations = set(
        Customer.objects.filter(pk__in=customers)
        .exclude(kind=CustomerKind.INDIVIDUAL)
        .values_list("pk", flat=True)
    )
    known: dict[tuple[int, str], list[int]] = defaultdict(list)
    numbered: dict[tuple[int, int], list[int]] = {}
    rows = Contact.objects.filter(customer__in=customers, removed_at__isnull=True)
    for customer_id, name, pk in rows.values_list("customer_id", "name", "pk"):
        known[customer_id, name].append(pk)
        numbered[customer_id, pk] = [pk]
    found: list[int | None] = []
    for draft in drafts:
        customer, name = draft.values.get("customer"), draft.values.get("name")
        alike = known.get((customer, name), []) if customer and name else []
        if number := draft.values.get("ident"):
            alike = numbered.get((customer, number), []) if customer else []
        refuse_unclear(draft, alike, is_organisation=customer in organisations)
        found.append(alike[0] if alike else None)
    return found


def refuse_unclear(draft: Draft, alike: Sequence[int], *, is_organisation: bool) -> None:
    """Refuse a row that means no organisation, nobody, or several people."""
    if not draft.values.get("name"):
        draft.refuse("name", gettext("is missing. Fill it in"))
    elif not is_organisation:
        words = gettext("only groups and prospects have contacts; this is an individual")
        draft.refuse("customer", words)
    elif draft.values.get("ident") and not alike:
        words = gettext("this customer has nobody of that number. Leave it empty for a new person")
        draft.refuse("ident", words)
    elif len(alike) > 1:
        words = gettext(
            "several people of this customer have that name. Write the person number, as an "
            "export has it"
        )
        draft.refuse("name", words)


def current(actor: "Staff", numbers: Collection[int]) -> Mapping[int, Found]:
    """Return persons as they stand, of customers within reach."""
    rows = Contact.objects.filter(pk__in=numbers, removed_at__isnull=True)
    people = list(rows.select_related("member", "customer__unit", "customer__manager"))
    owners = {person.customer_id for person in people}
    within = set(customers_visible_to(actor).filter(pk__in=owners).values_list("pk", flat=True))
    return {
        person.pk: Found(
            person.pk,
            {name: getattr(person, name) for name in PLAIN}
            | {"member": person.member_id, "ident": person.pk},
            name=person.name,
            version=person.version,
            shown={"member": person.member.number if person.member else ""}
            | shared_words(person.customer, name="customer_name"),
        )
        for person in people
        if person.customer_id in within
    }


def check(actor: "Staff", drafts: Sequence[Draft], at: datetime) -> None:
    """Refuse birthdays that cannot be."""
    refuse_future(drafts, "birth_date", at)


def save(draft: Draft, act: Act) -> int:
    """
    Enter a person, or change a known one.

    :raises UnableToImport: if the operations refuse it.
    """
    values = dict(draft.values)
    values.pop("ident", None)
    if draft.found is None:
        customer = Customer.objects.get(pk=values.pop("customer"))
        person = Contact()
        assign(person, values)
        with refusals():
            add_detail(customer=customer, detail=person, by=act.by, at=act.at, reason=act.reason)
        return int(person.pk)
    person = Contact.objects.select_related("customer").get(pk=draft.found.pk)
    version = person.version if draft.found.version is None else draft.found.version
    assign(person, values)
    with refusals():
        edit_detail(detail=person, version=version, by=act.by, at=act.at, reason=act.reason)
    return int(person.pk)


def save_all(drafts: Sequence[Draft], acts: Sequence[Act]) -> list[int]:
    """
    Enter and change people, all at once; return their numbers.

    :raises UnableToImport: if the operations refuse one of them.
    """
    known = {draft.found.pk for draft in drafts if draft.found}
    stored = Contact.objects.in_bulk(list(known))
    people = [person_of(draft, stored) for draft in drafts]
    told = list(zip(people, (act.reason for act in acts), strict=True))
    new = [(person, why) for person, why in told if person.pk is None]
    old = [(person, why) for person, why in told if person.pk is not None]
    by, at = acts[0].by, acts[0].at
    with refusals():
        for write, some in ((edit_contacts, old), (add_contacts, new)):
            if some:
                write(
                    contacts=[person for person, _why in some],
                    by=by,
                    at=at,
                    reasons=[why for _person, why in some],
                )
    return [int(person.pk) for person in people]


def person_of(draft: Draft, stored: Mapping[int, Contact]) -> Contact:
    """
    Return the person of a draft with its values, read as the draft was judged.

    :raises UnableToImport: if somebody has removed the person since.
    """
    values = {name: value for name, value in draft.values.items() if name != "ident"}
    if draft.found is None:
        person = Contact(customer_id=values.pop("customer"))
    else:
        person = stored[draft.found.pk]
        if person.removed_at is not None:
            raise UnableToImport(gettext("Somebody has removed this entry in the meantime."))
        person.version = draft.found.version or person.version
    assign(person, values)
    return person


def remove(number: int, act: Act) -> None:
    """
    Take back a person whom an import entered.

    :raises UnableToImport: if the operations refuse it.
    """
    person = Contact.objects.select_related("customer").get(pk=number)
    with refusals():
        remove_detail(detail=person, by=act.by, at=act.at, reason=act.reason)


def identity(values: Mapping[str, Any]) -> Any:
    """Return what no two rows of a file may share: the number, else customer and name."""
    if values.get("ident"):
        return values["ident"]
    known = (values.get("customer"), values.get("name"))
    return known if all(known) else None


def person_url(pk: int) -> str:
    """Return where a person is shown: on the page of the customer."""
    owner = Contact.objects.filter(pk=pk).values_list("customer_id", flat=True).first()
    return record_url(owner) if owner else ""


CONTACTS = ImportScreen(
    name="contacts",
    title=_("Contacts of groups"),
    permission=PERMISSION,
    fields=FIELDS,
    find=find,
    current=current,
    save=save,
    save_all=save_all,
    remove=remove,
    check=check,
    identity=identity,
    list_name="customers:contact_list",
    help_text=_("Unit leaders, key persons, contacts and product users of groups and prospects."),
    record_url=person_url,
)
