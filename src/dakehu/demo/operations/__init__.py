"""What brings the demonstration to life: its people, what they do, what fills its pages."""

from dakehu.demo.operations.archives import furnish_archives
from dakehu.demo.operations.calendars import furnish_calendars
from dakehu.demo.operations.campaigns import furnish_campaigns
from dakehu.demo.operations.care import furnish_care
from dakehu.demo.operations.cases import furnish_cases
from dakehu.demo.operations.duplicates import furnish_duplicates
from dakehu.demo.operations.errands import furnish_errands
from dakehu.demo.operations.knowledge import furnish_knowledge
from dakehu.demo.operations.laboratory import furnish_laboratory
from dakehu.demo.operations.looks import furnish_looks
from dakehu.demo.operations.messages import furnish_messages
from dakehu.demo.operations.obligations import furnish_obligations
from dakehu.demo.operations.opportunities import furnish_opportunities
from dakehu.demo.operations.organisation import act_out, found_organisation, handle_as_owner
from dakehu.demo.operations.owners import furnish_ownership
from dakehu.demo.operations.papers import furnish_papers
from dakehu.demo.operations.people import furnish_people
from dakehu.demo.operations.sheets import furnish_imports
from dakehu.demo.operations.surveys import furnish_surveys
from dakehu.demo.operations.systems import fresh_key, furnish_systems
from dakehu.demo.operations.targets import begin_targets, furnish_targets
from dakehu.demo.operations.tiers import furnish_tiers
from dakehu.demo.operations.warnings import furnish_warnings, publish_numbers
from dakehu.demo.operations.work import furnish_work

__all__ = [
    "act_out",
    "begin_targets",
    "found_organisation",
    "fresh_key",
    "furnish_archives",
    "furnish_calendars",
    "furnish_campaigns",
    "furnish_care",
    "furnish_cases",
    "furnish_duplicates",
    "furnish_errands",
    "furnish_imports",
    "furnish_knowledge",
    "furnish_laboratory",
    "furnish_looks",
    "furnish_messages",
    "furnish_obligations",
    "furnish_opportunities",
    "furnish_ownership",
    "furnish_papers",
    "furnish_people",
    "furnish_surveys",
    "furnish_systems",
    "furnish_targets",
    "furnish_tiers",
    "furnish_warnings",
    "furnish_work",
    "handle_as_owner",
    "publish_numbers",
]
