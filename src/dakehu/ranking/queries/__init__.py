"""Models, ranked days and ranks for those who may see them (W10)."""

from dakehu.ranking.queries.known import (
    days_ranked_by,
    get_model,
    is_ranking,
    models_known,
    newest_ranked_day,
    published_model,
    ranked_day,
)
from dakehu.ranking.queries.ranks import Standing, ranks_visible_to, standing_of
from dakehu.ranking.queries.shelf import extra_words, usable_model
from dakehu.ranking.queries.trainings import (
    get_training,
    trainings_known,
    waiting_trainings,
)
from dakehu.ranking.queries.wording import (
    input_words,
    odds_words,
    percent_words,
    value_words,
)
from dakehu.ranking.rules.scoring import is_installed

__all__ = [
    "Standing",
    "days_ranked_by",
    "extra_words",
    "get_model",
    "get_training",
    "input_words",
    "is_installed",
    "is_ranking",
    "models_known",
    "newest_ranked_day",
    "odds_words",
    "percent_words",
    "published_model",
    "ranked_day",
    "ranks_visible_to",
    "standing_of",
    "trainings_known",
    "usable_model",
    "value_words",
    "waiting_trainings",
]
