"""Fields that the operator adds: defined, ordered, filled in, logged, taken out of use."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from tests.factories.archive import CustomFieldFactory

from dakehu.audit.errors import EditedMeanwhile
from dakehu.audit.queries import changes_of
from dakehu.customers import operations, queries
from dakehu.customers.choices import CustomerKind, FieldType
from dakehu.customers.errors import UnableToDefineField
from dakehu.customers.models import Customer, CustomValue, Product

pytestmark = pytest.mark.django_db


def define(label, by, at, **values):
    field = operations.unsaved_field(
        **{"kind": CustomerKind.INDIVIDUAL, "label": label, "type": FieldType.TEXT, **values}
    )
    return operations.define_field(field=field, by=by, at=at)


def fill(customer, contents, *, by, at, version=None):
    known = Customer.objects.get(pk=customer.pk)
    return operations.set_custom_values(
        customer=known, contents=contents, version=version or known.version, by=by, at=at
    )


def test_a_field_gets_a_key_and_the_last_place(administrator, at):
    first = define("内部编号", administrator, at)
    second = define("内部编号", administrator, at)

    assert (first.key, second.key) == ("neibubianhao", "neibubianhao_2")
    assert list(queries.custom_fields(CustomerKind.INDIVIDUAL)) == [first, second]


def test_a_choice_needs_options(administrator, at):
    with pytest.raises(UnableToDefineField):
        define("上云意愿", administrator, at, type=FieldType.CHOICE)


def test_only_who_may_defines_fields(supervisor, at):
    with pytest.raises(PermissionDenied):
        define("内部编号", supervisor, at)


def test_fields_change_places(administrator, at):
    first, second, third = (define(label, administrator, at) for label in "甲乙丙")

    assert operations.move_field(field=third, is_up=True, by=administrator, at=at)
    assert not operations.move_field(field=first, is_up=True, by=administrator, at=at)

    assert list(queries.custom_fields(CustomerKind.INDIVIDUAL)) == [first, third, second]


@pytest.mark.parametrize(
    ("holds", "content"),
    [
        (FieldType.TEXT, "=1+1"),
        (FieldType.NUMBER, Decimal("12.5")),
        (FieldType.DATE, date(2026, 3, 1)),
        (FieldType.CHOICE, "强"),
        (FieldType.YES_NO, False),
    ],
)
def test_a_content_is_kept_by_its_type_and_logged(customers, manager, at, holds, content):
    field = CustomFieldFactory(key="one", type=holds, options=["强"])

    assert fill(customers.own, {"one": content}, by=manager, at=at)

    (change,) = changes_of(customers.own)
    assert queries.custom_contents(customers.own) == {field.pk: content}
    assert change.fields.keys() == {"custom_one"}
    assert Customer.objects.get(pk=customers.own.pk).version == 2


def test_an_emptied_content_leaves_no_row(customers, manager, at):
    CustomFieldFactory(key="one")
    fill(customers.own, {"one": "甲"}, by=manager, at=at)

    fill(customers.own, {"one": ""}, by=manager, at=at)

    assert not CustomValue.objects.exists()
    assert changes_of(customers.own).first().fields == {"custom_one": ["甲", None]}


def test_the_same_content_changes_nothing(customers, manager, at):
    CustomFieldFactory(key="one", type=FieldType.NUMBER)
    fill(customers.own, {"one": Decimal("10")}, by=manager, at=at)

    assert not fill(customers.own, {"one": Decimal("10.00")}, by=manager, at=at)


def test_fields_of_another_kind_are_left_alone(customers, manager, at):
    CustomFieldFactory(key="one", kind=CustomerKind.GROUP)

    assert not fill(customers.own, {"one": "甲"}, by=manager, at=at)


def test_a_stale_content_clashes_only_in_its_own_field(customers, manager, at):
    CustomFieldFactory(key="one")
    CustomFieldFactory(key="two")
    fill(customers.own, {"one": "甲", "two": ""}, by=manager, at=at)

    assert fill(customers.own, {"one": "甲", "two": "乙"}, by=manager, at=at, version=1)
    with pytest.raises(EditedMeanwhile) as clash:
        fill(customers.own, {"one": "丙", "two": "乙"}, by=manager, at=at, version=1)

    (field,) = clash.value.fields
    assert (field.name, field.before, field.theirs, field.yours) == ("custom_one", "", "甲", "丙")


def test_a_field_out_of_use_keeps_its_contents(customers, manager, administrator, at):
    field = CustomFieldFactory(key="one")
    fill(customers.own, {"one": "甲"}, by=manager, at=at)

    operations.remove_field(field=field, by=administrator, at=at)
    lines = queries.custom_lines(customers.own, language="zh-hans")
    with pytest.raises(Http404):
        queries.get_field(field.pk)
    operations.restore_field(field=queries.get_removed_field(field.pk), by=administrator, at=at)

    assert lines == []
    assert [line.content for line in queries.custom_lines(customers.own, language="en")] == ["甲"]


def test_a_label_is_shown_in_the_language_of_the_page():
    field = CustomFieldFactory(label="内部编号", label_en="Internal number")

    assert queries.label_in(field, "zh-hans") == "内部编号"
    assert queries.label_in(field, "en") == "Internal number"
    assert queries.label_in(CustomFieldFactory(label="甲"), "en") == "甲"


def test_a_product_code_gets_one_name(administrator, at):
    operations.describe_product(
        product=Product(code="NEW_ONE", name="新业务"), by=administrator, at=at
    )

    with pytest.raises(UnableToDefineField):
        operations.describe_product(
            product=Product(code="NEW_ONE", name="别名"), by=administrator, at=at
        )
    assert queries.product_names()["NEW_ONE"].name == "新业务"


def test_a_product_can_be_made_sticky(administrator, at):
    product = Product.objects.create(code="NEW_ONE", name="新业务")
    product.is_sticky = True

    operations.edit_product(product=product, version=1, by=administrator, at=at)

    assert changes_of(product).first().fields == {"is_sticky": [False, True]}
