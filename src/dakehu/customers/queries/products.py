"""Products by name, and which of them a customer holds (粘性业务, V1)."""

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import get_language

from dakehu.customers.models import Customer, Product, Subscription
from dakehu.customers.queries.customers import subscriptions_of
from dakehu.customers.values import HeldProduct, StickyProduct


def products() -> QuerySet[Product]:
    """Return the products that somebody described, for any actor."""
    return Product.objects.filter(removed_at__isnull=True).order_by("code")


def get_product(pk: int) -> Product:
    """
    Return one described product.

    :raises Http404: if there is none of that number.
    """
    found = products().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def product_names() -> dict[str, Product]:
    """Return the described products by code."""
    return {product.code: product for product in products()}


def names_by_code() -> dict[str, str]:
    """Return what the described products are called in the language of the page, by code."""
    language = get_language() or ""
    return {
        code: name_in(product, code=code, language=language)
        for code, product in product_names().items()
    }


def name_in(product: Product | None, *, code: str, language: str) -> str:
    """Return a product's name in a language; a code that nobody described shows itself."""
    if product is None:
        return code
    return product.name if language.startswith("zh") else product.name_en or product.name


def held_products(customer: Customer, *, language: str) -> list[HeldProduct]:
    """Return the products of a customer by name, those still held first (V1)."""
    named = product_names()
    return [
        held_product(subscription, named.get(subscription.product_code), language)
        for subscription in subscriptions_of(customer)
    ]


def held_product(
    subscription: Subscription, product: Product | None, language: str
) -> HeldProduct:
    """Return one held product with its name."""
    return HeldProduct(
        name=name_in(product, code=subscription.product_code, language=language),
        code=subscription.product_code,
        is_sticky=bool(product and product.is_sticky),
        since=subscription.since if subscription.is_start_known else None,
        until=subscription.until,
    )


def sticky_products(customer: Customer, *, language: str) -> list[StickyProduct]:
    """Return every sticky product, and since when the customer holds it, if so (粘性业务)."""
    held = {each.product_code: each for each in subscriptions_of(customer) if each.until is None}
    found = []
    for product in products().filter(is_sticky=True):
        subscription = held.get(product.code)
        is_known = subscription is not None and subscription.is_start_known
        found.append(
            StickyProduct(
                name=name_in(product, code=product.code, language=language),
                is_held=subscription is not None,
                since=subscription.since if subscription and is_known else None,
            )
        )
    return found
