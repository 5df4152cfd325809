"""Who may do what about the catalogue."""

VIEW = "catalogue.view"
RULES = "catalogue.rules"
EXPORT = "catalogue.export"
