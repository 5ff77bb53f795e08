"""The letters of an application, each to every member of the organisation in their own language."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.accounts.models import User
from fundportal.mail.services import write
from fundportal.templatetags.words import DAY_FORMAT
from grants.applications.models import Application, Disqualification, Ineligibility, InfoRequest, Revision
from grants.applications.queries.acknowledgement import acknowledgement as paper_of
from grants.applications.queries.people import addressees
from grants.applications.queries.screening import rule_text
from grants.applications.states import APPEAL_WINDOW, REINSTATEMENT_WINDOW
from grants.calls.deadlines import in_words, instant, wall_clock
from grants.calls.models import Call, Extension
from grants.questionnaires.answers import sheet

Words = Callable[[], dict[str, Any]]


def acknowledgement(revision: Revision) -> None:
    application = revision.application

    def words() -> dict[str, Any]:
        language = translation.get_language()
        return {
            "paper": paper_of(revision, language),
            "url": _url(application, "acknowledgement", revision.number),
        }

    _send("applications/acknowledgement", application, words, key=f"revision:{revision.number}")


def lapsed(application: Application) -> None:
    """With a copy of the answers, so that nothing written is lost."""

    def words() -> dict[str, Any]:
        form = application.draft.form_version.form
        return {"application": application, "sheet": sheet(form, application.draft.answers)}

    _send("applications/lapsed", application, words, key="lapsed")


def deadline_moved(application: Application, extension: Extension) -> None:
    stage = application.stage

    def words() -> dict[str, Any]:
        deadline = in_words(instant(wall_clock(extension.deadline_after), extension.zone), extension.zone)
        calendar = settings.SITE_ORIGIN + reverse("call_calendar", args=[stage.call.code])
        return {
            "application": application,
            "call": stage.call.title,
            "deadline": deadline,
            "reason": extension.reason,
            "calendar": calendar,
            "url": _url(application),
        }

    _send("applications/deadline_moved", application, words, key=f"extension:{extension.pk}")


def opened_again(application: Application, extension: Extension) -> None:
    """To those whose draft ended with the deadline: they can begin again."""

    def words() -> dict[str, Any]:
        deadline = in_words(instant(wall_clock(extension.deadline_after), extension.zone), extension.zone)
        again = _(
            "It takes applications until %(deadline)s. Your draft ended with the first deadline; begin a new one."
        )
        lines = [extension.reason, again % {"deadline": deadline}, _("What you wrote is kept on its page.")]
        heading = _("The call “%(call)s” is open again") % {"call": application.stage.call.title}
        return {"application": application, "heading": heading, "lines": lines, "url": _url(application)}

    _send("applications/news", application, words, key=f"reopened:{extension.pk}")


def call_cancelled(application: Application, call: Call) -> None:
    def words() -> dict[str, Any]:
        heading = _("The call “%(call)s” is cancelled") % {"call": call.title}
        lines = [call.cancel_reason, _("Your application goes no further. What you wrote is kept on its page.")]
        return {"application": application, "heading": heading, "lines": lines, "url": _url(application)}

    _send("applications/news", application, words, key="call_cancelled")


def info_requested(request: InfoRequest) -> None:
    application = request.application

    def words() -> dict[str, Any]:
        form = application.draft.form_version.form
        titles = [section.title for section in form.sections if section.key in request.sections]
        day = date_format(request.due_on, DAY_FORMAT)
        return {
            "application": application,
            "titles": titles,
            "reason": request.reason,
            "day": day,
            "url": _url(application),
        }

    _send("applications/info_requested", application, words, key=f"request:{request.pk}")


def invited_to_write(application: Application, person: User, *, by: User) -> None:
    with translation.override(person.language):
        context = {"application": application, "by": by.full_name, "url": _url(application)}
    write(
        "applications/invited_to_write",
        key=f"application:{application.pk}:writer:{person.pk}:{clock.now().isoformat()}",
        to=person.email,
        language=person.language,
        fund=application.fund,
        context=context,
    )


def withdrawn(application: Application) -> None:
    days = REINSTATEMENT_WINDOW.days
    _news(
        application,
        "withdrawn",
        lambda: _("Your application is withdrawn"),
        lambda: [_("Nothing more happens. The fund can bring it back within %(days)s days.") % {"days": days}],
    )


def reinstated(application: Application, reason: str) -> None:
    _news(
        application,
        "reinstated",
        lambda: _("Your application is back"),
        lambda: [reason, _("It stands where it stood before it was withdrawn.")],
    )


def held(application: Application, reason: str) -> None:
    def lines() -> list[str]:
        day = date_format(application.hold_ends_on, DAY_FORMAT)
        return [reason, _("The fund office looks at it again on %(day)s. You need not do anything.") % {"day": day}]

    _news(application, "held", lambda: _("Your application is on hold"), lines)


def resumed(application: Application) -> None:
    _news(
        application,
        "resumed",
        lambda: _("Your application goes on"),
        lambda: [_("The hold is over. It stands where it stood before.")],
    )


def ineligible(application: Application, proposal: Ineligibility) -> None:
    def lines() -> list[str]:
        rule = rule_text(application.stage.call, proposal.criterion)
        until = date_format((clock.now() + APPEAL_WINDOW).date(), DAY_FORMAT)
        return [
            _("It misses this rule: %(rule)s.") % {"rule": rule.rstrip(".")},
            proposal.reason,
            _("Two people checked this. If you think they are wrong, answer this mail until %(day)s.") % {"day": until},
        ]

    _news(application, "ineligible", lambda: _("Your application does not fit this call"), lines)


def appeal_upheld(application: Application, reason: str) -> None:
    _news(
        application,
        "appeal",
        lambda: _("Your appeal was right"),
        lambda: [reason, _("Your application goes on to the reviewers with all others.")],
    )


def disqualified(application: Application, proposal: Disqualification) -> None:
    _news(
        application,
        "disqualified",
        lambda: _("Your application is excluded from this call"),
        lambda: [proposal.evidence, _("You answered: %(reply)s") % {"reply": proposal.reply}],
    )


def _news(application: Application, what: str, heading: Callable[[], str], lines: Callable[[], list[str]]) -> None:
    """One letter for what happened to it: a heading, sentences, and the way to its page."""

    def words() -> dict[str, Any]:
        return {"application": application, "heading": heading(), "lines": lines(), "url": _url(application)}

    _send("applications/news", application, words, key=f"{what}:{application.version}")


def _send(template: str, application: Application, words: Words, *, key: str) -> None:
    for person in addressees(application):
        with translation.override(person.language):
            context = words()
        write(
            template,
            key=f"application:{application.pk}:{key}:{person.pk}",
            to=person.email,
            language=person.language,
            fund=application.fund,
            context=context,
        )


def _url(application: Application, page: str = "application", *more: object) -> str:
    return settings.SITE_ORIGIN + reverse(f"my_applications:{page}", args=[application.reference, *more])
