"""Applicants before a deadline, and the judge who asks the database afterwards what became of each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from fundportal import clock
from fundportal.accounts.models import User
from fundportal.audit.models import Entry
from fundportal.mail.models import Letter
from grants.applications import services
from grants.applications.models import Application, Census, Revision
from grants.applications.states import ApplicationState
from grants.calls.models import Stage
from tests.factories.applications import make_application
from tests.factories.calls import make_call
from tests.faults.sizes import share
from tests.faults.storm_senders import Answer, Person

BACKEND = "django.contrib.auth.backends.ModelBackend"
PATIENCE = 5.0  # seconds within which 95 of 100 have their answer


def make_people(number: int) -> tuple[Stage, list[Person]]:
    """Signatories of as many organisations, each with a complete draft in one open call, signed in."""
    stage = make_call().stages.select_related("call__fund", "form_version").get(number=1)
    drafts = [make_application(stage) for _number in range(number)]
    return stage, [Person(one.pk, one.reference, one.draft.version, sign_in(one.started_by)) for one in drafts]


def sign_in(person: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


@dataclass(frozen=True)
class Outcome:
    """What became of those who pressed in time. All but `sent`, `stored`, `counted` and `seconds` have to be none."""

    sent: int
    stored: int
    counted: int
    lost: int
    doubled: int
    late: int
    wrong_letters: int
    faults: int
    misled: int
    seconds: tuple[float, ...]

    @property
    def broken(self) -> list[str]:
        """The names of the promises that do not hold."""
        wrong = ("lost", "doubled", "late", "wrong_letters", "faults", "misled")
        found = [name for name in wrong if getattr(self, name)]
        return found + [name for name in ("stored", "counted") if getattr(self, name) != self.sent]

    @property
    def is_quick(self) -> bool:
        return share(self.seconds, 0.95) <= PATIENCE

    @property
    def figures(self) -> dict[str, object]:
        parts = {"half within": 0.5, "p95": 0.95, "longest": 1.0}
        waited = {name: f"{share(self.seconds, part):.2f} s" for name, part in parts.items()}
        return {name: value for name, value in vars(self).items() if name != "seconds"} | waited


def close(stage: Stage) -> None:
    """What the clock does once the stage is over and nobody's request can be under way any more."""
    with clock.at(stage.closes_at + services.IN_FLIGHT + timedelta(seconds=1)):
        services.close_due_calls()


def judge(stage: Stage, answers: Sequence[Answer]) -> Outcome:
    """Of everybody who pressed before the deadline, after the stage was closed. Two clicks are one sending."""
    ours = {answer.person.application_id for answer in answers}
    revisions = Counter(Revision.objects.filter(application__in=ours).values_list("application", flat=True))
    late = Revision.objects.filter(application__in=ours, arrived_at__gt=stage.deadline_at)
    lapsed = Application.objects.filter(pk__in=ours, state=ApplicationState.LAPSED)
    recorded = entries(ours)
    letters = acknowledgements()
    census = Census.objects.filter(stage=stage).order_by("-taken_at").first()
    return Outcome(
        sent=len(ours),
        stored=len(revisions),
        counted=census.received if census else 0,
        lost=len(ours - set(revisions)),
        doubled=sum(times > 1 for times in revisions.values()) + sum(times > 1 for times in recorded.values()),
        late=late.count() + lapsed.count(),
        wrong_letters=sum(letters[one] != 1 for one in ours),
        faults=sum(not answer.status or answer.status >= 500 for answer in answers),
        misled=sum(answer.is_received != (answer.person.application_id in revisions) for answer in answers),
        seconds=tuple(answer.seconds for answer in answers),
    )


def entries(ours: set[int]) -> Counter[int]:
    """How often the record says that each was sent."""
    told = Entry.objects.filter(action="applications.submit", subject_id__in=[str(one) for one in ours])
    return Counter(int(one) for one in told.order_by("pk").values_list("subject_id", flat=True))


def acknowledgements() -> Counter[int]:
    """How many letters say of each that it is here; each organisation has one person."""
    keys = Letter.objects.filter(template="applications/acknowledgement").order_by("pk").values_list("key", flat=True)
    return Counter(int(key.split(":")[1]) for key in keys)
