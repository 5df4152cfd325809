"""
The change log is complete: every business record, on every way by which it is written (P8).

Each scenario takes one way (form, bulk, import, job, merge, load) and is watched: whatever row it
adds, changes or removes must stand in the log, with every field that got another value. A model
that is neither watched nor excused fails, and so does a watched one that no scenario writes.
"""

from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from tests.db.change_log import (
    by_articles,  # noqa: F401 - its scenarios
    by_campaigns,  # noqa: F401 - its scenarios
    by_care,  # noqa: F401 - its scenarios
    by_cases,  # noqa: F401 - its scenarios
    by_channels,  # noqa: F401 - its scenarios
    by_clocks,  # noqa: F401 - its scenarios
    by_form,  # noqa: F401 - its scenarios
    by_hooks,  # noqa: F401 - its scenarios
    by_many,  # noqa: F401 - its scenarios
    by_messages,  # noqa: F401 - its scenarios
    by_opportunities,  # noqa: F401 - its scenarios
    by_surveys,  # noqa: F401 - its scenarios
    by_targets,  # noqa: F401 - its scenarios
    by_tiers,  # noqa: F401 - its scenarios
)
from tests.db.change_log.scenarios import PATHS, SCENARIOS
from tests.factories.watching import unlogged

LOGGED = frozenset(
    {
        "alerts.alert",
        "alerts.askingrule",
        "alerts.numberset",
        "catalogue.service",
        "catalogue.serviceversion",
        "channels.matrixversion",
        "cases.case",
        "cases.caselink",
        "cases.coveragestage",
        "care.event",
        "care.festival",
        "care.greeting",
        "care.invitation",
        "care.report",
        "care.unwanted",
        "care.visit",
        "cases.faultnotice",
        "cases.replytemplate",
        "cases.supportorder",
        "cases.workorder",
        "care.wording",
        "customers.address",
        "customers.anniversary",
        "customers.contact",
        "customers.customer",
        "customers.customfield",
        "customers.customvalue",
        "campaigns.campaign",
        "campaigns.campaignrow",
        "customers.duplicatepair",
        "customers.gift",
        "customers.groupprofile",
        "customers.marketnote",
        "customers.opinion",
        "customers.personprofile",
        "customers.product",
        "files.attachment",
        "files.exportrequest",
        "hooks.eventsubscription",
        "messaging.articleversion",
        "messaging.articlevote",
        "obligations.launch",
        "obligations.obligation",
        "obligations.provision",
        "obligations.reward",
        "obligations.trial",
        "opportunities.contract",
        "opportunities.opportunity",
        "opportunities.orderrow",
        "opportunities.papercheck",
        "opportunities.salesorder",
        "opportunities.solution",
        "opportunities.solutiontemplate",
        "outbox.contactlimit",
        "outbox.message",
        "outbox.refusal",
        "ownership.ownerrule",
        "people.businessauthority",
        "people.leave",
        "people.partnerarea",
        "people.post",
        "people.share",
        "people.skill",
        "people.staff",
        "people.storedrole",
        "people.training",
        "people.unit",
        "people.unitduty",
        "ranking.rankingmodel",
        "signin.apiclient",
        "surveys.question",
        "surveys.survey",
        "surveys.surveyinvitation",
        "targets.handout",
        "targets.targetgroup",
        "tiering.assessment",
        "tiering.cohort",
        "tiering.level",
        "tiering.levelgrant",
        "tiering.levelmapping",
        "tiering.measure",
        "tiering.ruleset",
        "tiering.scheme",
        "worklist.todo",
        "clocks.announcedyear",
        "clocks.calendarday",
        "clocks.calendarhours",
        "clocks.clock",
        "clocks.clockpause",
        "worklist.workcategory",
        "worklist.workentry",
    }
)
EXCUSED = {
    "surveys.surveyanswer": "is itself what a customer answered, and never changed",
    "cases.batchrow": "is itself the record of what came of a row, and by whom",
    "cases.returnvisit": "is itself the record of what a customer said, and never changed",
    "outbox.approach": "is itself the record of a contact; what it was about is logged",
    "outbox.knock": "a count of one minute; where somebody sits is nobody's business here",
    "cases.caserung": "is itself the record of raising a case, and never changed",
    "cases.orderstep": "is itself the record of a move of an order, and never changed",
    "cases.caseact": "is itself the record of an act, and never changed",
    "alerts.handling": "is itself the record of an act, and never changed",
    "alerts.trial": "is itself the record of a trial: who, when, which numbers, what came of it",
    "alerts.trialalert": "what a trial found, worked out from facts",
    "alerts.leavingreport": "is itself the record of what another system said",
    "ranking.trainingrun": "is itself the record of a training: who, when, what came of it",
    "audit.access": "a log",
    "audit.change": "the log",
    "audit.seal": "proves the logs",
    "channels.matrix": "reference data of the installation",
    "clocks.clocknotice": "is itself the record of what a clock raised, and of who was asked",
    "clocks.recount": "the book of what changes of calendars did to clocks; those are logged",
    "clocks.deadlinemove": "what a recount moved; the clock is logged",
    "customers.contactwords": "follows from the person, for search",
    "customers.customermonth": "a fact that the city delivers, kept by data day in the files",
    "customers.customerwords": "follows from the customer, for search",
    "customers.merger": "is itself the record of an act, with what it moved",
    "customers.sequence": "a counter",
    "customers.servicelog": "a fact that the city delivers",
    "customers.subscription": "a fact that the city delivers",
    "exchange.citystat": "book of the exchange",
    "exchange.deliveredinterface": "book of the exchange",
    "exchange.delivery": "book of the exchange",
    "exchange.deliveryfile": "book of the exchange",
    "exchange.evaluatedday": "book of the exchange",
    "exchange.livepartition": "book of the exchange",
    "exchange.pendingday": "book of the exchange",
    "exchange.run": "book of the exchange",
    "exchange.runstep": "book of the exchange",
    "exchange.unitfigure": "worked out every night",
    "exchange.worker": "a sign of life",
    "files.importrow": "what stood in a file, with what it made of each record",
    "files.importrun": "the book of an import; the records it writes are logged",
    "hooks.attempt": "is itself the record of a try, and never changed",
    "hooks.delivery": "how far an event is on its way; its tries are kept",
    "hooks.event": "is itself the record of what happened to an object that is logged",
    "hooks.pulse": "how a system answered lately",
    "live.ring": "calls a person to a to-do for some minutes; the to-do is logged",
    "messaging.article": "holds its versions together and counts readings; those are logged",
    "messaging.articlereading": "that somebody read an article, counted",
    "obligations.act": "is itself the record of an act: who, when, by which evidence",
    "opportunities.consent": "is itself the record of what somebody outside agreed to, and when",
    "opportunities.salevisit": "is itself the record of what a customer said, and never changed",
    "opportunities.supportlink": "ties an order of support to its opportunity; a hop tells it",
    "opportunities.hop": "is itself the record of a move, and only ever added to",
    "opportunities.offer": "who was asked; how it began and ended stands in the passport",
    "ownership.move": "is itself the record of an act: who, when, why, what came of it",
    "ownership.moveline": "the history of ownership itself",
    "ownership.receipt": "is itself the record of an act",
    "people.unitplace": "the history of the tree itself",
    "ranking.customerrank": "worked out every night",
    "ranking.rankedday": "book of what the nights ranked",
    "signin.apiuse": "counts requests",
    "signin.signin": "the book of sessions",
    "signin.usedpassword": "hashes of passwords, told as a change of the person",
    "targets.handouttask": "follows from its hand-out; what is recorded of it is logged",
    "targets.targetmember": "periods that keep their own history",
    "targets.targetreading": "the book of readings",
    "targets.targetwork": "how far background work is",
    "tiering.cohortday": "the book of followed days",
    "tiering.cohortstay": "periods that keep their own history",
    "tiering.cohortwork": "how far background work is",
    "tiering.evaluation": "the book of evaluations",
    "tiering.evaluationrun": "the book of evaluations that somebody asked for",
    "tiering.simulatedmove": "what rules would do; nothing of it counts",
    "tiering.simulation": "the book of simulations",
    "tiering.standing": "periods that keep their own history",
    "tiering.tiermove": "follows from an evaluation, and is never changed",
    "ui.columnset": "a person's own view",
    "ui.savedview": "a person's own view",
}
OVER = object()


