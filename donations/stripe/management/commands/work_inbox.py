"""A worker for the inbox that needs no broker: it looks, applies, and looks again."""

import logging
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connection

from donations.stripe.services import drain_inbox

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Applies what Stripe has told us: once, or with --forever until it is stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--forever", action="store_true")
        parser.add_argument("--pause", type=float, default=1.0, help="seconds between two looks")

    def handle(self, *args: Any, **options: Any) -> None:
        taken = self.look()
        while options["forever"]:
            if not taken:
                time.sleep(options["pause"])
            taken = self.look()
        self.stdout.write(f"{taken} events taken.")

    def look(self) -> int:
        """A database that is away comes back; the events have waited."""
        try:
            return drain_inbox()
        except (OperationalError, InterfaceError):
            logger.warning("The database does not answer; looking again soon.", exc_info=True)
            connection.close()
            return 0
