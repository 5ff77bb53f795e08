"""The pictures of every state machine, drawn from the code that runs them."""

import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import models

from fundportal.lifecycle import diagram, machine

PAGE: Final = Path("docs/lifecycles.md")
README: Final = Path("README.md")
INTRO: Final = """# Lifecycles

Drawn from the code by `./run manage draw_lifecycles`; a test fails when this page is stale.
"""
BLOCK: Final = re.compile(r"(<!-- lifecycle (?P<label>\S+) -->\n).*?(<!-- end -->)", re.DOTALL)


class Command(BaseCommand):
    help = "Draws every lifecycle into docs/lifecycles.md and the README; with --check only says what is stale."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        wanted = {root / PAGE: whole_page(), root / README: with_blocks((root / README).read_text())}
        stale = [path for path, text in wanted.items() if not path.exists() or path.read_text() != text]
        if options["check"] and stale:
            names = ", ".join(path.name for path in stale)
            raise CommandError(f"Stale: {names}. Run ./run manage draw_lifecycles.")
        for path in stale:
            path.write_text(wanted[path])
        self.stdout.write(f"{len(wanted) - len(stale)} up to date, {len(stale)} drawn anew")


def machines() -> list[type[models.Model]]:
    """Every concrete model of ours with a state machine, by label."""
    ours = [
        config.label
        for config in apps.get_app_configs()
        if config.name.startswith(("fundportal", "donations", "grants"))
    ]
    found = [model for model in apps.get_models() if model._meta.app_label in ours and _has_machine(model)]
    return sorted(found, key=lambda model: model._meta.label_lower)


def whole_page() -> str:
    return INTRO + "".join(_section(model) for model in machines())


def _section(model: type[models.Model]) -> str:
    title = str(model._meta.verbose_name).capitalize()
    return f"\n## {title} (`{model._meta.label_lower}`)\n\n{_fenced(model)}"


def with_blocks(text: str) -> str:
    """The text with each `<!-- lifecycle label -->` … `<!-- end -->` block drawn from the model of that label."""
    return BLOCK.sub(lambda found: f"{found[1]}{_fenced(apps.get_model(found['label']))}{found[3]}", text)


def _fenced(model: type[models.Model]) -> str:
    return f"```mermaid\n{diagram(model)}```\n"


def _has_machine(model: type[models.Model]) -> bool:
    try:
        machine(model)
    except LookupError:
        return False
    return True
