"""
Requests from a spreadsheet: every row is opened as if it had been typed at the intake.

A request of the same customer in the same words that is still open is the same request: a file
that is brought in twice opens nothing twice. A batch of one kind has its own list (C3), so it is
taken in where its rows are read.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dakehu.cases.choices import ASKED_KINDS, CHANNELS, CaseChannel, CaseKind
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.models import Case
from dakehu.cases.operations.closing import withdraw_entered
from dakehu.cases.operations.opening import open_case
from dakehu.cases.policies import CREATE
from dakehu.cases.queries import callers
from dakehu.cases.queries.reading import cases_visible_to
from dakehu.cases.values import NewCase
from dakehu.common.masking import PersonalKind
from dakehu.common.spreadsheets import CellKind
from dakehu.customers.operations.importing.columns import customers_meant
from dakehu.customers.queries import customers_visible_to
from dakehu.people.policies import role_of
from dakehu.people.queries import product_names
from dakehu.ui.imports import Act, Draft, Found, ImportField, ImportScreen, refusing

if TYPE_CHECKING:
    from dakehu.people.models import Staff

ROW_KINDS = tuple(kind for kind in ASKED_KINDS if kind is not CaseKind.BATCH)
WRITTEN = ("kind", "text", "channel", "subject", "product_code", "caller_name")


def phone_check(text: str) -> str | None:
    """Say what is wrong with a telephone number."""
    if callers.is_phone(text):
        return None
    return gettext("This is no telephone number. Write digits, 5 to 20 of them.")


def products_meant(actor: "Staff", texts: Collection[str]) -> Mapping[str, Sequence[str]]:
    """Return the products that texts may mean: by code or by name."""
    names = product_names()
    return {
        text: [code for code, name in names.items() if text in {code, str(name)}] for text in texts
    }


FIELDS = (
    ImportField(
        "customer",
        _("Customer number"),
        CellKind.REFERENCE,
        key=True,
        lookup=customers_meant,
        help_text=_(
            "The number or the telephone number of the customer; empty if nobody knows who called."
        ),
        example="01G000001",
    ),
    ImportField(
        "kind",
        _("Kind"),
        CellKind.CHOICE,
        key=True,
        required=True,
        choices=tuple((kind.value, kind.label) for kind in ROW_KINDS),
    ),
    ImportField(
        "text",
        _("What the customer says"),
        key=True,
        required=True,
        longest=4000,
        example="地下车库没有信号，请尽快安排勘察。",
    ),
    ImportField(
        "channel",
        _("Channel"),
        CellKind.CHOICE,
        choices=tuple(CaseChannel.choices),
        help_text=_("Empty for the channel that you work at."),
    ),
    ImportField("subject", _("Subject"), longest=120),
    ImportField("product_code", _("Product"), CellKind.REFERENCE, lookup=products_meant),
    ImportField("caller_name", _("Who speaks"), longest=60, example="王主任"),
    ImportField(
        "caller_phone",
        _("Call back at"),
        personal=PersonalKind.PHONE,
        longest=20,
        check=phone_check,
    ),
)


def find(actor: "Staff", drafts: Sequence[Draft]) -> list[int | None]:
    """Return the open requests that rows mean: of that customer, of that kind, in these words."""
    customers = {pk for draft in drafts if (pk := draft.values.get("customer"))}
    rows = cases_visible_to(actor).open().filter(customer__in=customers)
    known = {
        (customer, kind, text): pk
        for pk, customer, kind, text in rows.values_list("pk", "customer", "kind", "text")
    }
    return [known.get(identity_of(draft.values)) for draft in drafts]


def identity_of(values: Mapping[str, Any]) -> Any:
    """Return what two rows of a file may not share; callers whom nobody knows share nothing."""
    if not values.get("customer"):
        return None
    return (values["customer"], values.get("kind"), values.get("text"))


def current(actor: "Staff", numbers: Collection[int]) -> Mapping[int, Found]:
    """Return requests as they stand; nothing of them is written by an import."""
    rows = cases_visible_to(actor).filter(pk__in=numbers)
    return {case.pk: found_of(case) for case in rows}


def found_of(case: Case) -> Found:
    """Return one request as it stands; a file changes nothing of it."""
    values = {"customer": case.customer_id, "kind": case.kind, "text": case.text}
    return Found(case.pk, values, name=case.number, version=case.version)


def check(actor: "Staff", drafts: Sequence[Draft], at: datetime) -> None:
    """Refuse rows of which nobody could tell afterwards who asked."""
    for draft in drafts:
        if not any(draft.values.get(name) for name in ("customer", "caller_name", "caller_phone")):
            words = gettext("Name the customer, or at least who speaks or where to call back.")
            draft.refuse("customer", words)


def save(draft: Draft, act: Act) -> int:
    """
    Open a request.

    :raises UnableToImport: if the intake refuses it.
    """
    if draft.found is not None:
        return draft.found.pk
    usual = CHANNELS.get(role_of(act.by).kind, CaseChannel.HOTLINE)
    typed: dict[str, str] = {name: draft.values.get(name) or "" for name in WRITTEN}
    number = draft.values.get("customer")
    customer = customers_visible_to(act.by).filter(pk=number).first() if number else None
    new = NewCase(
        kind=typed["kind"],
        channel=typed["channel"] or usual,
        text=typed["text"],
        subject=typed["subject"],
        product_code=typed["product_code"],
        caller_name=typed["caller_name"],
        customer=customer,
        caller_phone=draft.values.get("caller_phone") or "",
    )
    with refusing(UnableToKeepCase):
        return int(open_case(new=new, by=act.by, at=act.at).pk)


def remove(number: int, act: Act) -> None:
    """
    Take back a request that an import opened.

    :raises UnableToImport: if somebody has worked on it meanwhile.
    """
    with refusing(UnableToKeepCase):
        case = Case.objects.get(pk=number)
        withdraw_entered(case=case, reason=act.reason, by=act.by, at=act.at)


REQUESTS = ImportScreen(
    name="requests",
    title=_("Service requests"),
    permission=CREATE,
    fields=FIELDS,
    find=find,
    current=current,
    save=save,
    remove=remove,
    check=check,
    identity=identity_of,
    list_name="cases:list",
    help_text=_(
        "Requests that came in on paper or at a counter. Each gets its queue, its priority and "
        "its promised times as if it had been typed. Batch business is taken in with its own list."
    ),
    record_url=lambda pk: reverse("cases:detail", args=[pk]),
)
