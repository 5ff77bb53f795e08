"""What must hold of everything that was sent. Each check names every application that breaks it."""

from collections.abc import Iterator

from django.db.models import F, Max, Q

from grants.applications.fingerprint import seal
from grants.applications.models import Application, Revision


def revisions_match_their_fingerprints() -> Iterator[str]:
    known = Revision.objects.select_related("application", "form_version").order_by("pk")
    for revision in known.iterator():
        if seal(revision) != revision.sha256:
            yield f"revision {revision.number} of {revision.application} is not what its fingerprint says"


def received_applications_have_a_revision() -> Iterator[str]:
    """A draft that was withdrawn never was."""
    for application in Application.objects.received().filter(revisions__isnull=True).order_by("pk"):
        yield f"{application} counts as received and nothing was kept"


def the_first_arrival_was_in_time() -> Iterator[str]:
    """An answer to a request comes later, by its own date; what was sent for the deadline never did."""
    sent = Revision.objects.filter(number=1).select_related("application__stage").order_by("pk")
    for revision in sent.iterator():
        if revision.application.stage.is_over(revision.arrived_at):
            yield f"{revision.application} arrived after its deadline"


def headlines_are_those_of_the_standing_revision() -> Iterator[str]:
    newest = Revision.objects.annotate(last=Max("application__revisions__number")).filter(number=F("last"))
    wrong = newest.exclude(title=F("application__title")) | newest.exclude(
        Q(requested_minor=F("application__requested_minor"))
        | Q(requested_minor__isnull=True, application__requested_minor__isnull=True)
    )
    for revision in wrong.select_related("application").order_by("pk"):
        yield f"{revision.application} shows another title or amount than what was sent"


PROOFS = {
    "applications: revisions match their fingerprints": revisions_match_their_fingerprints,
    "applications: what is received was kept": received_applications_have_a_revision,
    "applications: what was sent arrived in time": the_first_arrival_was_in_time,
    "applications: lists show what was sent": headlines_are_those_of_the_standing_revision,
}
