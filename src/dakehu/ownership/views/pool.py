"""The pool: customers whom nobody looks after, and claiming them (M3)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from dakehu.ownership import operations, queries, rules
from dakehu.ownership.errors import UnableToClaim
from dakehu.ownership.filters import PoolFilter
from dakehu.ownership.policies import CLAIMING
from dakehu.ownership.tables import PoolTable
from dakehu.people.policies import may, require
from dakehu.ui import lists
from dakehu.ui.responses import back

POOL = lists.ListScreen(
    name="ownership:pool",
    title=gettext_lazy("Customer pool"),
    permission="ownership.view",
    rows=queries.pool_visible_to,
    table=PoolTable,
    filterset=PoolFilter,
    sorts={"number": ("city_code", "number")},
    default_sort="number",
    icon="users-minus",
    help_text=gettext_lazy("Key customers and prospects of your unit whom nobody looks after."),
    empty_title=gettext_lazy("Everybody is looked after"),
    empty_text=gettext_lazy("Recalled customers, and new ones without a manager, appear here."),
    bulk=(
        lists.BulkAction(
            gettext_lazy("Claim"),
            "ownership:claim",
            CLAIMING,
            confirm=gettext_lazy("Look after the chosen customers from now on?"),
            icon="hand-grab",
        ),
        lists.BulkAction(
            gettext_lazy("Assign"), "ownership:assign_pool", "ownership.move", icon="user-check"
        ),
    ),
    actions=(
        lists.Action(
            gettext_lazy("Propose owners"), "bulb", "ownership:propose", "ownership.move"
        ),
    ),
)
MOST_NAMED = 5


@require_GET
def pool(request: HttpRequest) -> HttpResponseBase:
    """The pool of the person's unit, and how much they may still claim."""
    require(request.user, POOL.permission)
    context = {}
    if may(request.user, CLAIMING):
        on = timezone.localdate()
        numbers = queries.numbers_in_force(on=on)
        claims = queries.claims_of(request.user, on=on)
        context = {
            "claims": claims,
            "numbers": numbers,
            "left": rules.claimable(claims, numbers),
        }
    return lists.show(request, POOL, template="ownership/pool.html", **context)


@require_POST
def claim(request: HttpRequest) -> HttpResponse:
    """Take the chosen customers from the pool."""
    require(request.user, CLAIMING)
    ids = request.POST.getlist("ids") if request.POST.get("chosen") == "ids" else []
    asked = [int(typed) for typed in ids if typed.isascii() and typed.isdigit()]
    wanted = asked or list(lists.chosen(request, POOL).values_list("pk", flat=True))
    try:
        claimed = operations.claim_customers(numbers=wanted, by=request.user, at=timezone.now())
    except UnableToClaim as refusal:
        messages.error(request, str(refusal))
        return back(request, "ownership:pool")
    words = ngettext(
        "%(count)s customer is yours now.", "%(count)s customers are yours now.", claimed.taken
    )
    messages.success(request, words % {"count": claimed.taken})
    if claimed.lost:
        words = _("Somebody else was quicker with: %(names)s")
        names = _(", ").join(claimed.lost[:MOST_NAMED])
        messages.warning(request, words % {"names": names})
    return back(request, "ownership:pool")
