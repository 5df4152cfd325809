"""
What a send number means: first delivery, re-send that replaces, repetition, or too late.

A higher number replaces; the same delivery twice has no effect; a lower number after a higher one
is refused, since it would bring back what the sender has replaced (F5).
"""

from collections.abc import Iterable

from dakehu.exchange.values import EnvelopeRefusal, Manifest, SendVerdict, TakenSend
from dakehu.facts.intake.values import Refusal


def judge_send(
    manifest: Manifest, taken: Iterable[TakenSend]
) -> tuple[SendVerdict, Refusal | None]:
    """
    Judge a delivery against the sends taken before for the same city, day and scope.

    Refused deliveries are not among ``taken``: a sender may mend and repeat them.
    """
    send, before = manifest.announcement.send, sorted(taken)
    if any(one.send == send and one.fingerprint == manifest.fingerprint for one in before):
        return (SendVerdict.ALREADY_TAKEN, None)
    highest = max((one.send for one in before), default=-1)
    if send < highest:
        parameters = {"send": f"{send:02d}", "taken": f"{highest:02d}"}
        return (SendVerdict.REFUSE, Refusal(EnvelopeRefusal.SUPERSEDED, parameters))
    if send == highest:
        # A mended delivery under the same number could not be told from a damaged copy.
        parameters = {"send": f"{send:02d}", "next": f"{send + 1:02d}"}
        return (SendVerdict.REFUSE, Refusal(EnvelopeRefusal.SEND_REUSED, parameters))
    return (SendVerdict.TAKE, None)
