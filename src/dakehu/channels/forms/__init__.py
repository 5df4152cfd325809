"""Forms of channels: a product's row of the matrix, the stages, the dry run, the proposal."""

from dakehu.channels.forms.editing import ProductForm, ProposeForm, StagesForm
from dakehu.channels.forms.trying import TryForm

__all__ = ["ProductForm", "ProposeForm", "StagesForm", "TryForm"]
