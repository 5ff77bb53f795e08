"""What a reviewer sees: their own list, the application as it was sent, and the others' reviews once theirs is in."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from fundportal.access import ALL, Actor, funds_where
from fundportal.documents.models import Upload
from grants.applications.models import Application, Revision
from grants.applications.queries.pages import uploads_of
from grants.questionnaires.definition import Definition, QuestionKind
from grants.reviews.models import Assignment
from grants.reviews.permissions import REVIEW
from grants.reviews.queries.standings import with_scores
from grants.reviews.states import HANDED_IN


def own_reviews(user: Actor) -> QuerySet[Assignment]:
    """In the funds in which this person reviews today, with what their pages name; the next to hand in first."""
    funds = funds_where(user, REVIEW)
    mine = Assignment.objects.of_reviewer(user)
    mine = mine if funds == ALL else mine.filter(application__stage__call__fund__in=funds)
    known = mine.select_related("application__stage__call__fund", "application__stage__panel")
    known = known.select_related("application__organisation", "reviewer")
    return known.order_by("application__stage__panel__review_by", "application__reference", "pk")


def sent_revision(application: Application) -> Revision | None:
    """What reviewers read: the last revision that was sent, never a draft under way."""
    return application.revisions.select_related("form_version").order_by("-number").first()


def sent_files(application: Application, revision: Revision) -> dict[str, Upload]:
    """The clean files that this revision answers with, by token."""
    named = set(_tokens(revision.form_version.form, revision.answers))
    found = uploads_of(application)
    return {token: upload for token, upload in found.items() if token in named and upload.document_id}


def other_reviews(assignment: Assignment) -> list[Assignment]:
    """Empty until one's own is in: nobody scores with an eye on the others."""
    if assignment.state not in HANDED_IN:
        return []
    others = Assignment.objects.filter(application=assignment.application_id, state__in=HANDED_IN)
    return list(with_scores(others.exclude(pk=assignment.pk).order_by("pk")))


def others_wanted(assignment: Assignment) -> int:
    """How many read the same application besides."""
    return Assignment.objects.held().filter(application=assignment.application_id).exclude(pk=assignment.pk).count()


def _tokens(form: Definition, answers: dict[str, Any]) -> Iterable[str]:
    for question in form.questions:
        if question.kind == QuestionKind.FILE:
            yield from answers.get(question.key) or []
