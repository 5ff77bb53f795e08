from importlib import import_module

from django.apps import AppConfig, apps
from django.conf import settings
from django.utils.module_loading import module_has_submodule


class AccessConfig(AppConfig):
    name = "fundportal.access"
    label = "access"

    def ready(self) -> None:
        """Every room of ours that has a permissions.py defines its policies there."""
        for room in apps.get_app_configs():
            if room.name in settings.OUR_APPS and module_has_submodule(room.module, "permissions"):
                import_module(f"{room.name}.permissions")
