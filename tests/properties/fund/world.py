"""The fund as one example of the machine knows it: the hour, where everything stands, and what Stripe knows."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final

from django.apps import apps
from django.db import connection, models

from donations.gifts.models import Gift, Refund
from fundportal import clock
from fundportal.access import SYSTEM
from fundportal.accounts.models import User
from grants.applications.models import Application
from grants.awards.models import Agreement, Award, Condition, ReportDue, Tranche
from grants.calls.models import Call
from grants.decisions.models import Appeal, Deliberation
from grants.payments.models import BankDetails, BankLine, Instruction, PaymentRun
from grants.reviews.models import Assignment, Panel, Plan
from tests.properties.fund.cast import START, Cast
from tests.properties.fund.watch import Watch

MACHINES: Final[dict[str, type[models.Model]]] = {
    "gift": Gift,
    "refund": Refund,
    "call": Call,
    "application": Application,
    "plan": Plan,
    "assignment": Assignment,
    "deliberation": Deliberation,
    "appeal": Appeal,
    "award": Award,
    "agreement": Agreement,
    "tranche": Tranche,
    "report": ReportDue,
    "details": BankDetails,
    "run": PaymentRun,
}
# What has no state and is acted on all the same.
THINGS: Final[dict[str, type[models.Model]]] = {
    "panel": Panel,
    "condition": Condition,
    "instruction": Instruction,
    "line": BankLine,
}
A_MINUTE: Final = timedelta(minutes=1)
# Rows of these are written once or are long: how many there are, and the newest, say enough.
COUNTED: Final = {"audit_entry", "ledger_posting", "ledger_journal", "mail_letter", "payments_paymentfile"}


class World:
    """`known` is where each thing stood after the last step, by kind and key."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.watch = Watch()
        self.now: datetime = START
        self.tried: Counter[object] = Counter()
        self.stripe: dict[int, Any] = {}
        self.numbers = 0
        self.known: dict[str, dict[int, str]] = {
            "fund": {cast.fund.pk: ""},
            "organisation": dict.fromkeys([one.pk for one in cast.organisations], ""),
        }

    def look(self) -> None:
        for kind, model in MACHINES.items():
            self.known[kind] = self.watch.ask(("states", kind), lambda model=model: standings(model))
        for kind, model in THINGS.items():
            self.known[kind] = self.watch.ask(("keys", kind), lambda model=model: dict.fromkeys(keys(model), ""))

    @contextmanager
    def a_minute_later(self) -> Iterator[None]:
        self.now += A_MINUTE
        with clock.at(self.now):
            yield

    def person(self, pk: int | None) -> Any:
        """As a new request knows them, with nothing remembered; without a key it is the clock or Stripe."""
        return SYSTEM if pk is None else User.objects.get(pk=pk)

    def number(self) -> int:
        """Another one each time within an example."""
        self.numbers += 1
        return self.numbers


def standings(model: Any) -> dict[int, str]:
    return dict(model._default_manager.order_by("pk").values_list("pk", "state"))


def keys(model: Any) -> list[int]:
    return list(model._default_manager.order_by("pk").values_list("pk", flat=True))


def rows_of(table: str) -> str:
    """A fingerprint of every row."""
    with connection.cursor() as cursor:
        columns, order = ("count(*), max(CAST(id AS text))", "") if table in COUNTED else ("*", " ORDER BY 1")
        cursor.execute(f"SELECT {columns} FROM {table}{order}")
        return hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()


def tables() -> list[str]:
    return sorted({model._meta.db_table for model in apps.get_models()})
