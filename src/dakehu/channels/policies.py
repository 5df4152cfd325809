"""Who may do what about products and channels."""

VIEW = "channels.view"
RULES = "channels.rules"
