from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

LOADERS = (
    "funds",
    "people",
    "organisations",
    "local_actions",
    "pages",
    "calls",
    "applications",
    "review_round",
    "finished_round",
)


class Command(BaseCommand):
    help = "Loads the demo: funds, accounts, register, pages, made-up rounds of grants. Run again, it changes nothing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for name in LOADERS:
            with transaction.atomic():
                import_module(f"fundportal.demo.loaders.{name}").load(self.report)

    def report(self, line: str) -> None:
        self.stdout.write(f"  {line}")
        self.stdout.flush()
