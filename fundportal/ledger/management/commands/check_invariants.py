from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fundportal.ledger.invariants import check_invariants


class Command(BaseCommand):
    help = "Asks the database for every invariant; exits with 1 and names what breaks it when one does not hold."

    def handle(self, *args: Any, **options: Any) -> None:
        results = check_invariants()
        for name, broken in results.items():
            self.stdout.write(f"{'broken' if broken else 'holds '}  {name}")
            for sentence in broken:
                self.stdout.write(f"        {sentence}")
        failed = sum(bool(broken) for broken in results.values())
        if failed:
            message = f"{failed} of {len(results)} invariants do not hold."
            raise CommandError(message)
        self.stdout.write(f"All {len(results)} invariants hold.")