@pytest.fixture
def world(home, people, customers, at, finish_work, english) -> Any:
    """People, customers, and the hands that write."""
    from tests.factories.imports import Importer

    return SimpleNamespace(
        home=home,
        people=people,
        customers=customers,
        at=at,
        by=people.administrator,
        importer=Importer(people.administrator, at, finish_work),
    )


@pytest.mark.parametrize("name", SCENARIOS)
def test_whatever_is_written_stands_in_the_log(world, name):
    act, models = SCENARIOS[name]
    acting = act(world)
    next(acting)

    written: set[str] = set()
    steps = iter(lambda: unlogged(LOGGED, lambda: next(acting, OVER)), None)
    for step in steps:
        written |= step.touched
        assert step.missing == []
        if step.answer is OVER:
            break
    assert written == models


def test_every_model_is_watched_or_excused():
    ours = {
        model._meta.label_lower
        for model in apps.get_models()
        if model.__module__.startswith("dakehu.")
    }

    assert ours - LOGGED == EXCUSED.keys()
    assert all(EXCUSED.values())


def test_every_watched_model_is_written_and_every_way_is_taken():
    written = frozenset().union(*(models for _act, models in SCENARIOS.values()))

    assert written == LOGGED
    assert {name.partition(":")[0] for name in SCENARIOS} == set(PATHS)
