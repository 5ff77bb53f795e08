"""The page of one review: an invitation before it is accepted, a reading room after."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fundportal.refusals import Refusal
from grants.applications.models import Revision
from grants.applications.tables import asked_for
from grants.questionnaires.answers import sheet
from grants.reviews.forms import AcceptForm, ConflictForm, DeclineForm, ScoreForm
from grants.reviews.models import Assignment
from grants.reviews.queries.reading import other_reviews, others_wanted, own_reviews, sent_files, sent_revision
from grants.reviews.sheets import review_lines
from grants.reviews.states import BEFORE_READING, READING, AssignmentState
from grants.reviews.tables import review_badge

OK, UNPROCESSABLE = 200, 422


def own_review(request: HttpRequest, token: UUID) -> Assignment:
    """Somebody else's, one that ended, or one of an organisation they have a tie to: none of these exists."""
    return get_object_or_404(own_reviews(request.user).prefetch_related("scores__criterion"), token=token)


def show_review(
    request: HttpRequest, assignment: Assignment, *, refusal: Refusal | None = None, **typed: Any
) -> HttpResponse:
    """After a refusal the same page with its sentence, and whatever was typed."""
    stage = assignment.application.stage
    bad = next((form for form in typed.values() if form.errors), None)
    context = {
        "assignment": assignment,
        "stage": stage,
        "call": stage.call,
        "fund": stage.call.fund,
        "panel": stage.panel,
        "organisation": assignment.application.organisation,
        "badge": review_badge(assignment),
        "refusal": refusal,
        "form": bad,
        "decline_form": DeclineForm(prefix="decline"),
        "conflict_form": ConflictForm(prefix="conflict"),
    }
    is_asked = assignment.state in BEFORE_READING
    context |= _invitation(assignment) if is_asked else _room(assignment)
    template = "reviews/invitation.html" if is_asked else "reviews/room.html"
    status = refusal.status if refusal else UNPROCESSABLE if bad else OK
    return render(request, template, context | typed, status=status)


def score_form(assignment: Assignment, data: Any = None) -> ScoreForm:
    criteria = assignment.application.stage.criteria.order_by("position", "pk")
    return ScoreForm(data, assignment=assignment, criteria=criteria)


def _invitation(assignment: Assignment) -> dict[str, Any]:
    return {"accept_form": AcceptForm(), "agreement": assignment.application.stage.panel.agreement}


def _room(assignment: Assignment) -> dict[str, Any]:
    application = assignment.application
    revision = sent_revision(application)
    files = sent_files(application, revision) if revision else {}
    urls = {token: reverse("reviews:file", args=[assignment.token, token]) for token in files}
    is_open = assignment.state in READING
    return {
        "application": application,
        "facts": _facts(revision) if revision else [],
        "sheet": sheet(revision.form_version.form, revision.answers) if revision else [],
        "revision": revision,
        "uploads": files,
        "urls": urls,
        "is_open": is_open,
        "may_amend": assignment.state == AssignmentState.SUBMITTED,
        "scores": score_form(assignment) if is_open else None,
        "given": [] if is_open else review_lines(assignment),
        "others": [(one, review_lines(one)) for one in other_reviews(assignment)],
        "others_count": others_wanted(assignment),
    }


def _facts(revision: Revision) -> list[tuple[object, object]]:
    profile = revision.profile
    return [
        (_("Applicant"), profile["name"]),
        (_("Where"), ", ".join(filter(None, (profile["city"], profile["country"])))),
        (_("Asks for"), asked_for(revision.requested)),
        (_("Version"), revision.number),
    ]
