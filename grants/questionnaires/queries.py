"""Forms as the office sees them: which there are, and what one still lacks."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Max, QuerySet
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from fundportal.access import Actor
from grants.questionnaires.conditions import condition_values, reachable
from grants.questionnaires.definition import Definition, Question, QuestionKind, QuestionRole, Section
from grants.questionnaires.models import Questionnaire
from grants.questionnaires.sheets import sheet

__all__ = ["ROLE_KINDS", "forms_for", "problems", "sheet"]

FEWEST_CHOICES = 2
ROLE_KINDS: Mapping[str, str] = {
    QuestionRole.TITLE: QuestionKind.SHORT_TEXT,
    QuestionRole.SUMMARY: QuestionKind.LONG_TEXT,
    QuestionRole.AMOUNT: QuestionKind.MONEY,
    QuestionRole.BUDGET: QuestionKind.BUDGET,
}


def forms_for(actor: Actor) -> QuerySet[Questionnaire]:
    """Newest change first, with the number of the last published version."""
    found = Questionnaire.objects.visible_to(actor).select_related("fund")
    return found.annotate(last_version=Max("versions__number")).order_by("-updated_at", "-pk")


def problems(definition: Definition, languages: Iterable[str]) -> list[str]:
    """What stands between this form and being published in these languages, in sentences; [] when nothing does."""
    asked = list(languages)
    found = [_("There is no section yet. Add one.")] if not definition.sections else []
    for section in definition.sections:
        found += _of_section(section, asked)
        for question in section.questions:
            found += _of_question(question, asked)
            found += _of_condition(question, definition)
    return found + list(_of_roles(definition))


def _of_section(section: Section, languages: list[str]) -> Iterator[str]:
    name = section.title or section.key
    for language in languages:
        if not section.titles.get(language):
            yield _("The section “%(name)s” has no title in %(language)s.") % {
                "name": name,
                "language": language_name(language),
            }
    if not section.questions:
        yield _("The section “%(name)s” asks nothing. Add a question or remove it.") % {"name": name}


def _of_question(question: Question, languages: list[str]) -> Iterator[str]:
    name = question.label or question.key
    for language in languages:
        words = {"name": name, "language": language_name(language)}
        if not question.labels.get(language):
            yield _("“%(name)s” has no wording in %(language)s.") % words
        if question.helps and not question.helps.get(language):
            yield _("The help of “%(name)s” has no wording in %(language)s.") % words
        if any(not choice.labels.get(language) for choice in question.choices):
            yield _("A choice of “%(name)s” has no wording in %(language)s.") % words
    if question.kind == QuestionKind.CHOICE and len(question.choices) < FEWEST_CHOICES:
        yield _("“%(name)s” needs at least two choices.") % {"name": name}


def _of_condition(question: Question, definition: Definition) -> Iterator[str]:
    condition, words = question.condition, {"name": question.label or question.key}
    if condition is None:
        return
    source = definition.by_key.get(condition.question)
    offered = {value for value, _label in condition_values(source)} if source else set()
    if not condition.values or not set(condition.values) <= offered:
        yield _("“%(name)s” waits for an answer that nobody can give. Choose its condition again.") % words
    elif question.key in _never_asked(definition):
        yield _("“%(name)s” waits for a question that waits for it. Choose its condition again.") % words


def _never_asked(definition: Definition) -> set[str]:
    """Questions that no answers would ever open."""
    every = {one.key: [value for value, _label in condition_values(one)] for one in definition.questions}
    every |= {one.key: True for one in definition.questions if one.kind == QuestionKind.DECLARATION}
    return set(definition.by_key) - reachable(definition, every)


def _of_roles(definition: Definition) -> Iterator[str]:
    counts = Counter(question.role for question in definition.questions if question.role)
    labels = dict(QuestionRole.choices)
    for role, count in counts.items():
        if count > 1:
            yield _("Only one question may be “%(role)s”.") % {"role": labels[role]}
    for question in definition.questions:
        words = {"name": question.label or question.key, "role": labels[question.role]}
        if question.role and question.kind != ROLE_KINDS[question.role]:
            yield _("“%(name)s” is not of the kind that “%(role)s” needs.") % words
    title = definition.with_role(QuestionRole.TITLE)
    if title is None:
        yield _("No question is the project's title. Lists and letters need it.")
    elif not title.is_required or title.condition:
        yield _("Everybody has to be asked for the project's title.")
    if counts[QuestionRole.BUDGET] and not counts[QuestionRole.AMOUNT]:
        yield _("The budget has nothing to add up to: no question is what is asked for.")


def language_name(code: str) -> str:
    return str(get_language_info(code)["name_translated"])
