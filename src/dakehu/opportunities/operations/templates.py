"""Words of solutions: written, released by a second person, taken back (OP14)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, save_record
from dakehu.opportunities.choices import TemplateState
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.models import SolutionTemplate
from dakehu.opportunities.policies import APPROVE, ASSIGN
from dakehu.opportunities.rules.templates import wrong_places
from dakehu.opportunities.values import Wording
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def write_template(*, wording: Wording, by: "Staff", at: datetime) -> SolutionTemplate:
    """
    Write the next version of a template; the first one if it is new.

    :raises PermissionDenied: unless ``by`` hands out.
    :raises UnableToKeepOpportunity: if a draft is worked on already, or the words are wrong.
    """
    require(by, ASSIGN)
    refuse_wording(wording)
    same = SolutionTemplate.objects.filter(product=wording.product, name=wording.name)
    if same.filter(state=TemplateState.DRAFT).exists():
        words = _("A draft of “%(name)s” is worked on already. Change or withdraw it first.")
        raise UnableToKeepOpportunity(words % {"name": wording.name}, "name")
    newest = same.aggregate(newest=Max("number"))["newest"] or 0
    fresh = SolutionTemplate(
        name=wording.name,
        product=wording.product,
        number=newest + 1,
        technical=wording.technical,
        commercial=wording.commercial,
        written_by=by,
        written_at=at,
    )
    try:
        with transaction.atomic():
            create_record(fresh, by=by, at=at)
    except IntegrityError as error:
        words = _("Somebody else begins a version of “%(name)s” at this moment. Look again.")
        raise UnableToKeepOpportunity(words % {"name": wording.name}, "name") from error
    return fresh


@transaction.atomic
def change_template(
    *, template: SolutionTemplate, wording: Wording, version: int, by: "Staff", at: datetime
) -> bool:
    """
    Change the words of a draft; whoever changes it last counts as who wrote it.

    :raises PermissionDenied: unless ``by`` hands out.
    :raises UnableToKeepOpportunity: if it is no draft any more, or the words are wrong.
    :raises EditedMeanwhile: if somebody else changed it.
    """
    require(by, ASSIGN)
    refuse_wording(wording)
    held(template, TemplateState.DRAFT)
    template.technical, template.commercial = wording.technical, wording.commercial
    template.written_by, template.written_at = by, at
    return save_record(template, version=version, by=by, at=at)


@transaction.atomic
def release_template(*, template: SolutionTemplate, by: "Staff", at: datetime) -> SolutionTemplate:
    """
    Let solutions begin with a draft from now on, as a second person; the version before is over.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepOpportunity: if ``by`` wrote it, or it is no draft any more.
    """
    require(by, APPROVE)
    stored = held(template, TemplateState.DRAFT)
    if stored.written_by_id == by.pk:
        raise UnableToKeepOpportunity(_("Somebody else must release what you wrote."))
    before = SolutionTemplate.objects.select_for_update().filter(
        product=stored.product, name=stored.name, state=TemplateState.RELEASED
    )
    for each in before:
        each.state = TemplateState.WITHDRAWN
        save_record(each, by=by, at=at)
    stored.state, stored.released_by, stored.released_at = TemplateState.RELEASED, by, at
    save_record(stored, by=by, at=at)
    return stored


@transaction.atomic
def withdraw_template(*, template: SolutionTemplate, by: "Staff", at: datetime) -> None:
    """
    Let nothing begin with a template any more; what was written with it stays.

    :raises PermissionDenied: unless ``by`` hands out.
    :raises UnableToKeepOpportunity: if it is over already.
    """
    require(by, ASSIGN)
    stored = held(template, TemplateState.DRAFT, TemplateState.RELEASED)
    stored.state = TemplateState.WITHDRAWN
    save_record(stored, by=by, at=at)


def held(template: SolutionTemplate, *states: str) -> SolutionTemplate:
    """Return a template under lock, if it stands at a state.

    :raises UnableToKeepOpportunity: otherwise.
    """
    found: SolutionTemplate = SolutionTemplate.objects.select_for_update().get(pk=template.pk)
    if found.state not in states:
        words = _("It stands at “%(state)s”. Look again.")
        raise UnableToKeepOpportunity(words % {"state": found.get_state_display()})
    return found


def refuse_wording(wording: Wording) -> None:
    """Pass in silence if every place in the words stands for something.

    :raises UnableToKeepOpportunity: otherwise, naming the first that does not.
    """
    for field in ("technical", "commercial"):
        if wrong := wrong_places(getattr(wording, field)):
            words = _("Nothing stands for %(place)s. Use the places named below.")
            raise UnableToKeepOpportunity(words % {"place": wrong[0]}, field)
