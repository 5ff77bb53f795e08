"""What a concept note says already of what the next stage asks."""

from typing import Any

from grants.applications.models import Revision
from grants.questionnaires.definition import Definition, Question, QuestionKind

# A file belongs to the application it was added to; a declaration is made anew each time.
STAYS_BEHIND = (QuestionKind.FILE, QuestionKind.DECLARATION)


def carried_over(sent: Revision, form: Definition) -> dict[str, Any]:
    """The answers to questions of the same name and kind, in the same currency."""
    asked = sent.form_version.form.by_key
    return {
        question.key: sent.answers[question.key]
        for question in form.questions
        if question.key in sent.answers and question.key in asked and _is_the_same(asked[question.key], question)
    }


def _is_the_same(before: Question, after: Question) -> bool:
    same = (before.kind, before.currency, before.is_many) == (after.kind, after.currency, after.is_many)
    return same and after.kind not in STAYS_BEHIND
