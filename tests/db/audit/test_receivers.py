"""Exports and sign-ins are kept on record."""

from dakehu.audit.models import Access
from dakehu.common.events import announce
from dakehu.ui.events import RecordOpened, RecordsSearched, RowsExported


def test_an_export_is_recorded_without_what_was_typed(manager, at):
    announce(
        RowsExported(
            actor=manager,
            screen="customers:list",
            count=42,
            filters={"words": "13812345678", "kind": "GROUP"},
            at=at,
        )
    )

    trace = Access.objects.get()
    assert (trace.verb, trace.actor_id, trace.at) == ("EXPORTED", manager.pk, at)
    assert trace.detail == "customers:list 42 [kind,words]"


def test_a_sign_in_is_recorded(manager, sign_in):
    sign_in(manager)

    trace = Access.objects.get()
    assert (trace.verb, trace.actor_id) == ("SIGNED_IN", manager.pk)


def test_a_search_is_recorded_without_the_telephone_number(manager, at):
    announce(RecordsSearched(actor=manager, typed="zhang 13812345678", count=1, at=at))

    trace = Access.objects.get()
    assert (trace.verb, trace.detail) == ("SEARCHED", "zhang 138****5678 [1]")


def test_an_opened_record_is_recorded(manager, customers, at):
    announce(RecordOpened(actor=manager, subject=customers.own, at=at))

    trace = Access.objects.get()
    assert (trace.verb, trace.subject_id, trace.at) == ("VIEWED", customers.own.pk, at)
