"""Products, capabilities and decisions in words."""

from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dakehu.channels.choices import Activity, Mark, Outcome, Way, Why
from dakehu.channels.queries.matrices import kept_body, newest_published
from dakehu.channels.values import Body, Capability, Decision, Facts, Product
from dakehu.clocks.choices import TimeUnit
from dakehu.clocks.values import Standard


def product_name(product: Product) -> str:
    """Return what a product is called in the language of the page."""
    is_chinese = (get_language() or "").startswith("zh")
    return product.name if is_chinese else product.name_en or product.name


def name_of(body: Body, code: str) -> str:
    """Return what a product is called; a code that the matrix does not know shows itself."""
    product = body.products.get(code)
    return product_name(product) if product else code


def names_of(body: Body, codes: tuple[str, ...]) -> str:
    """Return what some products are called, in a row."""
    return _(", ").join(name_of(body, code) for code in codes)


def capability_words(cell: Capability) -> list[str]:
    """Return what a channel does with a product, one line for each way."""
    lines = []
    for mark in Mark:
        found = [str(Activity(each).label) for each in Activity if cell.marks.get(each) == mark]
        if found:
            words = _("All") if len(found) == len(Activity) else _(", ").join(found)
            lines.append(_("%(how)s: %(what)s") % {"how": mark.label, "what": words})
    if len(cell.marks) < len(Activity):
        rest = _("%(way)s the rest") if lines else "%(way)s"
        lines.append(rest % {"way": Way(cell.otherwise).label})
    return lines


def limit_words(limit: Standard) -> str:
    """Return a claim limit in words."""
    return f"{limit.amount} {TimeUnit(limit.unit).label}"


def why_words(body: Body, facts: Facts, decision: Decision) -> Iterator[str]:
    """Yield why a contact was decided like that, sentence by sentence (promise 1)."""
    if decision.outcome == Outcome.KEPT:
        yield _(
            "No need is clear and going on is not wanted: it stays in the contact history, "
            "and nothing is routed."
        )
        return
    if decision.outcome == Outcome.COMPLETED:
        yield _("Rule 1: the contact channel may complete every product named itself.")
        if decision.follow_up:
            yield _("%(name)s hears of it, for later service and more sales.") % {
                "name": decision.follow_up.name
            }
        return
    if decision.direct:
        yield _(
            "Rule 1 does not apply: only %(direct)s could be completed here, and a contact is "
            "never divided."
        ) % {"direct": names_of(body, decision.direct)}
    yield from destination_words(facts, decision)
    if decision.beyond:
        yield _("Beware: no authority for %(products)s. The destination stays the same.") % {
            "products": names_of(body, decision.beyond)
        }


def destination_words(facts: Facts, decision: Decision) -> Iterator[str]:
    """Yield to whom a contact goes, and who joins."""
    if decision.outcome == Outcome.QUEUED or decision.receiver is None:
        yield _("Rule 4: nobody who could take it is there; the operations center decides.")
        return
    values = {"name": decision.receiver.name}
    if facts.manager is not None:
        yield _("Rule 2: the customer has an account manager; offered to %(name)s.") % values
    else:
        yield (
            _("Rule 3: no account manager; offered to %(name)s, a core partner of the area.")
            % values
        )
    if decision.stands_in_for:
        yield _("%(name)s stands in for %(away)s, who is away.") % {
            **values,
            "away": decision.stands_in_for.name,
        }
    if decision.watcher:
        yield _("%(name)s, telephone manager of the area, watches, reminds and measures.") % {
            "name": decision.watcher.name
        }
    if decision.helper:
        yield _("%(name)s may be added as helper; the account manager keeps the lead.") % {
            "name": decision.helper.name
        }


def passed_words(decision: Decision) -> list[str]:
    """Return who was passed over, and why."""
    return [
        _("%(name)s %(why)s") % {"name": each.candidate.name, "why": Why(each.why).label}
        for each in decision.passed_over
    ]


def product_choices() -> list[tuple[str, str]]:
    """Return the products of the newest version that holds or held, each with its name."""
    return [(each.code, product_name(each)) for each in newest_body().products.values()]


def newest_body() -> Body:
    """Return what the newest published version says; the names of products come from there."""
    return kept_body(*newest_published())
