"""What people know of delivered customers, and the fields that the operator added (V2)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from dakehu.customers.choices import (
    AdminLevel,
    CardLevel,
    CustomerKind,
    CustomerStatus,
    OrgKind,
    Strategic,
)
from dakehu.customers.models import Customer, PersonProfile
from dakehu.customers.operations.custom_fields import set_custom_values
from dakehu.customers.operations.details import save_people, save_person
from dakehu.customers.operations.importing.columns import (
    OWNED,
    PERMISSION,
    assign,
    in_words,
    locked_field,
    mail_field,
    record_url,
    refusals,
    shared_words,
    yuan,
)
from dakehu.customers.operations.importing.custom import (
    contents_held,
    contents_set,
    custom_columns,
)
from dakehu.customers.queries import custom_fields, groups, individuals, rank_of
from dakehu.customers.querysets import CustomerQuerySet
from dakehu.ui.imports import Act, Draft, Found, ImportField, ImportScreen

if TYPE_CHECKING:
    from dakehu.people.models import Staff

NUMBER = ImportField(
    "number",
    _("Number"),
    key=True,
    required=True,
    longest=64,
    other_titles=(_("Customer number"),),
    help_text=_("The number of a customer within your reach."),
    example="01S00000001",
)
PERSON = (
    ImportField("occupation", _("Occupation"), longest=80, example="工程师"),
    ImportField("employer", _("Employer"), longest=120, example="滨海港务集团"),
    mail_field(),
    ImportField("hobbies", _("Hobbies"), longest=200, example="羽毛球"),
    ImportField("preferences", _("Preferences"), longest=300),
    ImportField("gift_wishes", _("Gifts that please"), longest=200),
    ImportField("note", _("Note")),
)
PERSON_NAMES = tuple(each.name for each in PERSON)
SHARED = (
    locked_field("name", _("Customer name")),
    locked_field("manager", _("Manager"), OWNED),
    locked_field("unit", _("Unit")),
)
OF_INDIVIDUALS = (
    *SHARED,
    locked_field("level", _("Level")),
    locked_field("status", _("Status")),
    locked_field("brand", _("Brand")),
    locked_field("plan", _("Tariff plan")),
    locked_field("phone", _("Phone")),
    locked_field("group", _("Group")),
    locked_field("open_date", _("Joined")),
    locked_field("contract", _("Contract")),
    locked_field("contract_end", _("Contract ends")),
    locked_field("credit", _("Credit limit")),
    locked_field("managed", _("Managed")),
)
OF_GROUPS = (
    *SHARED,
    locked_field("industry", _("Industry")),
    locked_field("org_kind", _("Kind of organisation")),
    locked_field("employees", _("Employees")),
    locked_field("strategic", _("Strategic")),
    locked_field("admin_level", _("Administrative level")),
    locked_field("tax_rank", _("Tax rank")),
)
CHOSEN = {"org_kind": OrgKind, "strategic": Strategic, "admin_level": AdminLevel}
Rows = Callable[[Any], CustomerQuerySet]
Shown = Callable[[Customer], dict[str, Any]]


def find_in(rows: Rows) -> Callable[[Any, Sequence[Draft]], list[int | None]]:
    """Return what finds the customers of a list by their numbers."""

    def find(actor: "Staff", drafts: Sequence[Draft]) -> list[int | None]:
        wanted = {text for draft in drafts if (text := draft.values.get("number"))}
        known = dict(
            rows(actor)
            .filter(number__in=wanted)
            .prefetch_related(None)
            .values_list("number", "pk")
        )
        return [known.get(draft.values.get("number", "")) for draft in drafts]

    return find


def individual_words(customer: Customer) -> dict[str, Any]:
    """Return what the list of individuals shows of one."""
    rank = rank_of(customer)
    return shared_words(customer) | {
        "name": customer.name,
        "level": label_of(CardLevel, rank),
        "status": label_of(CustomerStatus, customer.status),
        "brand": customer.brand,
        "plan": customer.plan_id,
        "group": str(customer.group) if customer.group else "",
        "open_date": in_words(customer.open_date),
        "contract": customer.contract_name,
        "contract_end": in_words(customer.contract_end),
        "credit": in_words(yuan(customer.credit_limit_fen)),
        "managed": in_words(customer.managed),
    }


def group_words(customer: Customer) -> dict[str, Any]:
    """Return what the list of groups shows of one."""
    profile = getattr(customer, "profile", None)
    words = shared_words(customer) | {"name": customer.name}
    for name in ("industry", "employees", "tax_rank"):
        words[name] = in_words(getattr(profile, name, None))
    for name, choices in CHOSEN.items():
        words[name] = label_of(choices, getattr(profile, name, None))
    return words


def label_of(choices: Any, value: Any) -> Any:
    """Return the label of a choice, in whichever language it is read; nothing for none."""
    return "" if value in (None, "") else choices(value).label


def current_in(
    rows: Rows, kind: CustomerKind, shown: Shown
) -> Callable[[Any, Collection[int]], Mapping[int, Found]]:
    """Return what tells how the customers of a list stand."""

    def current(actor: "Staff", numbers: Collection[int]) -> Mapping[int, Found]:
        fields = list(custom_fields(kind))
        customers = rows(actor).filter(pk__in=numbers)
        if kind is CustomerKind.INDIVIDUAL:
            customers = customers.select_related("person")
        return {
            customer.pk: Found(
                customer.pk,
                person_values(customer, kind) | contents_held(customer, fields),
                name=str(customer),
                version=customer.version,
                shown=shown(customer),
            )
            for customer in customers
        }

    return current


def person_values(customer: Customer, kind: CustomerKind) -> dict[str, Any]:
    """Return what people learned of an individual; of others there is nothing to learn so."""
    if kind is not CustomerKind.INDIVIDUAL:
        return {}
    person = getattr(customer, "person", None)
    known = {name: getattr(person, name, None) for name in PERSON_NAMES}
    # Compared in plain and masked, as exports come in both; locked, so never written.
    return known | {"phone": customer.phone}


def save(draft: Draft, act: Act) -> int:
    """
    Keep what people know of a delivered customer.

    :raises UnableToImport: if the operations refuse it.
    """
    assert draft.found is not None  # nothing is created by these imports
    customer = Customer.objects.get(pk=draft.found.pk)
    known = {name: value for name, value in draft.values.items() if name in PERSON_NAMES}
    contents = contents_set(draft.values)
    with refusals():
        if known:
            keep_person(customer, known, act)
        keep_contents(customer, contents, act)
    return int(customer.pk)


def keep_contents(customer: Customer, contents: Any, act: Act) -> None:
    """Keep what a customer has in the fields that the operator added."""
    if contents:
        set_custom_values(
            customer=customer,
            contents=contents,
            version=customer.version,
            by=act.by,
            at=act.at,
            reason=act.reason,
        )


def save_all(drafts: Sequence[Draft], acts: Sequence[Act]) -> list[int]:
    """
    Keep what people know of delivered customers, all at once; return their numbers.

    :raises UnableToImport: if the operations refuse one of them.
    """
    numbers = [draft.found.pk for draft in drafts if draft.found]
    customers = Customer.objects.in_bulk(numbers)
    learned = PersonProfile.objects.in_bulk(numbers)
    people, reasons = [], []
    for pk, draft, act in zip(numbers, drafts, acts, strict=True):
        known = {name: value for name, value in draft.values.items() if name in PERSON_NAMES}
        if known:
            person = learned.get(pk) or PersonProfile(customer=customers[pk])
            assign(person, known)
            people.append(person)
            reasons.append(act.reason)
    with refusals():
        if people:
            save_people(people=people, by=acts[0].by, at=acts[0].at, reasons=reasons)
        for pk, draft, act in zip(numbers, drafts, acts, strict=True):
            keep_contents(customers[pk], contents_set(draft.values), act)
    return numbers


def keep_person(customer: Customer, values: Mapping[str, Any], act: Act) -> None:
    """Keep what people learned of an individual."""
    person = PersonProfile.objects.filter(customer=customer).first()
    person = person or PersonProfile(customer=customer)
    assign(person, values)
    save_person(
        customer=customer,
        person=person,
        version=person.version,
        by=act.by,
        at=act.at,
        reason=act.reason,
    )


INDIVIDUALS = ImportScreen(
    name="individuals",
    title=_("Files of individuals"),
    permission=PERMISSION,
    fields=(NUMBER, *PERSON, *OF_INDIVIDUALS),
    find=find_in(individuals),
    current=current_in(individuals, CustomerKind.INDIVIDUAL, individual_words),
    save=save,
    save_all=save_all,
    more_fields=custom_columns(CustomerKind.INDIVIDUAL),
    may_create=False,
    list_name="customers:individual_list",
    help_text=_("What people know of individuals. What the city delivers is only compared."),
    record_url=record_url,
)
GROUPS = ImportScreen(
    name="groups",
    title=_("Own fields of groups"),
    permission=PERMISSION,
    fields=(NUMBER, *OF_GROUPS),
    find=find_in(groups),
    current=current_in(groups, CustomerKind.GROUP, group_words),
    save=save,
    save_all=save_all,
    more_fields=custom_columns(CustomerKind.GROUP),
    may_create=False,
    list_name="customers:group_list",
    help_text=_("The fields that you added to groups. What the city delivers is only compared."),
    record_url=record_url,
)
