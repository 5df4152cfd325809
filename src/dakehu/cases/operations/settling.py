"""What has to be settled before a case is closed or merged: its work orders (R5)."""

from django.utils.translation import gettext as _

from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.models import Case
from dakehu.cases.rules.ladder import has_open_order, needs_order


def refuse_open_orders(case: Case) -> None:
    """
    Pass in silence if every work order of a case is settled, and one was planned if it needs one.

    :raises UnableToKeepCase: otherwise, saying what to do.
    """
    orders = list(case.orders.order_by("pk"))
    states = [order.state for order in orders]
    if has_open_order(states):
        first = next(order for order in orders if order.is_open)
        words = _("The work order %(number)s is still open. Have it signed, or withdraw it first.")
        raise UnableToKeepCase(words % {"number": first.number})
    if needs_order([rung.rung for rung in case.rungs.all()], states):
        words = _("The case was raised to the rung on site: plan its work order first.")
        raise UnableToKeepCase(words)
