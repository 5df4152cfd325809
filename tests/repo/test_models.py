"""What every model keeps: a name in the glossary, its migration, whole pairs, room for choices."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.utils import translation
from tools.stages import ROOT

GLOSSARY = ROOT / "GLOSSARY.md"
# Pairs that may be half empty, and why.
HALF_PAIRS = {
    "alerts.Trial.asked": "the operator at the terminal is no member of staff",
    "opportunities.OrderRow.answered": "the billing system may answer by itself",
    "opportunities.Opportunity.captured": "another system may take one in",
    "campaigns.Campaign.ended": "its period may end by itself",
    "clocks.Clock.stopped": "another system, or a message that came in, may answer",
    "clocks.ClockPause.paused": "what waits for a customer may be paused by a rule",
    "clocks.ClockPause.resumed": "a message that came in may end a pause",
    "outbox.Message.asked": "some messages leave by themselves, such as greetings",
    "worklist.Todo.closed": "the night closes what has settled itself; nobody closed it",
}


def own_models() -> list[type[models.Model]]:
    """Return the models of the product."""
    return [model for model in apps.get_models() if model.__module__.startswith("dakehu.")]


def constrained_fields(model: type[models.Model]) -> set[str]:
    """Return the fields that check constraints of a model speak of."""
    conditions = [
        constraint.condition
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    ]
    leaves = [leaf for condition in conditions for leaf in condition.flatten()]
    pairs = [child for leaf in leaves for child in getattr(leaf, "children", ())]
    return {child[0].partition("__")[0] for child in pairs if isinstance(child, tuple)}


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_the_glossary_has_every_model(model):
    named = set(re.findall(r"`(\w+)`", GLOSSARY.read_text(encoding="utf-8")))

    assert model.__name__ in named


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_what_was_done_and_who_did_it_are_known_together(model):
    names = {field.name: getattr(field, "null", False) for field in model._meta.get_fields()}
    done = [name.removesuffix("_at") for name in names if name.endswith("_at")]
    pairs = [
        name
        for name in done
        if f"{name}_by" in names and (names[f"{name}_at"] or names[f"{name}_by"])
    ]
    checked = constrained_fields(model)

    for pair in pairs:
        both = {f"{pair}_at", f"{pair}_by"}
        assert both <= checked or f"{model._meta.label}.{pair}" in HALF_PAIRS


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_every_choice_fits_its_field(model):
    for field in model._meta.get_fields():
        for code, _label in getattr(field, "choices", None) or ():
            if isinstance(code, str) and field.max_length:
                assert len(code) <= field.max_length, f"{field.name}: {code}"


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_no_model_has_a_hidden_order(model):
    assert not model._meta.ordering


@pytest.mark.django_db
def test_no_migration_is_missing():
    with translation.override("en"):
        call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)
