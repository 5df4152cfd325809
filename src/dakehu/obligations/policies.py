"""Who may do what about obligations."""

VIEW = "obligations.view"
EDIT = "obligations.edit"
APPROVE = "obligations.approve"
EXPORT = "obligations.export"
