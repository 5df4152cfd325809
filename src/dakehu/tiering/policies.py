"""Who may do what about levels."""

VIEW = "tiers.view"
RULES = "tiers.rules"
ASSESS = "tiers.assess"
GRANT = "tiers.grant"
APPROVE = "tiers.approve"
FREEZE = "tiers.freeze"
