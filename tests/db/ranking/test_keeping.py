"""Models at rest: whole or not at all, the same training the same folder."""

import pytest
from tests.factories.models import AT, make_model, trained

from dakehu.ranking.errors import UnableToRank
from dakehu.ranking.operations import keep_model, keeping, remove_orphans
from dakehu.ranking.queries import usable_model

pytestmark = pytest.mark.django_db


def test_the_same_training_twice_is_two_models_of_one_folder(home):
    first, second = make_model(home), make_model(home)

    assert (first.number, second.number) == (1, 2)
    assert [path.name for path in (home / "models").iterdir()] == [first.token]
    assert first.token == second.token


def test_a_training_killed_before_its_row_leaves_nothing_that_counts(home, monkeypatch):
    def killed(*_arguments, **_options):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(keeping, "create_record", killed)
        with pytest.raises(KeyboardInterrupt):
            keep_model(home=home, trained=trained(), at=AT)
    (home / "models" / ".m123.7").mkdir()

    assert remove_orphans(home=home) == 2
    assert list((home / "models").iterdir()) == []
    assert make_model(home).number == 1


def test_a_model_is_used_only_as_it_was_examined(home):
    model = make_model(home)
    assert usable_model(home, model).booster.num_trees() == model.report["trees"]

    (home / "models" / model.token / "card.json").write_text("{}")
    with pytest.raises(UnableToRank, match="检验"):
        usable_model(home, model)
    (home / "models" / model.token / "card.json").unlink()
    with pytest.raises(UnableToRank, match="models"):
        usable_model(home, model)


def test_a_model_of_other_inputs_is_not_used(home):
    with pytest.raises(UnableToRank):
        usable_model(home, make_model(home, layout=99))


def test_without_the_extra_a_sentence_says_so(home, monkeypatch):
    monkeypatch.setattr("dakehu.ranking.rules.scoring.is_installed", lambda: False)

    with pytest.raises(UnableToRank, match="LightGBM"):
        usable_model(home, make_model(home))
