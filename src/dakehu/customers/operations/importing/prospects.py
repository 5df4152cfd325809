"""Prospects from a spreadsheet: new ones, and known ones by number or by name (T10)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dakehu.common.masking import PersonalKind
from dakehu.common.spreadsheets import CellKind
from dakehu.customers.choices import AdminLevel, BirthCalendar, CustomerKind, OrgKind, Strategic
from dakehu.customers.models import Customer, GroupProfile
from dakehu.customers.operations.importing.columns import (
    NOBODY,
    OWNED,
    PERMISSION,
    in_words,
    phone_field,
    record_url,
    refusals,
    refuse_future,
)
from dakehu.customers.operations.importing.custom import (
    contents_held,
    contents_set,
    custom_columns,
)
from dakehu.customers.operations.prospects import (
    create_prospect,
    create_prospects,
    edit_prospect,
    remove_prospect,
)
from dakehu.customers.queries import custom_fields, likely_for_each, prospects
from dakehu.customers.values import Likely, ProspectFacts, Traits
from dakehu.people.choices import Gender, Scope
from dakehu.people.policies import role_of
from dakehu.people.queries import staff_meant, units_meant, units_within
from dakehu.ui.imports import Act, Draft, Found, ImportField, ImportScreen

if TYPE_CHECKING:
    from dakehu.people.models import Staff

FIELDS = (
    ImportField(
        "number",
        _("Number"),
        key=True,
        longest=64,
        help_text=_("Of a known prospect; leave it empty to enter a new one."),
    ),
    ImportField(
        "name",
        _("Customer name"),
        key=True,
        required=True,
        longest=200,
        other_titles=(_("Name"), "名称", "单位名称", "企业名称", "公司名称"),
        help_text=_("A known prospect of the same name and unit is changed, not entered again."),
        example="滨海新材料有限公司",
    ),
    ImportField(
        "unit",
        _("Unit"),
        CellKind.REFERENCE,
        key=True,
        lookup=units_meant,
        help_text=_("Its code (01/东城), or its name with those above it; empty means your own."),
        example="01",
    ),
    ImportField(
        "manager",
        _("Manager"),
        CellKind.REFERENCE,
        lookup=staff_meant,
        help_text=_("Staff number of who looks after a new prospect."),
    ),
    phone_field(other_titles=("联系电话", "手机", "手机号码")),
    ImportField("industry", _("Industry"), longest=60, example="制造业"),
    ImportField(
        "org_kind",
        _("Kind of organisation"),
        CellKind.CHOICE,
        choices=tuple(OrgKind.choices),
        example=OrgKind.ENTERPRISE.label,
    ),
    ImportField(
        "admin_level",
        _("Administrative level"),
        CellKind.CHOICE,
        choices=tuple(AdminLevel.choices),
    ),
    ImportField("strategic", _("Strategic"), CellKind.CHOICE, choices=tuple(Strategic.choices)),
    ImportField("employees", _("Employees"), CellKind.INTEGER, least=0, example="120"),
    ImportField("tax_rank", _("Tax rank"), CellKind.INTEGER, least=1),
    ImportField("address", _("Address"), personal=PersonalKind.ADDRESS, longest=300),
    ImportField("gender", _("Gender"), CellKind.CHOICE, choices=tuple(Gender.choices)),
    ImportField("birth_date", _("Birthday"), CellKind.DATE, personal=PersonalKind.BIRTHDAY),
    ImportField(
        "birth_calendar", _("Calendar"), CellKind.CHOICE, choices=tuple(BirthCalendar.choices)
    ),
    ImportField(
        "identity_no",
        _("Identity number"),
        personal=PersonalKind.IDENTITY,
        longest=32,
        other_titles=("证件号码", "身份证"),
    ),
    ImportField(
        "anyway",
        _("Enter all the same"),
        CellKind.YES_NO,
        help_text=_("Yes, if a new prospect is somebody else than the customer it resembles."),
    ),
)
OWN = ("name", "phone", "gender", "birth_date", "birth_calendar", "identity_no")
PROFILE = (
    "industry", "org_kind", "admin_level", "strategic", "tax_rank", "employees", "address",
)  # fmt: skip
LARGEST = 2_000_000_000
CITY_CODE = 2


def find(actor: "Staff", drafts: Sequence[Draft]) -> list[int | None]:
    """Return the prospects that rows mean: by number, else by name within the unit."""
    numbers = {text for draft in drafts if (text := draft.values.get("number"))}
    names = {text for draft in drafts if (text := draft.values.get("name"))}
    rows = prospects(actor).prefetch_related(None)
    by_number = dict(rows.filter(number__in=numbers).values_list("number", "pk"))
    alike: dict[tuple[str, int], list[int]] = defaultdict(list)
    for name, unit, pk in rows.filter(name__in=names).values_list("name", "unit_id", "pk"):
        alike[name, unit].append(pk)
    found: list[int | None] = []
    for draft in drafts:
        number, name = draft.values.get("number"), draft.values.get("name", "")
        unit = draft.values.get("unit") or actor.unit_id
        candidates = [by_number.get(number)] if number else alike.get((name, unit), [])
        refuse_unclear(draft, candidates)
        found.append(candidates[0] if candidates else None)
    return found


def refuse_unclear(draft: Draft, candidates: Sequence[int | None]) -> None:
    """Refuse a row whose number is unknown, or whose name several prospects bear."""
    if candidates == [None]:
        words = gettext(
            "no prospect within your reach has this number. Leave it empty to enter a new one"
        )
        draft.refuse("number", words)
    elif len(candidates) > 1:
        words = gettext("several prospects of the unit have this name. Write the number")
        draft.refuse("name", words)


def current(actor: "Staff", numbers: Collection[int]) -> Mapping[int, Found]:
    """Return prospects as they stand."""
    fields = list(custom_fields(CustomerKind.PROSPECT))
    found = {}
    for prospect in prospects(actor).filter(pk__in=numbers):
        profile = getattr(prospect, "profile", None)
        values = {name: getattr(prospect, name) for name in OWN}
        values |= {name: getattr(profile, name, None) for name in PROFILE}
        values |= {"unit": prospect.unit_id, "manager": prospect.manager_id}
        found[prospect.pk] = Found(
            prospect.pk,
            values | contents_held(prospect, fields),
            name=prospect.name,
            version=prospect.version,
            shown={
                "unit": in_words(prospect.unit),
                "manager": in_words(prospect.manager) if prospect.manager else NOBODY,
            },
            locked={"manager": OWNED},
        )
    return found


def check(actor: "Staff", drafts: Sequence[Draft], at: datetime) -> None:
    """Refuse birthdays that cannot be, figures beyond what is kept, and likely duplicates."""
    refuse_future(drafts, "birth_date", at)
    refuse_duplicates(
        actor, [each for each in drafts if each.found is None and not each.values.get("anyway")]
    )
    for draft in drafts:
        for name in ("employees", "tax_rank"):
            if (draft.values.get(name) or 0) > LARGEST:
                draft.refuse(name, gettext("This figure cannot be right."))


class CityOf:
    """Tells the city of a unit, asking for all units once."""

    def __init__(self, actor: "Staff") -> None:
        self.actor = actor
        self.codes: dict[int, str] = {}

    def of(self, unit: int | None) -> str:
        """Return the code of the city in which a unit lies; nothing above the cities."""
        if not self.codes:
            self.codes = dict(units_within(self.actor).values_list("pk", "code"))
        code = self.codes.get(unit or self.actor.unit_id, "").partition("/")[0]
        return code if len(code) == CITY_CODE else ""


def refuse_duplicates(actor: "Staff", drafts: Sequence[Draft]) -> None:
    """Refuse new prospects who may be customers that are there, until somebody insists."""
    city = CityOf(actor)
    entered = [
        Traits(
            kind=CustomerKind.PROSPECT,
            name=draft.values.get("name") or "",
            phone=draft.values.get("phone") or "",
            identity=draft.values.get("identity_no") or "",
            address=draft.values.get("address") or "",
            city=city.of(draft.values.get("unit")),
        )
        for draft in drafts
    ]
    for draft, likely in zip(drafts, likely_for_each(actor, entered), strict=True):
        if likely:
            draft.refuse("name", doubt_about(likely[0]))


def doubt_about(likely: Likely) -> str:
    """Say who somebody may be, why, and what to do if it is somebody else."""
    words = gettext(
        "may be %(other)s (%(reasons)s). If it is somebody else, write Yes in the column "
        "“%(column)s”"
    )
    other = f"{likely.name} {likely.number}".strip() if likely.pk else likely.unit
    reasons = gettext(", ").join(likely.reasons)
    return words % {
        "other": other,
        "reasons": reasons,
        "column": gettext("Enter all the same"),
    }


def facts_of(values: Mapping[str, Any]) -> ProspectFacts:
    """Return imported values as the operations take them."""
    own = {name: blank(Customer, name, values[name]) for name in OWN if name in values}
    profile = {name: blank(GroupProfile, name, values[name]) for name in PROFILE if name in values}
    return ProspectFacts(own, profile, contents_set(values))


def blank(model: Any, name: str, value: Any) -> Any:
    """Return a value as a record keeps it: an empty text instead of nothing."""
    return "" if value is None and not model._meta.get_field(name).null else value


def written_of(draft: Draft, actor: "Staff") -> ProspectFacts:
    """Return what a row writes, with the unit that it names; a new one has a manager too."""
    facts = facts_of(draft.values)
    own: dict[str, Any] = dict(facts.customer)
    if "unit" in draft.values or draft.found is None:
        named = draft.values.get("unit") or actor.unit_id
        is_own = named == actor.unit_id
        found = None if is_own else units_within(actor).filter(pk=named).first()
        own["unit"] = found or actor.unit
    if draft.found is None:
        own["manager_id"] = manager_of(draft, actor)
    return ProspectFacts(own, facts.profile, facts.custom)


def save_all(drafts: Sequence[Draft], acts: Sequence[Act]) -> list[int]:
    """
    Enter new prospects all at once, and change known ones; return their numbers.

    :raises UnableToImport: if the operations refuse one of them.
    """
    by, at = acts[0].by, acts[0].at
    entries = [
        (written_of(draft, by), act.reason)
        for draft, act in zip(drafts, acts, strict=True)
        if draft.found is None
    ]
    with refusals():
        made = iter(create_prospects(entries=entries, by=by, at=at) if entries else ())
    return [
        int(next(made).pk) if draft.found is None else save(draft, act)
        for draft, act in zip(drafts, acts, strict=True)
    ]


def save(draft: Draft, act: Act) -> int:
    """
    Enter a prospect, or change a known one.

    :raises UnableToImport: if the operations refuse it.
    """
    facts = written_of(draft, act.by)
    with refusals():
        if draft.found is None:
            return int(create_prospect(facts=facts, by=act.by, at=act.at, reason=act.reason).pk)
        prospect = Customer.objects.select_related("unit").get(pk=draft.found.pk)
        version = prospect.version if draft.found.version is None else draft.found.version
        edit_prospect(
            prospect=prospect,
            facts=facts,
            version=version,
            by=act.by,
            at=act.at,
            reason=act.reason,
        )
    return int(prospect.pk)


def manager_of(draft: Draft, actor: "Staff") -> int | None:
    """Return who looks after a new prospect; who reaches only their own keeps it."""
    if role_of(actor).scope == Scope.OWN:
        return int(actor.pk)
    manager: int | None = draft.values.get("manager")
    return manager


def remove(number: int, act: Act) -> None:
    """
    Take back a prospect that an import entered.

    :raises UnableToImport: if the operations refuse it.
    """
    prospect = Customer.objects.get(pk=number)
    with refusals():
        remove_prospect(prospect=prospect, reason=act.reason, by=act.by, at=act.at)


def identity(values: Mapping[str, Any]) -> Any:
    """Return what no two rows of a file may share: the number, else name and unit."""
    if values.get("number"):
        return values["number"]
    return (values.get("name"), values.get("unit")) if values.get("name") else None


PROSPECTS = ImportScreen(
    name="prospects",
    title=_("Prospects"),
    permission=PERMISSION,
    fields=FIELDS,
    find=find,
    current=current,
    save=save,
    save_all=save_all,
    remove=remove,
    check=check,
    identity=identity,
    more_fields=custom_columns(CustomerKind.PROSPECT),
    list_name="customers:prospect_list",
    help_text=_("Enters prospects, and changes known ones found by number or by name and unit."),
    record_url=record_url,
)
