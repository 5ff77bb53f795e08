"""The letters to reviewers; they name no application, since mail is read anywhere."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from fundportal.accounts.models import User
from fundportal.languages import pick
from fundportal.mail.models import Letter
from fundportal.mail.services import write
from grants.reviews.models import Assignment, Plan


def invite(plan: Plan, reviewer: User, count: int) -> Letter:
    """One letter for all that a plan gives a person."""
    panel = plan.panel
    fund = panel.stage.call.fund
    context = {
        "first_name": reviewer.get_short_name(),
        "count": count,
        "call": pick(panel.stage.call.titles, reviewer.language),
        "answer_by": panel.answer_by,
        "review_by": panel.review_by,
        "url": _address("reviews:desk", reviewer.language),
    }
    key = f"plan:{plan.pk}:reviewer:{reviewer.pk}"
    return write(
        "reviews/invitation", key=key, to=reviewer.email, language=reviewer.language, fund=fund, context=context
    )


def ask_again(assignment: Assignment) -> Letter:
    reviewer = assignment.reviewer
    context = {
        "first_name": reviewer.get_short_name(),
        "question": assignment.question,
        "url": _address("reviews:review", reviewer.language, assignment.token),
    }
    key = f"assignment:{assignment.pk}:back:{assignment.version}"
    fund = assignment.application.stage.call.fund
    return write(
        "reviews/handed_back", key=key, to=reviewer.email, language=reviewer.language, fund=fund, context=context
    )


def _address(url_name: str, language: str, *words: object) -> str:
    with translation.override(language):
        return settings.SITE_ORIGIN + reverse(url_name, args=words)
