"""Answering a case by message, and keeping the templates of replies (K1, G5)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, remove_record, save_record
from dakehu.cases.choices import CASE, ActKind
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.models import Case, CaseAct, ReplyTemplate
from dakehu.cases.operations.working import talk_to_customer
from dakehu.cases.policies import HANDLE, RULES
from dakehu.cases.queries.replies import values_for
from dakehu.cases.rules.replies import filled, lacking, wrong_places
from dakehu.cases.values import Talk
from dakehu.outbox.choices import MessagePurpose
from dakehu.outbox.errors import UnableToSend
from dakehu.outbox.operations import send_message
from dakehu.outbox.values import NewMessage
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@dataclass(frozen=True)
class Reply:
    """A message that answers a case: by what, to whom, what it says, what it answers."""

    way: str
    to: str
    text: str
    title: str = ""
    answers: tuple[str, ...] = ()


@transaction.atomic
def reply_to_customer(*, case: Case, reply: Reply, by: "Staff", at: datetime) -> CaseAct:
    """
    Answer a case by message: it leaves in a moment, and is an act that answers clocks.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepCase: if the case is not open, a place of the text stands for nothing, or
        the message is refused.
    """
    require(by, HANDLE)
    text = worded(reply.text, case, at=at)
    new = NewMessage(
        way=reply.way,
        purpose=MessagePurpose.SERVICE,
        text=text,
        to=reply.to,
        customer=case.customer,
        title=reply.title,
        source=CASE,
        source_id=case.pk,
    )
    try:
        message = send_message(message=new, by=by, at=at)
    except UnableToSend as refusal:
        raise UnableToKeepCase(str(refusal), refusal.field) from refusal
    talk = Talk(ActKind.MESSAGE, text, reply.answers, {"message": message.pk})
    return talk_to_customer(case=case, talk=talk, by=by, at=at)


def worded(text: str, case: Case, *, at: datetime) -> str:
    """
    Return a text with its places filled.

    :raises UnableToKeepCase: if one of them stands for nothing.
    """
    refuse_wrong_places(text, "text")
    values = values_for(case, at=at)
    if missing := lacking(text, values):
        words = _("Nothing is known for {%(name)s} here. Take it out, or write it yourself.")
        if missing[0] == "link":
            words = _(
                "There is no {%(name)s}: this installation does not know by which address "
                "customers reach it (DAKEHU_PUBLIC_URL)."
            )
        raise UnableToKeepCase(words % {"name": missing[0]}, "text")
    return filled(text, values)


def refuse_wrong_places(text: str, field: str) -> None:
    """Pass in silence if every place in a text can be filled.

    :raises UnableToKeepCase: otherwise, naming the first that cannot.
    """
    if wrong := wrong_places(text):
        words = _("Nothing stands for “%(place)s”. Use one of the places named below.")
        raise UnableToKeepCase(words % {"place": wrong[0]}, field)


@transaction.atomic
def keep_template(
    *, template: ReplyTemplate, version: int | None, by: "Staff", at: datetime
) -> None:
    """
    Store a reply template, new or changed.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepCase: if a place stands for nothing, or the name is taken.
    :raises EditedMeanwhile: if somebody else changed the same since ``version``.
    """
    require(by, RULES)
    for field in ("text", "text_en"):
        refuse_wrong_places(getattr(template, field), field)
    namesakes = ReplyTemplate.objects.filter(
        kind=template.kind, name=template.name, removed_at__isnull=True
    )
    if namesakes.exclude(pk=template.pk).exists():
        raise UnableToKeepCase(_("Another template of this kind has this name."), "name")
    if template._state.adding:
        create_record(template, by=by, at=at)
    else:
        save_record(template, version=version, by=by, at=at)


@transaction.atomic
def drop_template(*, template: ReplyTemplate, by: "Staff", at: datetime) -> None:
    """
    Offer a reply template no more; what was written with it stays.

    :raises PermissionDenied: if the role may not.
    """
    require(by, RULES)
    remove_record(template, by=by, at=at)
