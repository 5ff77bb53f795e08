"""The letters with the decision, in the language of the application. The first sentence is always the answer."""

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fundportal.accounts.models import User
from fundportal.mail.services import write
from fundportal.money import format_money
from fundportal.organisations.queries import signatories
from fundportal.templatetags.words import DAY_FORMAT
from grants.applications.models import Application
from grants.applications.states import APPEAL_WINDOW
from grants.calls.deadlines import in_words
from grants.decisions.models import Appeal, Decision, StageInvitation
from grants.decisions.queries.appeals import people_who_answer
from grants.decisions.queries.feedback import feedback_on, how_many_applied, how_many_funded
from grants.decisions.states import AppealState, Outcome

LETTERS = {Outcome.APPROVE: "decisions/approved", Outcome.DECLINE: "decisions/declined"}


def tell_decision(decision: Decision) -> None:
    """In the transaction of the release, to whoever signs for the organisation and whoever began the application."""
    application = decision.application
    with translation.override(application.language):
        words = _words(decision, application)
    _send(LETTERS[Outcome(decision.outcome)], application, words, key=f"decision:{decision.pk}")


def invite_on(successor: Application, invitation: StageInvitation) -> None:
    """To the next stage: the way to the draft, its dates, and what the panel said of the concept note."""
    stage, former = successor.stage, invitation.application
    with translation.override(successor.language):
        words = {
            "application": former,
            "successor": successor,
            "call": stage.call.title,
            "stage": stage.title,
            "opens": in_words(stage.opens_at, stage.zone),
            "deadline": in_words(stage.deadline_at, stage.zone),
            "remark": invitation.feedback,
            "feedback": feedback_on(former),
            "url": _url(successor),
        }
    _send("decisions/invited", successor, words, key=f"invitation:{invitation.pk}")


def confirm_appeal(appeal: Appeal) -> None:
    """To the applicant: it is there, and who answers it."""
    application = appeal.application
    with translation.override(application.language):
        lines = [
            appeal.grounds,
            _("Two people who decide for the fund look at it, and write to you. Until then the decision stands."),
        ]
        words = _news(application, _("We have your appeal"), lines)
    _send("applications/news", application, words, key=f"appeal:{appeal.pk}")


def tell_appeal(appeal: Appeal) -> None:
    application = appeal.application
    upheld = appeal.state == AppealState.UPHELD
    with translation.override(application.language):
        heading = _("Your appeal is upheld") if upheld else _("Your appeal is dismissed")
        again = _("Your application goes back to the body that decides. You get a new letter then.")
        words = _news(application, heading, [appeal.reason, again if upheld else _("The decision stands.")])
    _send("applications/news", application, words, key=f"appeal:{appeal.pk}:answer")


def announce_appeal(appeal: Appeal) -> None:
    """To those who answer it; it says nothing of the grounds, since mail is read anywhere."""
    application = appeal.application
    for person in people_who_answer(application.fund, application.organisation):
        with translation.override(person.language):
            url = settings.SITE_ORIGIN + reverse("decisions:appeal", args=[appeal.pk])
            words = {"reference": application.reference, "call": application.stage.call.title, "url": url}
        write(
            "decisions/appeal_filed",
            key=f"appeal:{appeal.pk}:office:{person.pk}",
            to=person.email,
            language=person.language,
            fund=application.fund,
            context=words,
        )


def _news(application: Application, heading: str, lines: list[str]) -> dict[str, Any]:
    return {"application": application, "heading": heading, "lines": lines, "url": _url(application)}


def _words(decision: Decision, application: Application) -> dict[str, Any]:
    """In the active language."""
    advice = application.recommendations.filter(replaced_at__isnull=True).first()
    until = (application.released_at + APPEAL_WINDOW).astimezone(ZoneInfo(application.fund.time_zone))
    return {
        "application": application,
        "call": application.stage.call.title,
        "amount": format_money(decision.amount, cents=not decision.amount.is_whole) if decision.amount else "",
        "conditions": advice.conditions if advice else "",
        "remark": decision.feedback,
        "applied": how_many_applied(application.stage),
        "funded": how_many_funded(application.stage),
        "feedback": feedback_on(application),
        "until": date_format(until, DAY_FORMAT),
        "url": _url(application),
    }


def _send(template: str, application: Application, words: dict[str, Any], *, key: str) -> None:
    for person in _addressees(application):
        write(
            template,
            key=f"{key}:{person.pk}",
            to=person.email,
            language=application.language,
            fund=application.fund,
            context=words,
        )


def _url(application: Application) -> str:
    """In the active language."""
    return settings.SITE_ORIGIN + reverse("my_applications:application", args=[application.reference])


def _addressees(application: Application) -> QuerySet[User]:
    told = Q(pk=application.started_by_id) | Q(pk__in=signatories(application.organisation).values("pk"))
    return User.objects.filter(told, is_active=True).order_by("pk")
