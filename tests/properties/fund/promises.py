"""What must hold after every step: the invariants of the house, and what the lifecycles promise beside them."""

from collections.abc import Callable, Iterator
from typing import Any, Final, Self

from fundportal import lifecycle
from fundportal.audit.models import Entry
from fundportal.ledger import invariants
from fundportal.mail.models import Letter
from fundportal.organisations.models import Conflict
from grants.applications.models import Application, Revision
from grants.applications.states import BEING_ASSESSED, ApplicationState
from grants.awards.models import Agreement
from grants.calls.models import Call
from grants.decisions.queries.holds import agreed
from grants.payments.models import PaymentFile
from grants.reports.models import ReportRevision
from grants.reviews.models import Assignment
from grants.reviews.queries.standings import with_scores
from grants.reviews.services.sealing import fingerprint
from tests.properties.fund.world import MACHINES, World

LABELS: Final = {model._meta.label_lower: model for model in MACHINES.values()}
# What nobody may change any more, by what tells one text from another.
WRITTEN_ONCE: Final[dict[str, Callable[[], Any]]] = {
    "revision": lambda: Revision.objects.order_by("pk").values_list("pk", "sha256"),
    "report": lambda: ReportRevision.objects.order_by("pk").values_list("pk", "sha256"),
    "payment file": lambda: PaymentFile.objects.order_by("pk").values_list("pk", "sha256"),
    "agreement": lambda: Agreement.objects.exclude(executed_at=None).order_by("pk").values_list("pk", "text"),
    "review": lambda: Assignment.objects.exclude(seal_hash="").order_by("pk").values_list("pk", "seal_hash"),
}
# What an applicant may not tell apart before the announcement.
UNTOLD: Final = (
    ApplicationState.IN_REVIEW,
    ApplicationState.REVIEWED,
    ApplicationState.RECOMMENDED,
    ApplicationState.RESERVE,
    ApplicationState.NOT_RECOMMENDED,
    ApplicationState.APPROVED,
    ApplicationState.DECLINED,
)
Key = tuple[str, str]


def edges(model: Any) -> set[tuple[str, str]]:
    found = set()
    for one in lifecycle.transitions(model):
        targets = getattr(one.target, "allowed_states", None) or [one.target or one.source]
        found |= {(str(one.source), str(target)) for target in targets}
    return found


EDGES: Final = {label: edges(model) for label, model in LABELS.items()}
BEGINNINGS: Final = {label: str(lifecycle.machine(model).get_default()) for label, model in LABELS.items()}


