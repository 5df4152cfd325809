"""The addresses of opportunities in the permission matrix (:mod:`tests.web.permission_matrix`)."""

from typing import Any

from tests.web.asked import ABOVE, LEADERS, NEAR_MANAGER, NOBODY, Address

# Offered to the manager, taken in by the hotline, of the manager's customer.
REACHED = NEAR_MANAGER
# Who has it, took it in, or hands out.
EDITORS = LEADERS | ABOVE | {"manager", "hotline_agent"}


def of_opportunity(things: Any) -> list[Any]:
    return [things.opportunity.pk]


def of_contract(things: Any) -> list[Any]:
    return [things.contract.pk]


def of_paper(things: Any) -> list[Any]:
    return ["contract", things.contract.pk]


def contract(**options: Any) -> Address:
    """Return an address about a contract of what the manager has claimed."""
    near = LEADERS | ABOVE | {"manager"}
    return Address("opportunities.handle", near, **{"arguments": of_contract, **options})


def about(permission: str, **options: Any) -> Address:
    """Return an address about the opportunity that is offered to the manager."""
    return Address(permission, REACHED, arguments=of_opportunity, **options)


def selling() -> Address:
    """Return an address that goes on with the opportunity after the claim."""
    return Address(
        "opportunities.handle",
        LEADERS | ABOVE,
        post={},
        posted=422,
        arguments=of_opportunity,
    )


def wording(permission: str, **options: Any) -> Address:
    """Return an address about a draft of the words of solutions."""
    return Address(permission, arguments=lambda things: [things.wording.pk], **options)


OPPORTUNITIES: dict[str, Address] = {
    "opportunities:list": Address("opportunities.view"),
    "opportunities:intake": Address("opportunities.create", post={}, posted=422),
    "opportunities:known": Address("opportunities.create"),
    "opportunities:center": Address("opportunities.assign"),
    "opportunities:customer_panel": Address(
        "opportunities.view", NEAR_MANAGER, arguments=lambda things: [things.customer.pk]
    ),
    # Whoever sees the visit itself; who is told of no visits finds none.
    "opportunities:visit_panel": Address(
        "opportunities.view",
        NEAR_MANAGER - {"engineer", "hall_clerk", "hotline_agent"},
        arguments=lambda things: [things.care.visit.pk],
    ),
    "opportunities:detail": about("opportunities.view"),
    "opportunities:note": about("opportunities.view", get=None, post={}, posted=422),
    "opportunities:claim": about("opportunities.handle", get=None, post={}),
    "opportunities:give_back": about("opportunities.handle", post={}, posted=422),
    "opportunities:give_up": about("opportunities.handle", post={}, posted=422),
    "opportunities:take_back": about("opportunities.assign", post={}, posted=422),
    "opportunities:elements": Address(
        "opportunities.handle", EDITORS, post={}, posted=422, arguments=of_opportunity
    ),
    "opportunities:companions": about("opportunities.assign", post={}, posted=422),
    "opportunities:figures": Address("opportunities.view"),
    "opportunities:simulation_panel": Address(
        "channels.rules", arguments=lambda things: [things.matrix.number]
    ),
    "opportunities:board": Address("opportunities.handle"),
    # A drop names the opportunity among what is sent; without one it drops nothing anywhere.
    "opportunities:board_drop": Address("opportunities.handle", NOBODY, get=None, post={}),
    # Offered, and not claimed yet: only who hands out may go on with it.
    "opportunities:stage": selling(),
    "opportunities:papers_panel": about("opportunities.view"),
    "opportunities:solution_new": selling(),
    "opportunities:contract_new": selling(),
    "opportunities:meeting_new": selling(),
    "opportunities:batch_new": selling(),
    "opportunities:support_new": selling(),
    "opportunities:template_list": Address("opportunities.handle"),
    "opportunities:template_new": Address("opportunities.assign", post={}, posted=422),
    "opportunities:template": wording("opportunities.handle"),
    "opportunities:template_change": wording("opportunities.assign", post={}, posted=422),
    "opportunities:template_next": wording("opportunities.assign", post={}, posted=422),
    "opportunities:template_release": wording("opportunities.approve", get=None, post={}),
    "opportunities:template_withdraw": wording("opportunities.assign", get=None, post={}),
    "opportunities:visit_new": selling(),
    "opportunities:visits_panel": about("opportunities.view"),
    "opportunities:visit_list": Address("opportunities.handle"),
    "opportunities:ask": Address(post={}, posted=422),
    "opportunities:partner_list": Address("opportunities.handle"),
    "opportunities:link_panel": about("opportunities.view"),
    "opportunities:orders_panel": about("opportunities.view"),
    # Offered, and not claimed yet: only who hands out may go on with it.
    "opportunities:check": selling(),
    "opportunities:order": Address(
        "opportunities.handle", LEADERS | ABOVE, get=None, post={}, arguments=of_opportunity
    ),
    "opportunities:order_answer": Address(
        "opportunities.assign",
        REACHED,
        post={},
        posted=422,
        arguments=lambda things: [things.sales_order.pk],
    ),
    "opportunities:contract_list": Address("opportunities.view"),
    "opportunities:contract_sign": contract(post={}, posted=422),
    "opportunities:contract_renew": Address(
        "opportunities.create", REACHED, get=None, post={}, arguments=of_contract
    ),
    "opportunities:contract_end": contract(post={}, posted=422),
    "opportunities:paper": Address("opportunities.view", REACHED, arguments=of_paper),
    "opportunities:paper_change": contract(post={}, posted=422, arguments=of_paper),
    "opportunities:paper_propose": contract(get=None, post={}, arguments=of_paper),
    "opportunities:paper_withdraw": contract(post={}, posted=422, arguments=of_paper),
    "opportunities:paper_release": Address(
        "opportunities.approve", REACHED, get=None, post={}, arguments=of_paper
    ),
    "opportunities:paper_send_back": Address(
        "opportunities.approve", REACHED, post={}, posted=422, arguments=of_paper
    ),
    "opportunities:paper_document": Address(
        "files.attach", REACHED, get=None, post={}, arguments=of_paper
    ),
    "opportunities:takers": about("opportunities.assign"),
    "opportunities:assign": about("opportunities.assign", post={}, posted=422),
}
