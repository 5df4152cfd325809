"""What products are called, and which of them bind (粘性业务)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, save_record
from dakehu.customers.errors import UnableToDefineField
from dakehu.customers.models import Product
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def describe_product(*, product: Product, by: "Staff", at: datetime) -> Product:
    """
    Give a product code a name.

    :raises PermissionDenied: if the role may not.
    :raises UnableToDefineField: if the code has a name already.
    """
    require(by, "customers.fields")
    if Product.objects.filter(code=product.code).exists():
        raise UnableToDefineField(_("This code has a name already."))
    return create_record(product, by=by, at=at)


@transaction.atomic
def edit_product(*, product: Product, version: int, by: "Staff", at: datetime) -> bool:
    """
    Store what changed about a product; its code stays.

    :raises PermissionDenied: if the role may not.
    :raises EditedMeanwhile: if somebody else changed the same since ``version``.
    """
    require(by, "customers.fields")
    return save_record(product, version=version, by=by, at=at)
