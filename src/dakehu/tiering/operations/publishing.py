"""
Versions of what is ruled: one is worked on at a time, a second person publishes it (promise 2).

Rules of a scheme and services of the catalogue are kept alike: a draft is made from a version,
proposed for a day, published by somebody else, and never changed from then on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.fields import Record
from dakehu.audit.operations import create_record, save_record
from dakehu.common import events
from dakehu.people.events import ApprovalAsked, ApprovalEnded
from dakehu.people.policies import require
from dakehu.people.queries import decider_for
from dakehu.tiering.choices import RuleState

if TYPE_CHECKING:
    from dakehu.people.models import Staff

WORKING = (RuleState.DRAFT, RuleState.PROPOSED)

Version = TypeVar("Version", bound=Record)


@dataclass(frozen=True)
class Publishing(Generic[Version]):
    """
    How versions of one kind come into force.

    ``owner`` names the field of what they are versions of; ``facts`` are what the to-do of whoever
    publishes is worded from, under ``source``. Refusals are raised as ``unable``.
    """

    model: type[Version]
    owner: str
    permission: str
    source: str
    facts: Callable[[Version], Mapping[str, int | str]]
    unable: type[Exception]

    def draft(self, based_on: Version, *, by: "Staff", at: datetime, **more: Any) -> Version:
        """
        Begin a draft with the body of a version, which may be an earlier one.

        :raises PermissionDenied: if ``by`` may not.
        :raises Exception: ``unable``, if somebody is working on a draft already.
        """
        require(by, self.permission)
        self.lock(based_on)
        if other := self.siblings(based_on).filter(state__in=WORKING).first():
            raise self.unable(
                _("Version %(number)s is being worked on. Publish or withdraw it first.")
                % {"number": other.number}
            )
        newest = self.siblings(based_on).order_by("-number").first()
        fresh: Any = self.model(
            **{self.owner: getattr(based_on, self.owner)},
            number=newest.number + 1 if newest else 1,
            body=based_on.body,  # type: ignore[attr-defined]
            based_on=based_on,
            created_by=by,
            created_on=localdate(at),
            **more,
        )
        return create_record(fresh, by=by, at=at)  # type: ignore[no-any-return]

    def held_draft(self, draft: Version, version: int) -> Version:
        """
        Return a draft, locked, as it was on the screen.

        :raises Exception: ``unable``, if somebody changed it, or it is no draft any more.
        """
        held = self.held_in(draft, RuleState.DRAFT)
        if held.version != version:
            raise self.unable(
                _("Somebody else changed this draft meanwhile. It is shown as it is now.")
            )
        return held

    def held_in(self, version: Version, state: RuleState) -> Version:
        """
        Return a version, locked, that has to be in a state.

        :raises Exception: ``unable``, if it is in another.
        """
        held = self.held(version)
        if held.state != state:  # type: ignore[attr-defined]
            raise self.unable(_("This version was dealt with meanwhile. Look again."))
        return held

    def held(self, version: Version) -> Version:
        """Return a version, locked together with what it is a version of."""
        self.lock(version)
        rows = self.model._base_manager.select_for_update(of=("self",))
        return rows.select_related(self.owner).get(pk=version.pk)

    def lock(self, version: Version) -> None:
        """Let nobody else begin or end a version of the same until the transaction is over."""
        owner = self.model._meta.get_field(self.owner).related_model
        kept = owner._base_manager.select_for_update()  # type: ignore[union-attr]
        kept.get(pk=getattr(version, f"{self.owner}_id"))

    def siblings(self, version: Version) -> Any:
        """Return all versions of the same."""
        owner = {self.owner: getattr(version, f"{self.owner}_id")}
        return self.model._base_manager.filter(**owner)

    def others(self, version: Version) -> Any:
        """Return the other published versions of the same."""
        return self.siblings(version).filter(state=RuleState.PUBLISHED).exclude(pk=version.pk)

    def refuse_day(self, version: Version, active_from: date, *, on: date) -> None:
        """
        Pass in silence if a version may begin on a day.

        The first one may begin on a day that is over: nothing holds anywhere yet.

        :raises Exception: ``unable``, if the day is over, or another begins on it.
        """
        others = self.others(version)
        if active_from < on and others.exists():
            raise self.unable(_("Name today or a later day."))
        if others.filter(active_from=active_from).exists():
            raise self.unable(_("Another version begins on this day already. Name another day."))

    def propose(
        self, held: Any, *, active_from: date, reason: str, by: "Staff", at: datetime
    ) -> None:
        """Ask a second person to publish a held draft from a day on that was found good."""
        held.state, held.active_from, held.reason = RuleState.PROPOSED, active_from, reason
        held.proposed_by = by
        save_record(held, by=by, at=at, reason=reason)
        asked = ApprovalAsked(
            source=self.source,
            source_id=held.pk,
            owner_id=decider_for(by, self.permission),
            unit_id=by.unit_id,
            at=at,
            facts={**self.facts(held), "number": held.number, "by": by.name},
        )
        transaction.on_commit(partial(events.announce, asked))

    def publish(self, proposed: Version, *, version: int, by: "Staff", at: datetime) -> Version:
        """
        Publish a proposed version: it holds from its day on, or from today where that is over.

        :raises PermissionDenied: if ``by`` may not.
        :raises Exception: ``unable``, if ``by`` proposed it, or it was dealt with meanwhile.
        """
        require(by, self.permission)
        held: Any = self.held_in(proposed, RuleState.PROPOSED)
        if held.version != version:
            raise self.unable(_("This version was dealt with meanwhile. Look again."))
        if held.proposed_by_id == by.pk:
            raise self.unable(_("Somebody else must publish the version you proposed."))
        if self.others(held).exists():
            held.active_from = max(held.active_from, localdate(at))
        self.refuse_day(held, held.active_from, on=localdate(at))
        held.state, held.published_by, held.published_on = RuleState.PUBLISHED, by, localdate(at)
        save_record(held, by=by, at=at)
        self.end(held, by=by, at=at)
        return held  # type: ignore[no-any-return]

    def withdraw(self, version: Version, *, by: "Staff", at: datetime) -> Version:
        """
        Take back a draft, a proposal, or a published version that does not hold yet.

        :raises PermissionDenied: if ``by`` may not.
        :raises Exception: ``unable``, if it holds already.
        """
        require(by, self.permission)
        held: Any = self.held(version)
        begun = (held.active_from or date.min) <= localdate(at)
        if (held.state == RuleState.PUBLISHED and begun) or held.state == RuleState.WITHDRAWN:
            raise self.unable(_("What held cannot be withdrawn; publish another version instead."))
        held.state = RuleState.WITHDRAWN
        save_record(held, by=by, at=at)
        self.end(held, by=None, at=at)
        return held  # type: ignore[no-any-return]

    def end(self, held: Version, *, by: "Staff | None", at: datetime) -> None:
        """Tell that a version waits for nobody any more."""
        ended = ApprovalEnded(self.source, held.pk, by, at)
        transaction.on_commit(partial(events.announce, ended))
