"""Schemes of the operator's own: made on screen or from a file, given up while unused (T24)."""

import re
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, create_records, remove_record
from dakehu.people.policies import require
from dakehu.tiering.choices import RuleState
from dakehu.tiering.errors import UnableToChangeRules
from dakehu.tiering.models import Level, RuleSet, Scheme
from dakehu.tiering.operations.versions import draft_rules, read_body, save_draft
from dakehu.tiering.policies import RULES
from dakehu.tiering.queries.schemes import levels_of
from dakehu.tiering.rules.bodies import body_to_data
from dakehu.tiering.rules.packs import Pack

if TYPE_CHECKING:
    from dakehu.people.models import Staff

CODE = re.compile(r"[a-z][a-z0-9-]{1,39}")
LEAST_LEVELS = 2


@transaction.atomic
def create_scheme(*, pack: Pack, by: "Staff", at: datetime) -> RuleSet:
    """
    Make a scheme with its levels; its rules are a draft, which two people let hold.

    :raises PermissionDenied: if ``by`` may not change rules.
    :raises UnableToChangeRules: if the code is taken or no code, or levels or rules make no sense.
    """
    require(by, RULES)
    refuse_unfit(pack)
    scheme = Scheme(
        code=pack.code,
        name=pack.name,
        name_en=pack.name_en,
        kind=pack.kind,
        purpose=pack.purpose,
        purpose_en=pack.purpose_en,
        position=pack.position,
        evaluation_day=pack.evaluation_day,
        with_prospects=pack.with_prospects,
    )
    create_record(scheme, by=by, at=at)
    levels = [
        Level(
            scheme=scheme,
            rank=each.rank,
            name=each.name,
            name_en=each.name_en,
            purpose=each.purpose,
            purpose_en=each.purpose_en,
        )
        for each in pack.levels
    ]
    create_records(levels, by=by, at=at)
    draft = RuleSet(
        scheme=scheme,
        number=1,
        body=body_to_data(read_body(scheme, pack.body)),
        created_by=by,
        created_on=localdate(at),
    )
    return create_record(draft, by=by, at=at)


def refuse_unfit(pack: Pack) -> None:
    """
    Pass in silence if a scheme can be made as it is described.

    :raises UnableToChangeRules: otherwise.
    """
    if not CODE.fullmatch(pack.code):
        raise UnableToChangeRules(
            _("A code is lower-case letters, digits and hyphens, and begins with a letter.")
        )
    if Scheme.objects.filter(code=pack.code).exists():
        raise UnableToChangeRules(_("There is a scheme with this code already. Name another."))
    if len(pack.levels) < LEAST_LEVELS:
        raise UnableToChangeRules(_("A scheme needs two levels at least."))
    names = [each.name for each in pack.levels]
    if len(set(names)) < len(names):
        raise UnableToChangeRules(_("Two levels have the same name."))


@transaction.atomic
def load_scheme(*, pack: Pack, by: "Staff", at: datetime) -> RuleSet:
    """
    Take a scheme from a file: a new one is made, of a known one the rules become a draft.

    :raises PermissionDenied: if ``by`` may not change rules.
    :raises UnableToChangeRules: if it makes no sense, has other levels than the known scheme, or
        somebody is working on a draft of it.
    """
    require(by, RULES)
    scheme = Scheme.objects.filter(code=pack.code, removed_at__isnull=True).first()
    if scheme is None:
        return create_scheme(pack=pack, by=by, at=at)
    newest = scheme.rule_sets.exclude(state=RuleState.WITHDRAWN).order_by("-number").first()
    known = {level.rank for level in levels_of(scheme)}
    if scheme.kind != pack.kind or known != {level.rank for level in pack.levels}:
        raise UnableToChangeRules(
            _("There is a scheme %(code)s with other levels. Give the file another code.")
            % {"code": pack.code}
        )
    based_on = newest or scheme.rule_sets.order_by("-number").first()
    if based_on is None:
        raise UnableToChangeRules(_("The scheme %(code)s has no rules.") % {"code": pack.code})
    draft = draft_rules(based_on=based_on, by=by, at=at)
    return save_draft(rule_set=draft, body=pack.body, version=draft.version, by=by, at=at)


@transaction.atomic
def remove_scheme(*, scheme: Scheme, by: "Staff", at: datetime) -> None:
    """
    Give up a scheme whose rules never held; whatever waits for a second person must be withdrawn.

    :raises PermissionDenied: if ``by`` may not change rules.
    :raises UnableToChangeRules: if rules of it were published, or wait for approval.
    """
    require(by, RULES)
    held = Scheme.objects.select_for_update().get(pk=scheme.pk)
    used = {RuleState.PUBLISHED, RuleState.PROPOSED}
    if held.rule_sets.filter(state__in=used).exists():
        raise UnableToChangeRules(
            _("Rules of this scheme were published or wait for approval; it cannot be given up.")
        )
    remove_record(held, by=by, at=at)
