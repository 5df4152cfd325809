"""Wiring of the live app."""

from datetime import timedelta

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "dakehu.live"
    label = "live"

    def ready(self) -> None:
        """Let workers forget rings that nobody can hear any more."""
        from dakehu.common.work import Duty, register
        from dakehu.live.operations import forget_rings

        register(Duty("live.forget", lambda at: forget_rings(at=at), timedelta(hours=1)))
