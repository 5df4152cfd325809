"""The presents of customers and the days to remember, from a spreadsheet (V1, C9)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dakehu.common.spreadsheets import CellKind
from dakehu.customers.choices import BirthCalendar
from dakehu.customers.models import Anniversary, Contact, Customer, Gift
from dakehu.customers.operations.details import add_detail, edit_detail, remove_detail
from dakehu.customers.operations.importing.columns import (
    OWNED,
    PERMISSION,
    assign,
    customer_field,
    fen,
    locked_field,
    record_url,
    refusals,
    refuse_future,
    shared_words,
    yuan,
    yuan_check,
)
from dakehu.customers.queries import customers_visible_to
from dakehu.ui.imports import Act, Draft, Found, ImportField, ImportScreen, UnableToImport

if TYPE_CHECKING:
    from dakehu.people.models import Staff

PERSON = ImportField(
    "contact",
    _("Person"),
    longest=80,
    help_text=_("Name of the person of this customer whom it concerns; empty for the customer."),
    example="李明",
)
IDENT = ImportField(
    "ident",
    _("Number of the entry"),
    CellKind.INTEGER,
    key=True,
    least=1,
    help_text=_("As an export has it; tells entries of one customer apart that look alike."),
)
OF_CUSTOMER = (
    locked_field("customer_name", _("Customer name")),
    locked_field("manager", _("Manager"), OWNED),
    locked_field("unit", _("Unit")),
)
WHOSE = customer_field(
    _("The number or the telephone number of the customer."), example="01G000001"
)
GIFT_FIELDS = (
    WHOSE,
    ImportField("on", _("Day"), CellKind.DATE, key=True, required=True, example="2026-03-01"),
    ImportField("what", _("Present"), key=True, required=True, longest=120, example="茶叶礼盒"),
    PERSON,
    ImportField("occasion", _("Occasion"), longest=80, example="春节走访"),
    ImportField("value", _("Value (yuan)"), CellKind.DECIMAL, check=yuan_check, example="120.00"),
    locked_field(
        "staff",
        _("Given by"),
        _("is whoever entered it. Leave this cell as it was"),
    ),
    IDENT,
    *OF_CUSTOMER,
)
DAY_FIELDS = (
    WHOSE,
    ImportField(
        "title", _("Occasion"), key=True, required=True, longest=80, example="公司成立纪念日"
    ),
    ImportField(
        "on",
        _("Day"),
        CellKind.DATE,
        required=True,
        help_text=_("Year, month and day; it is remembered every year."),
        example="1998-06-18",
    ),
    ImportField("calendar", _("Calendar"), CellKind.CHOICE, choices=tuple(BirthCalendar.choices)),
    PERSON,
    IDENT,
    *OF_CUSTOMER,
)


@dataclass(frozen=True)
class Remembering:
    """
    How one kind of entry is imported: its model, and what tells entries of a customer apart.

    ``plain`` are the columns that stand in the model under the same name.
    """

    model: type[Gift] | type[Anniversary]
    keys: tuple[str, ...]
    plain: tuple[str, ...]

    def find(self, actor: "Staff", drafts: Sequence[Draft]) -> list[int | None]:
        """Return the entries that rows mean: of that customer, by number or else by the keys."""
        customers = {pk for draft in drafts if (pk := draft.values.get("customer"))}
        rows = self.model._default_manager.filter(customer__in=customers, removed_at__isnull=True)
        alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        numbered: dict[tuple[Any, ...], int] = {}
        for pk, customer_id, *values in rows.values_list("pk", "customer_id", *self.keys):
            alike[(customer_id, *values)].append(pk)
            numbered[customer_id, pk] = pk
        return [self.meant(draft, alike, numbered) for draft in drafts]

    def meant(
        self,
        draft: Draft,
        alike: Mapping[tuple[Any, ...], Sequence[int]],
        numbered: Mapping[tuple[Any, ...], int],
    ) -> int | None:
        """Return the entry that a row means, if there is one; refuse a row that is unclear."""
        customer, number = draft.values.get("customer"), draft.values.get("ident")
        if number:
            if (customer, number) not in numbered:
                draft.refuse(
                    "ident",
                    gettext("this customer has no such entry. Leave it empty for a new one"),
                )
            return numbered.get((customer, number))
        found = alike.get((customer, *(draft.values.get(name) for name in self.keys)), ())
        if len(found) > 1:
            draft.refuse(
                self.keys[-1],
                gettext("several entries look like this. Write the number, as an export has it"),
            )
        return found[0] if found else None

    def current(self, actor: "Staff", numbers: Collection[int]) -> Mapping[int, Found]:
        """Return entries as they stand, of customers within reach."""
        rows = self.model._default_manager.filter(pk__in=numbers, removed_at__isnull=True)
        entries: list[Any] = list(
            rows.select_related("contact", "customer__unit", "customer__manager")
        )
        owners = {entry.customer_id for entry in entries}
        within = set(
            customers_visible_to(actor).filter(pk__in=owners).values_list("pk", flat=True)
        )
        return {entry.pk: self.found(entry) for entry in entries if entry.customer_id in within}

    def found(self, entry: Any) -> Found:
        """Return one entry as it stands."""
        values = {name: getattr(entry, name) for name in (*self.keys, *self.plain)}
        values |= {"ident": entry.pk, "contact": entry.contact.name if entry.contact else ""}
        shown = shared_words(entry.customer, name="customer_name")
        if isinstance(entry, Gift):
            values["value"] = yuan(entry.value_fen)
            shown["staff"] = entry.staff.name
        return Found(entry.pk, values, name=str(entry), version=entry.version, shown=shown)

    def check(self, actor: "Staff", drafts: Sequence[Draft], at: datetime) -> None:
        """Refuse persons whom the customer does not have, and days that cannot be."""
        refuse_future(drafts, "on", at)
        for draft in drafts:
            name = draft.values.get("contact")
            if name and not draft.is_refused:
                owner = self.owner_of(draft)
                try:
                    person_named(owner, name)
                except UnableToImport as refusal:
                    draft.refuse("contact", refusal.words)

    def owner_of(self, draft: Draft) -> int:
        """Return the number of the customer whose file a row writes."""
        if draft.found is None:
            return int(draft.values["customer"])
        rows = self.model._default_manager.filter(pk=draft.found.pk)
        return int(rows.values_list("customer_id", flat=True).get())

    def save(self, draft: Draft, act: Act) -> int:
        """
        Enter something, or change what is known.

        :raises UnableToImport: if the operations refuse it.
        """
        written = (*self.keys, *self.plain)
        values = {name: value for name, value in draft.values.items() if name in written}
        if "contact" in draft.values:
            values["contact"] = person_named(self.owner_of(draft), draft.values["contact"])
        if "value" in draft.values:
            values["value_fen"] = fen(draft.values["value"])
        if draft.found is None:
            entry: Any = self.model()
            assign(entry, values)
            customer = Customer.objects.get(pk=draft.values["customer"])
            with refusals():
                add_detail(
                    customer=customer, detail=entry, by=act.by, at=act.at, reason=act.reason
                )
            return int(entry.pk)
        entry = self.model._default_manager.select_related("customer").get(pk=draft.found.pk)
        version = entry.version if draft.found.version is None else draft.found.version
        assign(entry, values)
        with refusals():
            edit_detail(detail=entry, version=version, by=act.by, at=act.at, reason=act.reason)
        return int(entry.pk)

    def remove(self, number: int, act: Act) -> None:
        """
        Take back what an import entered.

        :raises UnableToImport: if the operations refuse it.
        """
        entry = self.model._default_manager.select_related("customer").get(pk=number)
        with refusals():
            remove_detail(detail=entry, by=act.by, at=act.at, reason=act.reason)

    def identity(self, values: Mapping[str, Any]) -> Any:
        """Return what no two rows of a file may share: the number, else customer and keys."""
        if values.get("ident"):
            return values["ident"]
        known = (values.get("customer"), *(values.get(name) for name in self.keys))
        return known if all(known) else None

    def url(self, pk: int) -> str:
        """Return where an entry is shown: on the page of the customer."""
        rows = self.model._default_manager.filter(pk=pk)
        owner = rows.values_list("customer_id", flat=True).first()
        return record_url(owner) if owner else ""

    def screen(
        self,
        name: str,
        title: str | Promise,
        *,
        fields: tuple[ImportField, ...],
        list_name: str,
        help_text: str | Promise,
    ) -> ImportScreen:
        """Return the import of this kind of entry."""
        return ImportScreen(
            name=name,
            title=title,
            permission=PERMISSION,
            fields=fields,
            find=self.find,
            current=self.current,
            save=self.save,
            remove=self.remove,
            check=self.check,
            identity=self.identity,
            list_name=list_name,
            help_text=help_text,
            record_url=self.url,
        )


def person_named(customer_id: int, name: str | None) -> int | None:
    """
    Return the person of a customer with a name; nobody where no name is given.

    :raises UnableToImport: if the customer has nobody of that name, or several.
    """
    if not name:
        return None
    rows = Contact.objects.filter(customer=customer_id, name=name, removed_at__isnull=True)
    found = list(rows.values_list("pk", flat=True)[:2])
    if not found:
        raise UnableToImport(
            gettext("this customer has nobody of that name. Enter the person first"),
            field="contact",
        )
    if len(found) > 1:
        words = gettext("several people of this customer have that name. Choose on its page")
        raise UnableToImport(words, field="contact")
    return int(found[0])


GIFTS = Remembering(Gift, keys=("on", "what"), plain=("occasion",)).screen(
    "gifts",
    _("Gifts"),
    fields=GIFT_FIELDS,
    list_name="customers:gift_list",
    help_text=_("What customers and their people were given, when and by whom."),
)
DAYS = Remembering(Anniversary, keys=("title",), plain=("on", "calendar")).screen(
    "days",
    _("Days to remember"),
    fields=DAY_FIELDS,
    list_name="customers:day_list",
    help_text=_("Days of customers and their people that come again every year."),
)
