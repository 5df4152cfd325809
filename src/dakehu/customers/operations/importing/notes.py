"""What was learned about competitors, the market and needs, from a spreadsheet (V5)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dakehu.common.spreadsheets import CellKind
from dakehu.customers.choices import NoteKind
from dakehu.customers.models import Customer, MarketNote
from dakehu.customers.operations.details import add_detail, edit_detail, remove_detail
from dakehu.customers.operations.importing.columns import (
    PERMISSION,
    assign,
    customer_field,
    fen,
    record_url,
    refusals,
    yuan,
    yuan_check,
)
from dakehu.customers.queries import customers_visible_to
from dakehu.ui.imports import Act, Draft, Found, ImportField, ImportScreen

if TYPE_CHECKING:
    from dakehu.people.models import Staff

FIELDS = (
    customer_field(_("The number or the telephone number of the customer."), example="01G000001"),
    ImportField(
        "kind",
        _("Kind"),
        CellKind.CHOICE,
        key=True,
        required=True,
        choices=tuple(NoteKind.choices),
        example=NoteKind.COMPETITOR.label,
    ),
    ImportField(
        "text",
        _("What was learned"),
        key=True,
        required=True,
        help_text=_("A note of the same customer, kind and text is changed, not entered again."),
        example="合同到期前有意比价",
    ),
    ImportField("competitor", _("Competitor"), longest=80, example="联信"),
    ImportField("product", _("Product or offer"), longest=80, example="专线 200M"),
    ImportField(
        "price", _("Price (yuan)"), CellKind.DECIMAL, check=yuan_check, example="12000.00"
    ),
    ImportField(
        "until",
        _("Runs until"),
        CellKind.DATE,
        help_text=_("Until when the competitor's contract or offer runs."),
        example="2026-12-31",
    ),
)
KEYS = ("customer", "kind", "text")


def find(actor: "Staff", drafts: Sequence[Draft]) -> list[int | None]:
    """Return the notes that rows mean: of that customer and kind, with that text."""
    customers = {pk for draft in drafts if (pk := draft.values.get("customer"))}
    rows = MarketNote.objects.filter(customer__in=customers, removed_at__isnull=True)
    known: dict[Any, int] = {
        (customer_id, kind, text): pk
        for customer_id, kind, text, pk in rows.order_by("-pk").values_list(
            "customer_id", "kind", "text", "pk"
        )
    }
    for draft in drafts:
        for name in KEYS:
            if draft.values.get(name) in (None, ""):
                draft.refuse(name, gettext("is missing. Fill it in"))
    return [known.get(tuple(draft.values.get(name) for name in KEYS)) for draft in drafts]


def current(actor: "Staff", numbers: Collection[int]) -> Mapping[int, Found]:
    """Return notes as they stand, of customers within reach."""
    notes = list(MarketNote.objects.filter(pk__in=numbers, removed_at__isnull=True))
    owners = {note.customer_id for note in notes}
    within = set(customers_visible_to(actor).filter(pk__in=owners).values_list("pk", flat=True))
    return {
        note.pk: Found(
            note.pk,
            {
                "competitor": note.competitor,
                "product": note.product,
                "price": yuan(note.price_fen),
                "until": note.until,
            },
            name=str(note),
            version=note.version,
        )
        for note in notes
        if note.customer_id in within
    }


def check(actor: "Staff", drafts: Sequence[Draft], at: datetime) -> None:
    """Refuse what was learned of a competitor whom nobody names."""
    for draft in drafts:
        is_told = draft.found is not None or draft.values.get("competitor")
        if draft.values.get("kind") == NoteKind.COMPETITOR and not is_told:
            draft.refuse("competitor", gettext("Say which competitor."))


def save(draft: Draft, act: Act) -> int:
    """
    Enter a note, or change a known one.

    :raises UnableToImport: if the operations refuse it.
    """
    values = dict(draft.values)
    if "price" in values:
        values["price_fen"] = fen(values.pop("price"))
    if draft.found is None:
        customer = Customer.objects.get(pk=values.pop("customer"))
        note = MarketNote(at=act.at, staff=act.by)
        assign(note, values)
        with refusals():
            add_detail(customer=customer, detail=note, by=act.by, at=act.at, reason=act.reason)
        return int(note.pk)
    note = MarketNote.objects.select_related("customer").get(pk=draft.found.pk)
    version = note.version if draft.found.version is None else draft.found.version
    assign(note, values)
    with refusals():
        edit_detail(detail=note, version=version, by=act.by, at=act.at, reason=act.reason)
    return int(note.pk)


def remove(number: int, act: Act) -> None:
    """
    Take back a note that an import entered.

    :raises UnableToImport: if the operations refuse it.
    """
    note = MarketNote.objects.select_related("customer").get(pk=number)
    with refusals():
        remove_detail(detail=note, by=act.by, at=act.at, reason=act.reason)


def note_url(pk: int) -> str:
    """Return where a note is shown: on the page of the customer."""
    owner = MarketNote.objects.filter(pk=pk).values_list("customer_id", flat=True).first()
    return record_url(owner) if owner else ""


MARKET_NOTES = ImportScreen(
    name="market-notes",
    title=_("Market notes"),
    permission=PERMISSION,
    fields=FIELDS,
    find=find,
    current=current,
    save=save,
    remove=remove,
    check=check,
    list_name="customers:list",
    help_text=_("What was learned about competitors, the market, needs and habits of customers."),
    record_url=note_url,
)
