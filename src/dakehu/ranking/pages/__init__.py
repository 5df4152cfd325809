"""What the pages of ranking show, gathered as frozen values."""

from dakehu.ranking.pages.models import PERMISSION, ModelPage, model_page
from dakehu.ranking.pages.standings import StandingPanel, standing_panel
from dakehu.ranking.pages.texts import card_text

__all__ = [
    "PERMISSION",
    "ModelPage",
    "StandingPanel",
    "card_text",
    "model_page",
    "standing_panel",
]
