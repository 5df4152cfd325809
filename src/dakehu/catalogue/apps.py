"""Wiring of the catalogue app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CatalogueConfig(AppConfig):
    name = "dakehu.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """Set the catalogue up after migrating."""
        from dakehu.catalogue.jobs.packs import load_services

        post_migrate.connect(load_services, sender=self, dispatch_uid="catalogue.packs")
