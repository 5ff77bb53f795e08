"""What the solver has to know of a panel, in five questions to the database."""

from dataclasses import dataclass

from fundportal.organisations.models import Conflict, Membership
from grants.applications.models import Application
from grants.applications.states import ApplicationState
from grants.reviews.models import Assignment, Panel
from grants.reviews.states import HELD

Pair = tuple[int, int]


@dataclass(frozen=True)
class Problem:
    """Ids of applications and readers. `capacity` is the most a reader takes on; `settled` pairs stand already.

    A pair is (application, reader).
    """

    applications: tuple[int, ...]
    capacity: dict[int, int]
    wanted: int
    conflicts: frozenset[Pair] = frozenset()
    settled: frozenset[Pair] = frozenset()

    @property
    def free_pairs(self) -> frozenset[Pair]:
        every = {(one, reader) for one in self.applications for reader in self.capacity}
        return frozenset(every) - self.conflicts - self.settled


def problem_of(panel: Panel) -> Problem:
    """Applications that wait for readers, members in office, and every pair that must not be.

    Besides conflicts these are the pairs that ended before: nobody is asked twice for what they declined.
    """
    ready = (ApplicationState.ELIGIBLE, ApplicationState.IN_REVIEW)
    applications = dict(
        Application.objects.filter(stage=panel.stage_id, state__in=ready).values_list("pk", "organisation_id")
    )
    capacity = dict(panel.members.in_office().values_list("user_id", "most_assignments"))
    past = list(Assignment.objects.filter(application__in=applications).values_list("application", "reviewer", "state"))
    settled = frozenset((one, reader) for one, reader, state in past if state in HELD)
    ended = frozenset((one, reader) for one, reader, state in past if state not in HELD)
    barred = _barred(list(capacity), set(applications.values()))
    conflicts = {
        (one, reader) for one, where in applications.items() for reader in capacity if (reader, where) in barred
    }
    return Problem(tuple(sorted(applications)), capacity, panel.reviewers_wanted, ended | conflicts, settled)


def _barred(readers: list[int], organisations: set[int]) -> set[Pair]:
    """(person, organisation) pairs: declared conflicts and memberships."""
    declared = Conflict.objects.in_force().filter(person__in=readers, organisation__in=organisations)
    joined = Membership.objects.in_force().filter(user__in=readers, organisation__in=organisations)
    return set(declared.values_list("person", "organisation")) | set(joined.values_list("user", "organisation"))
