"""Rows of the office: forms, the parts of one, its published versions."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from fundportal.templatetags.ledgers import Cell, Column, Ledger
from fundportal.templatetags.lists import Badge
from fundportal.templatetags.words import local_day, local_time
from grants.questionnaires.definition import Definition, Question, QuestionKind, Section
from grants.questionnaires.models import FormVersion, Questionnaire
from grants.questionnaires.outline import condition_note, measure


def forms_table(forms: Iterable[Questionnaire]) -> Ledger:
    columns = [Column(_("Form")), Column(_("Fund")), Column(_("Published")), Column(_("Last changed"))]
    rows = [
        [
            Cell(form.name, url=reverse("questionnaires:form", args=[form.pk])),
            Cell(form.fund.name),
            Cell(_published(form.last_version)),
            Cell(local_day(form.updated_at, form.fund.time_zone)),
        ]
        for form in forms
    ]
    return Ledger(_("Forms, last changed first"), columns, rows, has_hidden_caption=True)


def versions_table(versions: Iterable[FormVersion]) -> Ledger:
    columns = [Column(_("Version")), Column(_("Published")), Column(_("By whom")), Column(_("Fingerprint"))]
    rows = [
        [
            Cell(_("Version %(number)s") % {"number": one.number}, url=_version_url(one)),
            Cell(local_time(one.frozen_at)),
            Cell(str(one.frozen_by or _("The portal"))),
            Cell(short(one.sha256)),
        ]
        for one in versions
    ]
    return Ledger(_("Published versions, newest first"), columns, rows, has_hidden_caption=True)


@dataclass(frozen=True)
class QuestionPart:
    question: Question
    number: int
    facts: str
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class SectionPart:
    section: Section
    questions: list[QuestionPart]
    is_first: bool
    is_last: bool


def parts_of(definition: Definition) -> list[SectionPart]:
    """Sections and questions in order; the outermost cannot move further."""
    order = [question.key for question in definition.questions]
    last = len(definition.sections) - 1
    return [
        SectionPart(
            section,
            [_part(definition, question, order.index(question.key) + 1, section) for question in section.questions],
            is_first=place == 0,
            is_last=place == last,
        )
        for place, section in enumerate(definition.sections)
    ]


def short(sha256: str) -> str:
    """The first eight signs in two groups, as a person compares them."""
    return f"{sha256[:4]} {sha256[4:8]}"


def _part(definition: Definition, question: Question, number: int, section: Section) -> QuestionPart:
    said = [str(QuestionKind(question.kind).label)] if question.word_limit else []
    said += [measure(question)]
    said += [] if question.is_required else [_("optional")]
    said += [condition_note(definition, question.condition)] if question.condition else []
    is_edge = (question == section.questions[0], question == section.questions[-1])
    first = is_edge[0] and section == definition.sections[0]
    last = is_edge[1] and section == definition.sections[-1]
    return QuestionPart(question, number, " · ".join(filter(None, said)), is_first=first, is_last=last)


def _published(number: int | None) -> Badge:
    if number is None:
        return Badge(_("Not yet"), "mute")
    return Badge(_("Version %(number)s") % {"number": number}, "ok")


def _version_url(version: FormVersion) -> str:
    return reverse("questionnaires:version", args=[version.questionnaire_id, version.number])
