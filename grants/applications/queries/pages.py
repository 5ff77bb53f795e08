from django.db.models import Prefetch, QuerySet

from fundportal import clock
from fundportal.documents.models import Upload
from grants.applications.models import (
    Application,
    Collaborator,
    Disqualification,
    Ineligibility,
    InfoRequest,
    Revision,
    SectionSave,
)
from grants.applications.states import ApplicationState
from grants.calls.models import Stage
from grants.calls.states import CallState


def application_in_full(applications: QuerySet[Application], reference: str) -> Application | None:
    """One of these with all that its pages tell, in a constant number of queries."""
    parts = (
        Prefetch("revisions", Revision.objects.select_related("submitted_by", "form_version").order_by("number")),
        Prefetch("info_requests", InfoRequest.objects.select_related("asked_by", "revision_before").order_by("pk")),
        Prefetch("ineligibilities", Ineligibility.objects.select_related("proposed_by", "confirmed_by").order_by("pk")),
        Prefetch(
            "disqualifications", Disqualification.objects.select_related("proposed_by", "confirmed_by").order_by("pk")
        ),
        Prefetch("collaborators", Collaborator.objects.select_related("user").order_by("pk")),
        Prefetch("draft__sections", SectionSave.objects.select_related("saved_by").order_by("key")),
    )
    known = applications.select_related("stage__call__fund", "organisation", "draft__form_version", "draft__saved_by")
    known = known.select_related("draft__form_before", "predecessor", "successor")
    return known.prefetch_related(*parts).filter(reference=reference).first()


def applications_of(person: object) -> QuerySet[Application]:
    """What this person writes, the latest begun first."""
    known = Application.objects.written_by(person).select_related("stage__call__fund", "organisation", "draft")
    return known.order_by("-started_at", "-pk")


def stages_to_apply_to() -> list[Stage]:
    """First stages of open calls that take applications now, the next deadline first."""
    found = Stage.objects.filter(call__state=CallState.OPEN, number=1, form_version__isnull=False)
    now = clock.now()
    open_now = [stage for stage in found.select_related("call__fund").order_by("pk") if stage.accepts(now)]
    return sorted(open_now, key=lambda stage: (stage.deadline_at, stage.pk))


def uploads_of(application: Application) -> dict[str, Upload]:
    """Every file added to it, by token."""
    found = Upload.objects.filter(attachment__application=application).select_related("document").order_by("pk")
    return {str(upload.token): upload for upload in found}


def reviewable(stage: Stage) -> QuerySet[Application]:
    """Fit for review and not yet with reviewers."""
    found = Application.objects.filter(stage=stage, state=ApplicationState.ELIGIBLE)
    return found.select_related("organisation").order_by("reference")
