"""The demonstration has written to its customers, and some of them want nothing."""

from tests.factories.archive import ContactFactory
from tests.factories.customers import GroupFactory

from dakehu.demo.operations.messages import furnish_messages
from dakehu.outbox.models import Message, Refusal


def test_managers_have_written_and_refusals_are_noted_once(people, customers, at):
    for step in range(6):
        manager = people.manager if step % 2 else people.colleague
        group = GroupFactory(manager=manager, number=f"01G00071{step}", phone=f"1390000010{step}")
        ContactFactory(customer=group, phone=f"1390000000{step}")
    for _time in "ab":
        furnish_messages(book=None, administrator=people.administrator, at=at)

    messages = Message.objects.all()
    assert set(messages.values_list("state", flat=True)) == {"QUEUED", "WITHDRAWN"}
    assert len(set(messages.values_list("text", flat=True))) > 1
    assert not messages.filter(asked_at__gt=at).exists()
    assert Refusal.objects.count() == 2
