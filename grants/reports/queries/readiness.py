"""What stands between a report and being sent."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fundportal.documents.states import UploadState
from grants.awards.models import ReportDue
from grants.awards.states import WITH_THE_GRANTEE
from grants.questionnaires.answers import problems
from grants.questionnaires.definition import Definition, QuestionKind, Section
from grants.questionnaires.kinds.figures import unreadable_minor
from grants.questionnaires.numbers import is_number
from grants.reports.figures import ResultLine, SpendingLine
from grants.reports.models import ReportDraft, ReportFile
from grants.reports.parts import RESULTS, SPENDING, Part
from grants.reports.queries.agreed import (
    definition_of,
    draft_of,
    is_final,
    parts,
    result_lines,
    spending_lines,
)

Problems = dict[str, str]


@dataclass(frozen=True)
class Missing:
    """One box that is not filled in as it must be, where it stands, and the id of its control."""

    part: str
    part_title: str
    box: str
    label: str
    sentence: str


def missing(report: ReportDue) -> list[Missing]:
    """In the order of the report; empty when it may be sent."""
    draft, form = draft_of(report), definition_of(report)
    found = problems(form, draft.answers, uploads_clean=clean_tokens(report))
    return [one for part in parts(report) for one in _of_part(report, draft, part, found)]


def is_writable(report: ReportDue) -> bool:
    return report.state in WITH_THE_GRANTEE


def result_problems(lines: list[ResultLine]) -> Problems:
    """A sentence by the name of the box: value-<number>."""
    return {f"value-{line.key}": sentence for line in lines if (sentence := _of_value(line))}


def spending_problems(lines: list[SpendingLine], *, final: bool) -> Problems:
    """A sentence by the name of the box: spent-<number>, and note-<number> where an explanation is asked for."""
    return dict(_of_spending(lines, final=final))


def clean_tokens(report: ReportDue) -> set[str]:
    """The files of this report that passed their checks, by token."""
    ready = ReportFile.objects.filter(report=report, upload__state=UploadState.CLEAN)
    return {str(token) for token in ready.order_by("pk").values_list("upload__token", flat=True)}


def file_fingerprints(report: ReportDue, tokens: set[str]) -> dict[str, str]:
    """The fingerprint of each of these files by its token."""
    rows = ReportFile.objects.filter(report=report, upload__token__in=tokens).order_by("pk")
    return {str(token): sha256 for token, sha256 in rows.values_list("upload__token", "upload__sha256")}


def tokens_in(form: Definition, answers: dict[str, object]) -> set[str]:
    """Of every file that an answer names."""
    keys = [question.key for question in form.questions if question.kind == QuestionKind.FILE]
    return {str(token) for key in keys for token in answers.get(key) or []}


def _of_part(report: ReportDue, draft: ReportDraft, part: Part, found: Problems) -> Iterator[Missing]:
    if part.section is not None:
        yield from _of_section(part, part.section, found)
    elif part.key == RESULTS:
        lines = result_lines(report, draft.values)
        yield from _boxes(part, {line.key: line.name for line in lines}, result_problems(lines))
    elif part.key == SPENDING:
        budget = spending_lines(report, draft.spending)
        names = {line.key: line.heading for line in budget}
        yield from _boxes(part, names, spending_problems(budget, final=is_final(report)))


def _of_section(part: Part, section: Section, found: Problems) -> Iterator[Missing]:
    for question in section.questions:
        if question.key in found:
            yield Missing(part.key, part.title, f"id_a-{question.key}", question.label, found[question.key])


def _boxes(part: Part, names: dict[str, str], found: Problems) -> Iterator[Missing]:
    for box, sentence in found.items():
        yield Missing(part.key, part.title, f"id_{box}", names[box.partition("-")[2]], sentence)


def _of_value(line: ResultLine) -> str:
    if not line.value:
        return _("Type the figure you reached, or 0.")
    return "" if is_number(line.value) else _("Type a number in figures, like 12.")


def _of_spending(lines: list[SpendingLine], *, final: bool) -> Iterator[tuple[str, str]]:
    for line in lines:
        if line.spent is None:
            yield f"spent-{line.key}", _of_amount(line)
        elif line.needs_a_word(is_final=final) and not line.note:
            yield f"note-{line.key}", _("More than 10 per cent off the plan: say in a sentence why.")


def _of_amount(line: SpendingLine) -> str:
    if not line.typed:
        return _("Type what you spent, or 0.")
    return unreadable_minor({"typed": line.typed}, line.planned.currency)
