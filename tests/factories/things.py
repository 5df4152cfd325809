"""What the addresses of the site are about: one thing of each kind, in one manager's reach."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings


@dataclass
class Things:
    """What the addresses are about."""

    customer: Any
    alert: Any
    delivery: Any
    run: Any
    people: Any
    archive: Any
    export: Any
    attachment: Any
    ownership: Any
    imported: Any
    team: Any
    file: Any
    duplicates: Any
    role: Any
    share: Any
    model: Any
    draft: Any
    trial: Any
    tiers: Any
    system: Any
    work: Any
    article: Any
    targets: Any
    calendars: Any
    case: Any
    order: Any
    care: Any
    catalogue: Any
    matrix: Any
    owed: Any
    outbox: Any
    opportunity: Any
    contract: Any
    wording: Any
    sales_order: Any
    surveys: Any
    hooks: Any
    campaigns: Any


def make_things(people: Any, customers: Any) -> Things:
    """Make the manager's alert, a run and a delivery of city 01."""
    from tests.factories.archive import make_archive
    from tests.factories.attachments import attach
    from tests.factories.calendars import make_calendars
    from tests.factories.care import make_care
    from tests.factories.cases import make_case
    from tests.factories.catalogue import make_catalogue
    from tests.factories.channels import draft_of_matrix
    from tests.factories.duplicates import make_duplicates
    from tests.factories.exports import ask
    from tests.factories.imports import start_import
    from tests.factories.models import make_model
    from tests.factories.obligations import make_owed
    from tests.factories.opportunities import make_wants
    from tests.factories.orders import make_sent
    from tests.factories.ownership import make_ownership
    from tests.factories.people import UnitFactory, make_file
    from tests.factories.rights import make_role, make_share
    from tests.factories.tiering import make_tiers
    from tests.factories.work import make_work

    day, instant = date(2026, 3, 1), datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
    run = make_run(day=day, at=instant)
    return Things(
        customers.own,
        make_alert(customers, people.manager, day=day),
        make_delivery(run, day=day, at=instant),
        run,
        people,
        make_archive(people, customers),
        ask(people.manager),
        attach(customers.own, people.manager),
        ownership=make_ownership(people),
        imported=start_import(people.supervisor, at=instant),
        team=UnitFactory(kind="TEAM", parent=people.units.district),
        file=make_file(people.units.district),
        duplicates=make_duplicates(people, at=instant),
        role=make_role(),
        share=make_share(people, customers.colleagues),
        model=make_model(settings.HOME, at=instant),
        draft=make_draft(people),
        trial=make_trial(people, day=day, at=instant),
        tiers=make_tiers(people, customers.own, at=instant),
        calendars=make_calendars(people),
        care=make_care(people, customers, at=instant),
        catalogue=make_catalogue(people, at=instant),
        outbox=make_messages(people, customers.own, at=instant),
        **make_wants(people, customers.own),
        **make_asked(people, customers.own, at=instant),
        matrix=draft_of_matrix(people.operations_center, at=instant),
        owed=make_owed(people, customers.own),
        work=make_work(people.manager, customer=customers.own, at=instant),
        article=make_published(people, at=instant),
        case=make_case(people.hotline_agent, customer=customers.own, at=instant),
        order=make_sent(people, customers.own),
        targets=make_aims(people, customers.own, at=instant),
        **make_systems(people, at=instant),
    )


def make_messages(people: Any, customer: Any, *, at: datetime) -> Any:
    """Make a message to the manager's customer, and a refusal."""
    from tests.factories.outbox import make_outbox

    return make_outbox(people, customer, at=at)


def make_systems(people: Any, *, at: datetime) -> dict[str, Any]:
    """Make a system that comes in by a key, and one that is told of an event."""
    from tests.factories.hooks import make_told
    from tests.factories.reports import make_client

    system, _key = make_client(people, people.units.headquarters, at=at)
    return {"system": system, "hooks": make_told(people, at=at)}


def make_asked(people: Any, customer: Any, *, at: datetime) -> dict[str, Any]:
    """Make surveys and campaigns that are drafted and that run, about one customer."""
    from tests.factories.campaigns import make_campaigns
    from tests.factories.surveys import make_surveys

    return {
        "surveys": make_surveys(people, customer, at=at),
        "campaigns": make_campaigns(people, customer, at=at),
    }


def make_run(*, day: date, at: datetime) -> Any:
    """Return a run of one night."""
    from dakehu.exchange.models import Run

    return Run.objects.create(
        kind="NIGHTLY", first_day=day, last_day=day, started_at=at, host="h", pid=1
    )


def make_alert(customers: Any, owner: Any, *, day: date) -> Any:
    """Make an alert on the manager's customer."""
    from dakehu.alerts.models import Alert

    return Alert.objects.create(
        rule="W04",
        customer=customers.own,
        city_code="01",
        unit=customers.own.unit,
        owner=owner,
        opened_day=day,
        last_day=day,
        a=1,
        b=2,
    )


def make_published(people: Any, *, at: datetime) -> Any:
    """Make an article that everybody may read."""
    from tests.factories.knowledge import make_article

    return make_article(people, at=at)


def make_aims(people: Any, customer: Any, *, at: datetime) -> Any:
    """Make a draft of a target group, and a locked one that is handed out."""
    from tests.factories.targets import make_targets

    return make_targets(people, customer, at=at)


def make_draft(people: Any) -> Any:
    """Make a draft of the numbers of the warnings."""
    from tests.factories.numbers import draft

    from dakehu.alerts.values import NumberBook

    return draft(NumberBook(), people)


def make_trial(people: Any, *, day: date, at: datetime) -> Any:
    """Make a preview that waits for a worker."""
    from dakehu.alerts.operations import Wish, ask_for_trial

    wish = Wish("PREVIEW", 1, day, day)
    return ask_for_trial(wish=wish, by=people.operations_center, at=at)


def make_delivery(run: Any, *, day: date, at: datetime) -> Any:
    """Make an accepted delivery of city 01."""
    from dakehu.exchange.models import Delivery

    return Delivery.objects.create(
        dialect="dakehu-1",
        city_code="01",
        day=day,
        send=0,
        fingerprint="f" * 64,
        state="ACCEPTED",
        taken_at=at,
        run=run,
        receipt={"send": 0, "scope": "", "dialect": "dakehu-1", "refusal": None},
    )
