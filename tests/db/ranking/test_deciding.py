"""From draft to retirement: two people, one model that ranks, no way around either."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from tests.factories.models import make_model, publish

from dakehu.ranking import operations
from dakehu.ranking.errors import UnableToPublish
from dakehu.ranking.models import CustomerRank, RankingModel


@pytest.fixture
def center(people):
    """Somebody of the operations center."""
    return people.operations_center


def proposed(model, by, at):
    """Propose a model and return it as it is stored."""
    operations.propose_model(model=model, version=model.version, remark="试", by=by, at=at)
    return RankingModel.objects.get(pk=model.pk)


def test_whoever_proposed_a_model_does_not_publish_it(home, center, administrator, at):
    model = proposed(make_model(home), center, at)

    with pytest.raises(UnableToPublish):
        operations.publish_model(model=model, version=model.version, by=center, at=at)
    operations.publish_model(model=model, version=model.version, by=administrator, at=at)

    model.refresh_from_db()
    assert (model.state, model.published_by) == ("PUBLISHED", administrator)


def test_the_database_itself_wants_four_eyes_and_one_model(home, people, administrator, at):
    publish(home, people)
    other = make_model(home)
    rows = RankingModel.objects.filter(pk=other.pk)
    twice = {"proposed_by": administrator, "proposed_at": at}

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**twice, published_by=administrator, published_at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state="PUBLISHED")


def test_publishing_retires_the_model_before(home, people, administrator, at):
    first, second = publish(home, people), publish(home, people)

    first.refresh_from_db()
    assert (first.state, first.retired_by) == ("RETIRED", administrator)
    assert second.state == "PUBLISHED"


def test_a_decision_on_an_old_page_is_refused(home, center, administrator, at):
    model = make_model(home)
    seen = model.version
    operations.discard_model(model=model, version=seen, by=administrator, at=at)

    with pytest.raises(UnableToPublish):
        operations.propose_model(model=model, version=seen, remark="试", by=center, at=at)


def test_a_declined_model_can_be_proposed_by_another(home, center, administrator, at):
    model = proposed(make_model(home), center, at)
    operations.decline_model(model=model, version=model.version, by=administrator, at=at)
    model.refresh_from_db()

    model = proposed(model, administrator, at)
    operations.publish_model(model=model, version=model.version, by=center, at=at)

    assert RankingModel.objects.get(pk=model.pk).published_by == center


def test_retiring_takes_the_ranks_off_the_lists(home, people, customers, administrator, at):
    model = publish(home, people)
    CustomerRank.objects.create(customer=customers.own, day=at.date(), place=1, probability=0.5)

    operations.retire_model(model=model, version=model.version, by=administrator, at=at)

    assert not CustomerRank.objects.exists()


def test_a_model_whose_files_were_changed_is_not_published(home, center, administrator, at):
    model = proposed(make_model(home), center, at)
    trees = home / "models" / model.token / "trees.txt"
    trees.write_text(trees.read_text().replace("tree", "shrub", 1))

    with pytest.raises(UnableToPublish):
        operations.publish_model(model=model, version=model.version, by=administrator, at=at)


def test_who_may_not_decide_does_not(home, people, at):
    model = make_model(home)

    for stranger in (people.manager, people.supervisor, people.province_analyst):
        with pytest.raises(PermissionDenied):
            operations.propose_model(model=model, version=1, remark="试", by=stranger, at=at)
