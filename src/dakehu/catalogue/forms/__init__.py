"""Forms of the catalogue: the terms of levels, the frame of a service, proposing."""

from dakehu.catalogue.forms.frames import FrameForm, ServiceForm
from dakehu.catalogue.forms.proposing import ProposeForm
from dakehu.catalogue.forms.terms import TermsForm

__all__ = ["FrameForm", "ProposeForm", "ServiceForm", "TermsForm"]
