"""What the audit refuses."""


class UnableToRewriteHistory(Exception):
    """An audit row was about to be changed or removed; rows are only ever added (P8)."""
