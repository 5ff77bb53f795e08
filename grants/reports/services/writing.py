"""A part of a report is saved. Whoever was faster is never written over: the person who comes later chooses."""

from collections.abc import Mapping
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from fundportal import clock
from fundportal.accounts.models import User
from fundportal.documents.uploads import receive
from fundportal.refusals import Refusal
from grants.awards.models import ReportDue
from grants.questionnaires.conditions import askable
from grants.questionnaires.definition import QuestionKind, Section
from grants.reports.models import PartSave, ReportDraft, ReportFile
from grants.reports.parts import RESULTS, SPENDING
from grants.reports.queries.agreed import definition_of, draft_of, parts
from grants.reports.queries.readiness import is_writable
from grants.reports.services.locking import authorise_writer, lock

Content = Mapping[str, Any]
UPLOAD_KIND: Final = "report"
TABLES: Final = {RESULTS: ("values", "indicators"), SPENDING: ("spending", "budget_lines")}


class StalePart(Refusal):
    """Somebody saved this part since the page was opened. Holds what stands there now; nothing was written."""

    def __init__(self, sentence: object, *, draft: ReportDraft) -> None:
        super().__init__(sentence)
        self.draft = draft


@transaction.atomic
def save_report(report_id: int, *, part: str, content: Content, version: int, by: User) -> ReportDraft:
    """Puts one part into the draft: answers by question, or what was typed by indicator or line of the budget.

    `version` is that of the draft when the page was opened. Saving what stands there already changes nothing. Raises
    StalePart (409) when the part changed since, Refusal (409) when it is not open for writing, NotAllowed (403).
    """
    report = lock(report_id)
    authorise_writer(by, report)
    section = _part_to_write(report, part)
    draft = draft_of(report)
    field = TABLES[part][0] if section is None else "answers"
    written = _table(report, part, content) if section is None else _answers(report, section, draft, content)
    if written == getattr(draft, field):
        return draft
    _refuse_stale(draft, part, version)
    setattr(draft, field, written)
    return _keep(draft, part, by=by)


@transaction.atomic
def attach_file(report_id: int, *, question: str, file: UploadedFile, by: User) -> ReportFile:
    """Takes a file in for a question; it answers it once its token is saved with the part.

    Raises Refusal (422, field "file") with the reason a file is not taken.
    """
    report = lock(report_id)
    authorise_writer(by, report)
    form = definition_of(report)
    section = form.section_of(question)
    _part_to_write(report, section.key if section else "")
    accept = form.by_key[question].accept
    upload = receive(file, name=file.name or "", kind=UPLOAD_KIND, by=by, fund=report.award.fund, accept=accept)
    return ReportFile.objects.create(report=report, upload=upload, question=question, added_by=by, added_at=clock.now())


def _part_to_write(report: ReportDue, key: str) -> Section | None:
    """The section of the form, or None for one of the two tables."""
    found = next((part for part in parts(report) if part.key == key), None)
    if found is None or not is_writable(report):
        raise Refusal(_("This part is not open for writing now. What you typed is below; copy it if you need it."))
    return found.section


def _answers(report: ReportDue, section: Section, draft: ReportDraft, content: Content) -> dict[str, Any]:
    """Answers to questions of this section that were not on the page stay as they are."""
    form = definition_of(report)
    given = _own_files(report, section, content)
    asked = askable(section, form, draft.answers) & {question.key for question in section.questions}
    kept = {key: answer for key, answer in draft.answers.items() if key not in asked}
    return kept | {key: answer for key, answer in given.items() if key in asked}


def _table(report: ReportDue, part: str, content: Content) -> dict[str, Any]:
    """Only lines of this agreement are kept, and of them only what was filled in."""
    agreed = {str(line.pk) for line in getattr(report.award, TABLES[part][1]).all()}
    return {key: dict(held) for key, held in content.items() if key in agreed and held}


def _own_files(report: ReportDue, section: Section, content: Content) -> dict[str, Any]:
    """A token counts only where the file was added to this report; nobody borrows somebody else's."""
    files = [question.key for question in section.questions if question.kind == QuestionKind.FILE]
    if not any(content.get(key) for key in files):
        return dict(content)
    own = {str(token) for token in report.files.order_by("pk").values_list("upload__token", flat=True)}
    kept = {key: [token for token in content.get(key) or [] if str(token) in own] for key in files}
    return {key: answer for key, answer in content.items() if key not in files} | {k: v for k, v in kept.items() if v}


def _refuse_stale(draft: ReportDraft, part: str, version: int) -> None:
    last = PartSave.objects.filter(draft=draft, key=part).select_related("saved_by").first() if draft.pk else None
    if last is None or last.version <= version:
        return
    words = {"person": last.saved_by.full_name if last.saved_by else _("Somebody")}
    sentence = _("%(person)s saved this part after you opened it. Nothing of yours is lost; choose what stays.")
    raise StalePart(sentence % words, draft=draft)


def _keep(draft: ReportDraft, part: str, *, by: User) -> ReportDraft:
    draft.version += 1
    draft.saved_at, draft.saved_by = clock.now(), by
    draft.save()
    facts = {"version": draft.version, "saved_at": draft.saved_at, "saved_by": by}
    PartSave.objects.update_or_create(draft=draft, key=part, defaults=facts)
    return draft