class Promises:
    """`replayed` is where the record says each thing stands; only its new rows are read after a step."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.read_until = Entry.objects.order_by("pk").values_list("pk", flat=True).last() or 0
        self.replayed: dict[Key, str] = {}
        self.fingerprints: dict[str, dict[int, str]] = {}
        self.told = 0

    def go_on_from(self, other: Self) -> None:
        self.replayed, self.fingerprints = dict(other.replayed), dict(other.fingerprints)
        self.told = other.told

    def broken(self) -> list[str]:
        rows = self.world.watch.ask(("entries", self.read_until), self._new_rows)
        self.read_until = rows[-1].pk if rows else self.read_until
        found = self._faults()
        found += [*self._moves(rows), *self._standings(), *self._ties(rows)]
        return [*found, *self._what_is_written_once(), *self._announcements(rows)]

    def _faults(self) -> list[str]:
        ask = self.world.watch.ask
        return [fault for name, check in CHECKS.items() for fault in ask(name, lambda check=check: list(check()))]

    def _new_rows(self) -> list[Entry]:
        return list(Entry.objects.filter(pk__gt=self.read_until).order_by("pk"))

    def _moves(self, rows: list[Entry]) -> Iterator[str]:
        """Each row goes on from the one before it, by a move that the machine has: so an end is never left."""
        for row in rows:
            key = (row.subject_kind, row.subject_id)
            if row.subject_kind not in LABELS or not row.after:
                continue
            stood = self.replayed.get(key, BEGINNINGS[row.subject_kind])
            if row.before and row.before != stood:
                yield f"{row}: the record left it at {stood} and goes on from {row.before}"
            if key in self.replayed and row.after != stood and (stood, row.after) not in EDGES[row.subject_kind]:
                yield f"{row}: there is no move from {stood} to {row.after}"
            self.replayed[key] = row.after

    def _standings(self) -> Iterator[str]:
        for kind, model in MACHINES.items():
            label = model._meta.label_lower
            for pk, state in self.world.known[kind].items():
                stood = self.replayed.get((label, str(pk)), BEGINNINGS[label])
                if state != stood:
                    yield f"{label} {pk} stands at {state}, and its record replays to {stood}"

    def _ties(self, rows: list[Entry]) -> Iterator[str]:
        """Nobody moves what is of an organisation that they have declared a tie to; recusing is the one exception."""
        ties = list(Conflict.objects.order_by("pk").values_list("person", "organisation", "declared_at", "ended_at"))
        for row in rows if ties else []:
            if row.subject_kind not in PATHS or row.action == "reviews.recuse":
                continue
            organisation = organisation_of(row)
            for person, tied_to, since, until in ties:
                in_force = since <= row.at and (until is None or until > row.at)
                if (person, tied_to) == (row.actor_id, organisation) and in_force:
                    yield f"{row} was done by somebody with a tie to its organisation"

    def _what_is_written_once(self) -> Iterator[str]:
        for name, rows in WRITTEN_ONCE.items():
            found = self.world.watch.ask(("written once", name), lambda rows=rows: dict(rows()))
            for pk, said in self.fingerprints.get(name, {}).items():
                if found.get(pk) != said:
                    yield f"{name} {pk} was written once, and is another now"
            self.fingerprints[name] = found

    def _announcements(self, rows: list[Entry]) -> Iterator[str]:
        """A letter with a decision leaves with its announcement, and never before."""
        self.told += sum(row.action == "decisions.tell" for row in rows)
        letters = self.world.watch.ask("letters", decisions_written_about)
        if letters != self.told:
            yield f"{self.told} decisions are announced, and letters tell of {letters}"


# From what a row of the record is about to the organisation whose it is.
PATHS: Final = {
    "applications.application": "organisation",
    "reviews.assignment": "application__organisation",
    "decisions.appeal": "application__organisation",
    "awards.award": "organisation",
    "awards.agreement": "award__organisation",
    "awards.tranche": "award__organisation",
    "awards.reportdue": "award__organisation",
    "payments.bankdetails": "organisation",
}


def organisation_of(row: Entry) -> int | None:
    model = LABELS[row.subject_kind]
    return model._default_manager.filter(pk=row.subject_id).values_list(PATHS[row.subject_kind], flat=True).first()


def decisions_written_about() -> int:
    """Of the key of each letter: decision, which, to whom."""
    keys = Letter.objects.filter(key__startswith="decision:").order_by("pk").values_list("key", flat=True)
    return len({key.rpartition(":")[0] for key in keys})


def budgets() -> Iterator[str]:
    for call in Call.objects.filter(budget_minor__isnull=False).order_by("pk"):
        if agreed(call) > call.budget:
            yield f"{call} has promised {agreed(call)} of {call.budget}"


def untold() -> Iterator[str]:
    for application in Application.objects.filter(state__in=UNTOLD, released_at=None).order_by("pk"):
        if application.standing_in_public != str(BEING_ASSESSED.label):
            yield f"{application} says “{application.standing_in_public}” before its announcement"


def seals() -> Iterator[str]:
    """Every sealed review still says what was sealed; asked at the end of an example."""
    for one in with_scores(Assignment.objects.exclude(seal_hash="")).order_by("pk"):
        if fingerprint(one) != one.seal_hash:
            yield f"review {one.pk} is not what was sealed"


# The same that `manage.py check_invariants` asks, and what nobody has registered.
CHECKS: Final = {**invariants._checks, "budgets": budgets, "untold decisions": untold}
