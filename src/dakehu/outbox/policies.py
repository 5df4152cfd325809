"""Who may do what with messages to customers."""

VIEW = "outbox.view"
WRITE = "outbox.write"
EDIT = "outbox.edit"
RESTORE = "outbox.restore"
EXPORT = "outbox.export"
RULES = "outbox.rules"
