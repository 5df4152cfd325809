"""Who calls whom, what a text costs, what a call leads to."""

from collections.abc import Iterable, Sequence

from dakehu.campaigns.values import Judged

MOST_CUSTOMERS = 10_000
MOST_TRIES = 3
"""After so many calls that reached nobody a customer is called no more."""
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The letters that an SMS sends in seven bits; each of the others below takes two places."""
EXTENDED = frozenset("^{}\\[~]|€\f")


def sms_parts(text: str) -> int:
    """
    Return into how many messages a telephone network cuts a text.

    160 places of the basic letters in one, 153 each in several; with any other letter, such as
    every Chinese one, 70 in one and 67 each in several.
    """
    if not text:
        return 0
    if all(letter in BASIC or letter in EXTENDED for letter in text):
        size = sum(2 if letter in EXTENDED else 1 for letter in text)
        single, several = 160, 153
    else:
        size = len(text.encode("utf-16-be")) // 2
        single, several = 70, 67
    return 1 if size <= single else -(-size // several)


def cost_of(form: str, customers: int, *, parts: int, sms_fen: int, call_fen: int) -> int:
    """Return what contacting customers costs, in fen."""
    each = {
        "CALL": call_fen,
        "SMS": parts * sms_fen,
        "EMAIL": 0,
        "SMS_CALL": parts * sms_fen + call_fen,
    }
    return customers * each[form]


def spread(
    customers: Iterable[Judged], team: Sequence[int], *, to_owner: bool
) -> dict[int, int | None]:
    """
    Return who calls each customer.

    To whoever looks after them, or evenly to a team; who has nobody to look after them goes to
    the team either way. Of a team, whoever has the fewest is next, the first of them first.
    """
    found: dict[int, int | None] = {}
    loads = dict.fromkeys(team, 0)
    for each in customers:
        if to_owner and each.manager_id is not None:
            found[each.customer_id] = each.manager_id
            continue
        least = min(loads, key=lambda one: loads[one]) if loads else None
        if least is not None:
            loads[least] += 1
        found[each.customer_id] = least
    return found


def state_after(result: str, tries: int) -> str:
    """Return where a customer stands after a call; ``tries`` counts this one."""
    if result == "AGAIN":
        return "AGAIN"
    if result == "UNREACHED" and tries < MOST_TRIES:
        return "OPEN"
    return "DONE"


def replies_in(text: str) -> list[str]:
    """Return the replies to choose from that were typed, one a line, each once."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def codes_in(text: str) -> tuple[str, ...]:
    """Return the products that a campaign names."""
    return tuple(text.split())
