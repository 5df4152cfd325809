"""What the lists export comes back unchanged, in plain or masked, in either language."""

from datetime import UTC, date, datetime

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import get_resolver
from django.utils import translation
from tests.factories.archive import ContactFactory, CustomFieldFactory, ProspectFactory
from tests.factories.imports import counts
from tests.factories.knowledge import make_article

from dakehu.customers.models import Anniversary, CustomValue, Gift, GroupProfile
from dakehu.ui.lists import exports, pages, screen_named
from dakehu.ui.lists.addresses import Address

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def exported(actor, name: str, *, plain: bool = False) -> bytes:
    """Return the workbook that a list hands out, with every column it has."""
    get_resolver().url_patterns  # noqa: B018 - the lists are known once the addresses are
    screen = screen_named(name)
    request = RequestFactory().get("/")
    request.user = actor
    names = ",".join(screen.table.base_columns)
    content = pages.ListContent(request, screen, Address.of(QueryDict(f"columns={names}")))
    table = content.table_of(content.ordered_rows(most=1000))
    columns = exports.exported_columns(table)
    head = exports.Head(str(screen.title), actor.name, AT, "City: 01", "cut")
    file, _count = exports.workbook_of(
        head, columns, exports.lines_of(table, columns, plain=plain)
    )
    with file:
        return file.read()


@pytest.fixture
def full(customers, people):
    """Customers with everything that their lists show."""
    own = customers.own
    own.contract_name, own.contract_end = "两年合约", date(2027, 5, 1)
    own.credit_limit_fen, own.group, own.status = 50_050, customers.group, 1
    own.save()
    GroupProfile.objects.filter(customer=customers.group).update(
        strategic="provincial", admin_level="county", tax_rank=12
    )
    prospect = ProspectFactory(manager=people.manager, name="新材料公司")
    for kind, customer in (
        ("INDIVIDUAL", own),
        ("GROUP", customers.group),
        ("PROSPECT", prospect),
    ):
        field = CustomFieldFactory(kind=kind, key="no", label="内部编号", label_en="")
        CustomValue.objects.create(customer=customer, field=field, text="=1+1")
        field = CustomFieldFactory(kind=kind, key="yes", label="同意", label_en="", type="YES_NO")
        CustomValue.objects.create(customer=customer, field=field, yes=False)
    ContactFactory(customer=customers.group, gift_wishes="=茶", member=own, is_primary=True)
    # Two of the same name, apart by their numbers.
    ContactFactory(customer=customers.group, role="USER", email="guo@example.com", gender="M")
    member = customers.group.contacts.first()
    for contact in (member, None):
        Gift.objects.create(
            customer=customers.group,
            contact=contact,
            on=date(2026, 2, 1),
            what="茶叶",
            occasion="=春节",
            value_fen=12_050,
            staff=people.manager,
        )
    Anniversary.objects.create(
        customer=prospect, title="开业", on=date(2015, 5, 1), calendar="lunar"
    )
    Anniversary.objects.create(
        customer=customers.group, contact=member, title="生日", on=date(1980, 5, 1)
    )
    ContactFactory(customer=prospect, role="LEADER", influence="DECIDES", birth_date=None)
    make_article(people, channels=" HOTLINE HALL ", product_code="OLD", body="=先问\n\n不要承诺")
    return customers


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    ("list_name", "name"),
    [
        ("customers:individual_list", "individuals"),
        ("customers:group_list", "groups"),
        ("customers:prospect_list", "prospects"),
        ("customers:contact_list", "contacts"),
        ("customers:gift_list", "gifts"),
        ("customers:day_list", "days"),
        ("people:staff_list", "staff"),
        ("messaging:article_list", "articles"),
    ],
)
def test_an_export_comes_back_unchanged(importer, full, list_name, name, language, plain):
    with translation.override(language):
        content = exported(importer.by, list_name, plain=plain)

    run = importer.check(name, content)

    assert run.rows > 0
    assert counts(run) == (0, 0, run.rows, 0)
