"""What brings the demonstration to life: its people, what they do, what fills its pages."""

from dakehu.demo.operations.archives import furnish_archives
from dakehu.demo.operations.organisation import act_out, found_organisation, handle_as_owner

__all__ = ["act_out", "found_organisation", "furnish_archives", "handle_as_owner"]
