"""What the operator sets up: own fields of customers' files, and names of products."""

import pytest
from django.urls import reverse
from tests.factories.archive import CustomFieldFactory

from dakehu.customers.models import CustomField, Product


def define(client, **values):
    typed = {"version": "1", "kind": "GROUP", "type": "TEXT", "label": "招标月份", **values}
    return client.post(reverse("customers:field_add"), typed)


def test_a_field_is_added_and_listed(sign_in, administrator):
    client = sign_in(administrator)

    response = define(client, type="CHOICE", options="强\n 一般 \n\n强\n弱", is_required="on")

    field = CustomField.objects.get()
    assert response.url == reverse("customers:field_list")
    assert (field.options, field.is_required) == (["强", "一般", "弱"], True)
    assert "招标月份" in client.get(response.url).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"label": ""},
        {"label": "长" * 61},
        {"kind": "PLANET"},
        {"type": "FILE"},
        {"type": "CHOICE", "options": "  "},
        {"type": "CHOICE", "options": "\n".join(map(str, range(51)))},
    ],
)
def test_a_field_that_makes_no_sense_is_refused(sign_in, administrator, wrong):
    assert define(sign_in(administrator), **wrong).status_code == 422
    assert not CustomField.objects.exists()


def test_kind_and_type_of_a_field_stay(sign_in, administrator):
    field = CustomFieldFactory(kind="GROUP", type="TEXT")
    url = reverse("customers:field_edit", args=[field.pk])

    sign_in(administrator).post(
        url, {"version": "1", "kind": "PROSPECT", "type": "DATE", "label": "新名"}
    )

    field.refresh_from_db()
    assert (field.kind, field.type, field.label) == ("GROUP", "TEXT", "新名")


def test_a_stale_edit_of_a_field_is_shown(sign_in, administrator):
    field = CustomFieldFactory(label="旧名")
    url = reverse("customers:field_edit", args=[field.pk])
    client = sign_in(administrator)
    client.post(url, {"version": "1", "label": "甲名"})

    response = client.post(url, {"version": "1", "label": "乙名"})

    assert response.status_code == 409
    assert "甲名" in response.content.decode()


def test_a_field_is_moved_removed_and_brought_back(sign_in, administrator):
    first, second = (CustomFieldFactory(position=place) for place in (10, 20))
    client = sign_in(administrator)

    client.post(reverse("customers:field_move", args=[second.pk]), {"to": "up"})
    client.post(reverse("customers:field_remove", args=[first.pk]))
    removed = client.get(reverse("customers:field_list")).content.decode()
    client.post(reverse("customers:field_restore", args=[first.pk]))

    second.refresh_from_db()
    first.refresh_from_db()
    assert second.position < first.position
    assert reverse("customers:field_restore", args=[first.pk]) in removed
    assert first.removed_at is None


def test_scripts_in_a_field_stay_text(sign_in, administrator):
    client = sign_in(administrator)
    define(client, label="<script>alert(1)</script>", help_text="<b>x</b>")

    text = client.get(reverse("customers:field_list")).content.decode()

    assert "<script>alert" not in text
    assert "<b>x</b>" not in text


def test_a_product_gets_a_name_and_keeps_its_code(sign_in, administrator):
    client = sign_in(administrator)
    client.post(
        reverse("customers:product_add"), {"version": "1", "code": "NEW_ONE", "name": "新业务"}
    )
    product = Product.objects.get(code="NEW_ONE")

    twice = client.post(
        reverse("customers:product_add"), {"version": "1", "code": "NEW_ONE", "name": "又一个"}
    )
    client.post(
        reverse("customers:product_edit", args=[product.pk]),
        {"version": "1", "code": "OTHER", "name": "改名", "is_sticky": "on"},
    )

    product.refresh_from_db()
    assert twice.status_code == 422
    assert (product.code, product.name, product.is_sticky) == ("NEW_ONE", "改名", True)


def test_products_are_shown_by_name_and_the_sticky_ones_held_or_not(sign_in, manager, customers):
    from tests.factories.customers import SubscriptionFactory

    SubscriptionFactory(customer=customers.own, product_code="MAIL_139")
    SubscriptionFactory(customer=customers.own, product_code="NOBODY_KNOWS")
    url = reverse("customers:products_panel", args=[customers.own.pk])

    text = sign_in(manager).get(url).content.decode()

    for said in ("139邮箱", "我I我家", "网龄回报", "NOBODY_KNOWS"):
        assert said in text
    assert text.count("tick-yes") == 1
