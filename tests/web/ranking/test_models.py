"""The pages of models: list, card, decisions, and what can be taken away."""

import pytest
from django.urls import reverse
from tests.factories.models import make_model, publish

from dakehu.ranking.models import RankingModel, TrainingRun

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def model(home, people):
    """A draft."""
    return make_model(home)


@pytest.fixture
def center(people, sign_in):
    """The browser of the operations center."""
    return sign_in(people.operations_center, HTTP_ACCEPT_LANGUAGE="en")


@pytest.fixture
def admin(administrator, sign_in):
    """The browser of the administrator."""
    return sign_in(administrator, HTTP_ACCEPT_LANGUAGE="en")


def url(name, model):
    """Return an address of a model."""
    return reverse(f"ranking:{name}", args=[model.number])


def test_without_a_model_the_list_says_how_to_train_one(admin, home):
    page = admin.get(reverse("ranking:models")).content.decode()

    assert "dakehu model train --from" in page


def test_the_list_and_the_card_show_the_same_figures(admin, model):
    listed = admin.get(reverse("ranking:models")).content.decode()
    card = admin.get(url("model", model)).content.decode()

    for figure in (model.roc_auc, model.pr_auc):
        assert f"{figure:.3f}" in listed
        assert f"{figure:.3f}" in card
    for name in ("roc", "pr", "gains", "calibration"):
        assert f'id="{name}"' in card
    assert "Logistic regression" in card
    assert "Score of W10" in card
    assert "90 deliveries up to the last day; 2 of them came too late" in card


def test_from_draft_to_publication_takes_two(center, admin, model):
    center.post(url("propose", model), {"version": 1, "remark": "beats the rule"})
    alone = center.post(url("publish", model), {"version": 2}, follow=True)
    assert "Somebody else must publish what you proposed." in alone.content.decode()
    card = admin.get(url("model", model)).content.decode()
    assert "beats the rule" in card

    admin.post(url("publish", model), {"version": 2})

    model.refresh_from_db()
    assert model.state == "PUBLISHED"


def test_a_proposal_without_a_reason_is_asked_for_one(center, model):
    answer = center.post(url("propose", model), {"version": 1, "remark": ""})

    assert answer.status_code == 422
    assert RankingModel.objects.get().state == "DRAFT"


def test_a_discarded_draft_leaves_the_list_and_keeps_its_card(admin, model):
    answer = admin.post(url("discard", model), {"version": 1}, follow=True)

    assert answer.redirect_chain[-1][0] == reverse("ranking:models")
    assert "Discarded" in admin.get(url("model", model)).content.decode()
    assert not answer.context["page"].lines


def test_the_card_is_taken_away_as_text_and_its_figures_as_json(admin, home, people):
    model = publish(home, people)

    text = admin.get(url("card", model))
    figures = admin.get(url("figures", model))

    assert text["Content-Disposition"] == f'attachment; filename="dakehu-model-{model.number}.md"'
    assert f"| Model | {model.roc_auc:.3f} |" in text.content.decode()
    assert "beats the rule" in text.content.decode()
    assert figures.json()["report"]["results"]["model"]["roc_auc"] == model.roc_auc


def test_who_may_only_look_is_offered_no_decision(people, sign_in, model):
    page = sign_in(people.supervisor).get(url("model", model)).content.decode()

    assert "data-confirm" not in page.split("<main", 1)[1]
    assert url("propose", model) not in page


def test_a_draft_stands_beside_the_model_in_force(admin, home, people):
    before = publish(home, people)
    draft = make_model(home)

    card = admin.get(url("model", draft)).content.decode()

    assert card.count("in force: ") == 4
    assert url("model", before) in card
    assert "in force: " not in admin.get(url("model", before)).content.decode()


def test_without_the_extra_the_page_says_what_is_missing(admin, home, monkeypatch):
    monkeypatch.setattr("dakehu.exchange.pages.trainings.is_installed", lambda: False)

    page = admin.get(reverse("exchange:trainings")).content.decode()

    assert "Models cannot be trained here" in page
    assert "extra ml" in page
    assert reverse("exchange:training_ask") not in page


def test_days_without_history_are_refused_on_the_form(admin, home):
    days = {"first": "2026-01-01", "last": "2026-02-01", "horizon": 7, "every": 7}

    answer = admin.post(reverse("exchange:training_ask"), days)

    assert answer.status_code == 422
    assert "There is no history yet" in answer.content.decode()
    assert not TrainingRun.objects.exists()
