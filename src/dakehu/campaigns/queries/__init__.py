"""Campaigns for those who may see them: reading, judging customers, results."""
