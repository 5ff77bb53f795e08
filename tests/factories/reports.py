"""Reports at any state with what was written, sent and answered: written here without their services."""

from datetime import timedelta
from typing import Any

from fundportal import clock
from fundportal.access import Role
from fundportal.accounts.models import User
from fundportal.organisations.queries import signatories
from grants.awards.models import Award, ReportDue
from grants.awards.states import AwardState, ReportState
from grants.questionnaires.definition import Definition, Question, Section
from grants.reports.fingerprint import seal
from grants.reports.models import Feedback, Publication, ReportDraft, ReportFile, ReportRevision
from grants.reports.queries.agreed import definition_of, result_lines, spending_lines
from grants.reports.queries.readiness import file_fingerprints, tokens_in
from grants.reports.states import FeedbackKind
from tests.factories.awards import make_award, make_budget_line, make_indicator, make_report_due
from tests.factories.people import make_person
from tests.factories.questionnaires import make_form_version, make_questionnaire
from tests.factories.uploads import make_upload

R = ReportState
WAS_SENT = (R.SUBMITTED, R.CHANGES_REQUESTED, R.ACCEPTED)
STORY = Section(
    "story",
    {"en": "How it went", "fr": "Comment cela s’est passé"},
    {},
    (
        Question("done", "long_text", {"en": "What you did", "fr": "Ce que vous avez fait"}, word_limit=200),
        Question("paper", "file", {"en": "A list of what took place", "fr": "Une liste"}, is_required=False),
    ),
)
LEARNT = Section(
    "learnt",
    {"en": "What you learnt", "fr": "Ce que vous avez appris"},
    {},
    (Question("lesson", "long_text", {"en": "What you would do otherwise", "fr": "Ce que vous changeriez"}),),
)
ANSWERS = {"done": "We opened the kitchen and cooked twice a week.", "lesson": "Begin with the ovens."}


def make_running_award(**facts: Any) -> Award:
    """Under way, with two indicators and a budget of two headings, half of the money each."""
    award = make_award(state=facts.pop("state", AwardState.ACTIVE), **facts)
    make_indicator(award, name="People who found work", unit="people", baseline=0, target=40)
    make_indicator(award, name="Evenings in the kitchen", unit="", baseline=None, target="80.5")
    make_budget_line(award, heading="A cook for ten months")
    make_budget_line(award, heading="Food and rent")
    return award


def make_report(award: Award | None = None, *, state: str = R.OPEN, **facts: Any) -> ReportDue:
    """Complete, unless `answers`, `values` or `spending` say otherwise; what was sent has its first revision."""
    award = award or make_running_award()
    held = {name: facts.pop(name, None) for name in ("answers", "values", "spending")}
    facts.setdefault("form_version", a_report_form(award))
    report = make_report_due(award, state=state, **facts)
    if state not in {R.SCHEDULED, R.WAIVED}:
        make_draft(report, **{name: given for name, given in held.items() if given is not None})
    if state in WAS_SENT:
        revision = make_revision(report)
    if state == R.ACCEPTED:
        make_feedback(report, revision, FeedbackKind.ACCEPTED)
    if state == R.CHANGES_REQUESTED:
        make_feedback(report, revision, FeedbackKind.RETURNED)
    return report


def make_draft(report: ReportDue, **facts: Any) -> ReportDraft:
    complete = {"answers": dict(ANSWERS), "values": values_of(report), "spending": spending_of(report)}
    by = signatory_of(report)
    return ReportDraft.objects.create(report=report, saved_by=by, **(complete | facts))


def make_revision(report: ReportDue, **facts: Any) -> ReportRevision:
    """The next version of it, as its draft stands."""
    draft = report.draft
    revision = ReportRevision(
        report=report,
        **(
            {
                "number": report.revisions.count() + 1,
                "form_version": report.form_version,
                "answers": draft.answers,
                "results": [line.as_json() for line in result_lines(report, draft.values)],
                "spending": [line.as_json() for line in spending_lines(report, draft.spending)],
                "files": file_fingerprints(report, tokens_in(definition_of(report), draft.answers)),
                "currency": report.award.currency,
                "language": "en",
                "submitted_at": clock.now(),
                "submitted_by": signatory_of(report),
            }
            | facts
        ),
    )
    revision.sha256 = seal(revision)
    revision.save(force_insert=True)
    return revision


def make_feedback(report: ReportDue, revision: ReportRevision | None, kind: str, **facts: Any) -> Feedback:
    by = facts.pop("by", None) or make_person("Otto Officer", Role.OFFICER, fund=report.award.fund)
    defaults = {"text": "We read it with interest. Who pays for the ovens?", "by": by}
    return Feedback.objects.create(report=report, revision=revision, kind=kind, **(defaults | facts))


def make_publication(report: ReportDue | None = None, **facts: Any) -> Publication:
    report = report or make_report(state=R.ACCEPTED)
    defaults = {
        "revision": report.revisions.latest("number"),
        "summaries": {"en": "Forty people cooked together.", "fr": "Quarante personnes ont cuisiné."},
        "cleared_by": make_person("Edda Editor", Role.EDITOR, fund=report.award.fund),
        "cleared_at": clock.now(),
    }
    return Publication.objects.create(report=report, **(defaults | facts))


def make_report_file(report: ReportDue, question: str = "paper", **facts: Any) -> ReportFile:
    """Clean, unless `state` says otherwise, and not an answer yet."""
    by = signatory_of(report)
    upload = make_upload(by, kind="report", fund=report.award.fund, **facts)
    return ReportFile.objects.create(report=report, upload=upload, question=question, added_by=by)


def a_report_form(award: Award) -> Any:
    form = Definition((STORY, LEARNT))
    return make_form_version(make_questionnaire(award.fund, form=form))


def values_of(report: ReportDue) -> dict[str, Any]:
    return {str(one.pk): {"value": "12"} for one in report.award.indicators.order_by("position")}


def spending_of(report: ReportDue) -> dict[str, Any]:
    """Just as planned."""
    return {str(one.pk): {"minor": one.amount_minor} for one in report.award.budget_lines.order_by("position")}


def signatory_of(report: ReportDue) -> User:
    return signatory_of_award(report.award)


def signatory_of_award(award: Award) -> User:
    return signatories(award.organisation).first()


def late_by(days: int) -> dict[str, Any]:
    """Dates of a report that was due so many days ago; below zero it is due so many days from now."""
    due_on = clock.today("UTC") - timedelta(days=days)
    ends_on = due_on - timedelta(days=1)
    return {"due_on": due_on, "period_ends_on": ends_on, "period_starts_on": ends_on - timedelta(days=90)}
