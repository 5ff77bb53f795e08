"""What stands between a draft and being sent."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fundportal.documents.states import UploadState
from fundportal.money import Money, format_money
from grants.applications.models import Application, Attachment
from grants.applications.states import ApplicationState
from grants.calls.models import Call
from grants.questionnaires.answers import problems
from grants.questionnaires.definition import Definition, QuestionRole


@dataclass(frozen=True)
class Missing:
    """One question that is not answered as it must be, and where it stands."""

    section: str
    section_title: str
    question: str
    label: str
    sentence: str


def missing(application: Application) -> list[Missing]:
    """In the order of the form; empty when it may be sent. Reads the draft, its form and its files."""
    draft = application.draft
    form = draft.form_version.form
    found = problems_of(form, draft.answers, application)
    return [
        Missing(section.key, section.title, question.key, question.label, found[question.key])
        for section in form.sections
        for question in section.questions
        if question.key in found
    ]


def problems_of(form: Definition, answers: dict[str, Any], application: Application) -> dict[str, str]:
    """A sentence by question key: what the form wants, and what the call says of the amount."""
    found = problems(form, answers, uploads_clean=clean_tokens(application))
    amount = form.with_role(QuestionRole.AMOUNT)
    if amount and amount.key not in found and amount.key in answers:
        sentence = _outside(answers[amount.key], application.stage.call)
        found |= {amount.key: sentence} if sentence else {}
    return found


def clean_tokens(application: Application) -> set[str]:
    """The files of this application that passed their checks, by token."""
    ready = Attachment.objects.filter(application=application, upload__state=UploadState.CLEAN)
    return {str(token) for token in ready.order_by("pk").values_list("upload__token", flat=True)}


def file_fingerprints(application: Application, tokens: set[str]) -> dict[str, str]:
    """The fingerprint of each of these files by its token."""
    rows = Attachment.objects.filter(application=application, upload__token__in=tokens).order_by("pk")
    return {str(token): sha256 for token, sha256 in rows.values_list("upload__token", "upload__sha256")}


def tokens_in(form: Definition, answers: dict[str, Any]) -> set[str]:
    """Of every file that an answer names."""
    keys = [question.key for question in form.questions if question.kind == "file"]
    return {str(token) for key in keys for token in answers.get(key) or []}


def open_sections(application: Application) -> set[str]:
    """The sections that may be written now: all of a draft, those asked for while a request is open, else none."""
    every = {section.key for section in application.draft.form_version.form.sections}
    if not application.is_open_for_writing:
        return set()
    if application.state != ApplicationState.INFO_REQUESTED:
        return every
    request = application.info_requests.filter(answered_at__isnull=True).first()
    return every & set(request.sections) if request else set()


def _outside(answer: dict[str, Any], call: Call) -> str:
    """The sentence for an amount that the call does not give; "" within its limits, or where it has none."""
    asked = Money(answer["minor"], answer["currency"])
    if asked.currency != call.currency:
        return _("This call gives %(currency)s.") % {"currency": call.currency}
    if call.minimum and asked < call.minimum:
        return _("The smallest grant of this call is %(amount)s. Ask for that or more.") % {
            "amount": format_money(call.minimum, cents=not call.minimum.is_whole)
        }
    if call.maximum and asked > call.maximum:
        return _("The largest grant of this call is %(amount)s. Ask for that or less.") % {
            "amount": format_money(call.maximum, cents=not call.maximum.is_whole)
        }
    return ""
