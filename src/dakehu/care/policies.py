"""Who may do what about care."""

VIEW = "care.view"
WRITE = "care.write"
EXPORT = "care.export"
IMPORT = "care.import"
APPROVE = "care.approve"
RULES = "care.rules"
