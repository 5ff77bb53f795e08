"""A section is saved. Whoever was faster is never written over: the person who comes later chooses."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.accounts.models import User
from fundportal.documents.uploads import receive
from fundportal.money import CURRENCIES
from fundportal.refusals import Refusal
from grants.applications.models import Application, Attachment, Draft, SectionSave
from grants.applications.queries.readiness import open_sections
from grants.applications.services.locking import authorise_writer, lock_application
from grants.applications.states import ApplicationState
from grants.questionnaires.conditions import askable
from grants.questionnaires.definition import Definition, QuestionKind, QuestionRole, Section

Answers = dict[str, Any]
TITLE_LENGTH = 300
UPLOAD_KIND = "application"


class StaleSection(Refusal):
    """Somebody saved this section since the page was opened. Holds both texts' facts; nothing was written."""

    def __init__(self, sentence: object, *, saved: SectionSave, answers: Answers, version: int) -> None:
        super().__init__(sentence)
        self.saved = saved
        self.answers = answers
        self.version = version


@transaction.atomic
def save_section(application_id: int, *, section: str, answers: Mapping[str, Any], version: int, by: User) -> Draft:
    """Puts the section's answers into the draft. `version` is that of the draft when the page was opened.

    Saving what stands there already changes nothing. Raises StaleSection (409) when the section changed since, Refusal
    (409) when it is not open for writing, NotAllowed (403).
    """
    application = lock_application(application_id)
    authorise_writer(by, application)
    draft = application.draft
    form = draft.form_version.form
    found = _section_to_write(application, form, section)
    merged = _merged(found, form, draft.answers, _own_files(application, found, answers))
    if merged == draft.answers:
        return draft
    _refuse_stale(draft, section, version)
    _keep(draft, section, merged, by=by, at=clock.now())
    _tell_lists(application, form, merged)
    return draft


@transaction.atomic
def attach_file(application_id: int, *, question: str, file: UploadedFile, by: User) -> Attachment:
    """Takes a file in for a question; it answers it once its token is saved with the section.

    Raises Refusal (422, field "file") with the reason a file is not taken.
    """
    application = lock_application(application_id)
    authorise_writer(by, application)
    form = application.draft.form_version.form
    section = form.section_of(question)
    _section_to_write(application, form, section.key if section else "")
    accept = form.by_key[question].accept
    upload = receive(file, name=file.name or "", kind=UPLOAD_KIND, by=by, fund=application.fund, accept=accept)
    return Attachment.objects.create(
        application=application, upload=upload, question=question, added_by=by, added_at=clock.now()
    )


def _section_to_write(application: Application, form: Definition, key: str) -> Section:
    section = form.section(key)
    if section is None or key not in open_sections(application):
        raise Refusal(_("This part is not open for writing now. What you typed is below; copy it if you need it."))
    in_time = application.state == ApplicationState.INFO_REQUESTED or not application.stage.is_over(clock.now())
    if not in_time:
        raise Refusal(_("The deadline has passed. What was saved before it is kept."))
    return section


def _merged(section: Section, form: Definition, saved: Answers, answers: Mapping[str, Any]) -> Answers:
    """Answers to questions of this section that were not on the page stay as they are."""
    asked = askable(section, form, saved) & {question.key for question in section.questions}
    kept = {key: answer for key, answer in saved.items() if key not in asked}
    return kept | {key: answer for key, answer in answers.items() if key in asked}


def _own_files(application: Application, section: Section, answers: Mapping[str, Any]) -> Answers:
    """A token counts only where the file was added to this application; nobody borrows somebody else's."""
    files = [question.key for question in section.questions if question.kind == QuestionKind.FILE]
    if not any(answers.get(key) for key in files):
        return dict(answers)
    tokens = application.attachments.order_by("pk").values_list("upload__token", flat=True)
    own = {str(token) for token in tokens}
    kept = {key: [token for token in answers.get(key) or [] if str(token) in own] for key in files}
    return {key: answer for key, answer in answers.items() if key not in files} | {k: v for k, v in kept.items() if v}


def _refuse_stale(draft: Draft, section: str, version: int) -> None:
    last = SectionSave.objects.filter(draft=draft, key=section).select_related("saved_by").first()
    if last is None or last.version <= version:
        return
    words = {"person": last.saved_by.full_name if last.saved_by else _("Somebody")}
    sentence = _("%(person)s saved this part after you opened it. Nothing of yours is lost; choose what stays.")
    raise StaleSection(sentence % words, saved=last, answers=draft.answers, version=draft.version)


def _keep(draft: Draft, section: str, answers: Answers, *, by: User, at: datetime) -> None:
    draft.answers = answers
    draft.version += 1
    draft.saved_at, draft.saved_by = at, by
    draft.save()
    SectionSave.objects.update_or_create(
        draft=draft, key=section, defaults={"version": draft.version, "saved_at": at, "saved_by": by}
    )


def _tell_lists(application: Application, form: Definition, answers: Answers) -> None:
    """Before the first sending, lists show the draft's title and amount."""
    if application.state != ApplicationState.DRAFT:
        return
    set_headline(application, form, answers)
    application.save(update_fields=["title", "requested_minor", "currency"])


def set_headline(application: Application, form: Definition, answers: Answers) -> None:
    """The title and the amount that these answers ask for, where they can be read."""
    title = form.with_role(QuestionRole.TITLE)
    amount = form.with_role(QuestionRole.AMOUNT)
    application.title = str(answers.get(title.key, ""))[:TITLE_LENGTH] if title else ""
    asked = answers.get(amount.key) if amount else None
    minor, currency = _amount(asked)
    application.requested_minor, application.currency = minor, currency


def _amount(asked: object) -> tuple[int | None, str]:
    if not isinstance(asked, dict):
        return None, ""
    minor, currency = asked.get("minor"), asked.get("currency")
    if isinstance(minor, int) and not isinstance(minor, bool) and minor > 0 and currency in CURRENCIES:
        return minor, str(currency)
    return None, ""
