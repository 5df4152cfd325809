"""What changes ranking: models trained, kept and decided upon, days ranked (W10)."""

from dakehu.ranking.operations.asking import (
    TrainingWish,
    ask_for_training,
    begin_training,
    fail_training,
    finish_training,
    note_training,
)
from dakehu.ranking.operations.deciding import (
    decline_model,
    discard_model,
    propose_model,
    publish_model,
    retire_model,
)
from dakehu.ranking.operations.keeping import Trained, keep_model, remove_orphans
from dakehu.ranking.operations.ranking import DayResults, rank_day
from dakehu.ranking.operations.training import (
    History,
    Lesson,
    Samples,
    examined,
    learn_from,
    summary_of,
)
from dakehu.ranking.rules.inputs import NAMES, inputs_program, score_program
from dakehu.ranking.rules.inputs import SCORE_SHEET as SCORES
from dakehu.ranking.rules.inputs import SHEET as INPUTS
from dakehu.ranking.rules.scoring import is_installed
from dakehu.ranking.rules.splitting import split_for

__all__ = [
    "INPUTS",
    "NAMES",
    "SCORES",
    "DayResults",
    "History",
    "Lesson",
    "Samples",
    "Trained",
    "TrainingWish",
    "ask_for_training",
    "begin_training",
    "decline_model",
    "discard_model",
    "examined",
    "fail_training",
    "finish_training",
    "inputs_program",
    "is_installed",
    "keep_model",
    "learn_from",
    "note_training",
    "propose_model",
    "publish_model",
    "rank_day",
    "remove_orphans",
    "retire_model",
    "score_program",
    "split_for",
    "summary_of",
]
