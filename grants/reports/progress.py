"""How far each part of a report is, and what its line in the list of parts says."""

from django.urls import reverse

from grants.applications.progress import SectionLine, note_of
from grants.awards.models import ReportDue
from grants.questionnaires.answers import is_answered
from grants.reports.models import ReportDraft
from grants.reports.parts import RESULTS, SPENDING, Part
from grants.reports.queries.agreed import draft_of, parts
from grants.reports.queries.readiness import Missing, is_writable, missing


def part_lines(report: ReportDue, current: str = "") -> list[SectionLine]:
    found, draft, writable = missing(report), draft_of(report), is_writable(report)
    lines = []
    for number, part in enumerate(parts(report), start=1):
        wanting = [one for one in found if one.part == part.key]
        state = _state(part, wanting, draft) if writable else "shut"
        url = reverse("my_reports:part", args=[report.award.reference, report.number, part.key])
        note = note_of(state, len(wanting))
        lines.append(SectionLine(part.key, number, part.title, url, state, note, part.key == current))
    return lines


def _state(part: Part, wanting: list[Missing], draft: ReportDraft) -> str:
    """A part that asks for nothing is done when nobody has touched it, too."""
    if not wanting:
        return "done"
    return "begun" if _is_begun(part, draft) else "new"


def _is_begun(part: Part, draft: ReportDraft) -> bool:
    if part.section is None:
        return bool({RESULTS: draft.values, SPENDING: draft.spending}[part.key])
    return any(is_answered(draft.answers.get(question.key)) for question in part.section.questions)
