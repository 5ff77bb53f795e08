"""What one version of a report, or of one part of it, says otherwise than another: plain texts side by side."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from fundportal.documents.models import Upload
from grants.awards.models import ReportDue
from grants.questionnaires.answers import Difference, differences
from grants.questionnaires.definition import Definition, QuestionKind
from grants.reports.figures import ResultLine, SpendingLine
from grants.reports.models import ReportDraft, ReportRevision
from grants.reports.parts import RESULTS, SPENDING, Part, form_of
from grants.reports.queries.agreed import definition_of, result_lines, result_text, spending_lines, spending_text

Line = TypeVar("Line", ResultLine, SpendingLine)
Uploads = Mapping[str, Upload]


def changes_between(before: ReportRevision, after: ReportRevision, uploads: Uploads) -> list[Difference]:
    """In the order of the report. Files are named as their owner named them."""
    form = form_of(after.form_version)
    found = _in_words(form, before.answers, after.answers, uploads)
    found += _of_lines(before.result_lines, after.result_lines, result_text, _name_of, _("Results in figures"))
    budget, title = (before.spending_lines, after.spending_lines), _("Budget and spending")
    return found + _of_lines(*budget, spending_text, _heading_of, title)


def both_texts(
    report: ReportDue, draft: ReportDraft, part: Part, typed: Mapping[str, Any], uploads: Uploads
) -> list[Difference]:
    """What is saved beside what was typed, where they differ."""
    if part.key == RESULTS:
        lines = result_lines(report, draft.values), result_lines(report, typed)
        return _of_lines(*lines, result_text, _name_of, part.title)
    if part.key == SPENDING:
        budget = spending_lines(report, draft.spending), spending_lines(report, typed)
        return _of_lines(*budget, spending_text, _heading_of, part.title)
    asked = {question.key for question in part.section.questions} if part.section else set()
    kept = {key: answer for key, answer in draft.answers.items() if key not in asked}
    return _in_words(definition_of(report), draft.answers, kept | dict(typed), uploads)


def _in_words(form: Definition, before: Any, after: Any, uploads: Uploads) -> list[Difference]:
    return [_named(form, one, uploads) for one in differences(form, before, after)]


def _named(form: Definition, one: Difference, uploads: Uploads) -> Difference:
    """The answer to a question for files is a list of tokens, which say nothing to a reader."""
    if form.by_key[one.key].kind != QuestionKind.FILE:
        return one
    return replace(one, before=_names(one.before, uploads), after=_names(one.after, uploads))


def _names(tokens: str, uploads: Uploads) -> str:
    return "\n".join(uploads[token].name for token in tokens.split("\n") if token in uploads)


def _of_lines(
    before: Sequence[Line],
    after: Sequence[Line],
    text: Callable[[Line], str],
    name: Callable[[Line], str],
    title: str,
) -> list[Difference]:
    old = {line.key: text(line) for line in before}
    found = [(line, old.get(line.key, "")) for line in after]
    return [Difference(line.key, title, name(line), was, text(line)) for line, was in found if was != text(line)]


def _name_of(line: ResultLine) -> str:
    return line.name


def _heading_of(line: SpendingLine) -> str:
    return line.heading
