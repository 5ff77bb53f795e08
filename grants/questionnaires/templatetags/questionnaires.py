"""Forms and answers on a page: the questions of a section to fill in, a sheet to read, what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fundportal.documents.models import Upload
from fundportal.templatetags.controls import described_by
from fundportal.templatetags.files import file_field
from fundportal.templatetags.ledgers import Cell, Column, Ledger
from grants.questionnaires.budget_grid import grid
from grants.questionnaires.definition import Definition, QuestionKind
from grants.questionnaires.kinds import MOST_FILES, BudgetSheet, words
from grants.questionnaires.kinds.figures import PARTS, part_label
from grants.questionnaires.outline import Outline, condition_note, outline
from grants.questionnaires.section_form import SectionForm
from grants.questionnaires.sheets import Difference, SheetSection

register = template.Library()

MOST_TILES = 4
LONGEST_TILE = 24
GRIDS = {
    QuestionKind.BUDGET: "questionnaires/budget.html",
    QuestionKind.FILE: "questionnaires/files.html",
    QuestionKind.INDICATOR: "questionnaires/indicator.html",
}


@dataclass(frozen=True)
class Asked:
    """A question ready to print. `waits_for` is the name of the control it hangs on, `note` the same in words."""

    bound: BoundField
    template: str
    waits_for: str
    values: str
    note: str

    @property
    def look(self) -> str:
        return _look(self.bound)

    @property
    def affix(self) -> str:
        question = self.bound.field.question
        return question.currency if question.kind == QuestionKind.MONEY else ""

    @property
    def foot(self) -> SafeString | str:
        limit = self.bound.field.question.word_limit
        return word_counter(self.bound, limit) if limit else ""


@register.inclusion_tag("questionnaires/section.html")
def section_fields(
    form: SectionForm, uploads: Mapping[str, Upload] | None = None, file_url: str = ""
) -> dict[str, Any]:
    """The questions of `SectionForm`, without <form> and button. `uploads` has the Upload of each token as text.

    `file_url` is where `upload.js` sends a file the moment it is chosen.
    """
    return {"questions": [_asked(form, bound) for bound in form], "uploads": uploads or {}, "file_url": file_url}


@register.inclusion_tag("questionnaires/budget_grid.html")
def budget_grid(bound: BoundField) -> dict[str, Any]:
    return {"grid": grid(bound), "name": bound.html_name, "id": bound.auto_id}


@register.inclusion_tag("components/file_field.html")
def question_files(bound: BoundField, uploads: Mapping[str, Upload], file_url: str = "") -> dict[str, Any]:
    """The files whose Upload is known; a token without one is left out, and gone with the next save."""
    question = bound.field.question
    held = [uploads[token] for token in bound.value() or [] if token in uploads]
    return file_field(bound, held, question.accept, MOST_FILES if question.is_many else 1, file_url)


@register.inclusion_tag("questionnaires/indicator_boxes.html")
def indicator_boxes(bound: BoundField) -> dict[str, Any]:
    held = bound.value() or {}
    boxes = [(part, part_label(part), held.get(part, "")) for part in PARTS]
    return {"boxes": boxes, "name": bound.html_name, "id": bound.auto_id, "described_by": described_by(bound)}


@register.inclusion_tag("questionnaires/group_head.html")
def group_head(bound: BoundField) -> dict[str, Any]:
    """Legend, help and error of a question with several boxes, as the `field` component draws them."""
    return {
        "field": bound,
        "note": "",
        "is_optional": not bound.field.required,
        "is_bad": bool(bound.errors),
        "help_id": f"{bound.auto_id}-help",
        "error_id": f"{bound.auto_id}-error",
    }


@register.inclusion_tag("questionnaires/sheet.html")
def answer_sheet(
    sheet: Sequence[SheetSection],
    uploads: Mapping[str, Upload] | None = None,
    urls: Mapping[str, str] | None = None,
    level: int = 2,
) -> dict[str, Any]:
    """Answers to be read. `uploads` and `urls` have the Upload and the address of each token as text.

    `level` (2 or 3) is that of the section headings.
    """
    return {"sections": sheet, "uploads": uploads or {}, "urls": urls or {}, "is_deep": level != 2}  # noqa: PLR2004  (h2 or h3)


@register.inclusion_tag("components/ledger.html")
def budget_ledger(budget: BudgetSheet) -> dict[str, Any]:
    columns = [Column(_("What")), Column(_("Amount"), is_number=True), Column(_("Why this much"))]
    rows = [
        [Cell(line.what), Cell(line.typed if line.amount is None else line.amount), Cell(line.why)]
        for line in budget.lines
    ]
    foot = [Cell(_("Sum of lines")), Cell(budget.total), Cell()]
    table = Ledger(_("Lines of the budget"), columns, rows, foot, is_loose=True, has_hidden_caption=True)
    return {"table": table, "foot": table.foot_line}


@register.inclusion_tag("questionnaires/sheet_files.html")
def sheet_files(tokens: Sequence[str], uploads: Mapping[str, Upload], urls: Mapping[str, str]) -> dict[str, Any]:
    files = [(uploads[token], urls.get(token, "")) for token in tokens if token in uploads]
    return {"files": files, "gone": len(tokens) - len(files)}


@register.inclusion_tag("questionnaires/differences.html")
def answer_differences(differences: Sequence[Difference]) -> dict[str, Any]:
    """What stood before and what stands now, side by side."""
    return {"differences": differences}


@register.inclusion_tag("questionnaires/question_list.html")
def question_list(definition: Definition) -> dict[str, Any]:
    """Every question in the words of the form, before anybody starts: for the page of a call."""
    sections: list[Outline] = outline(definition)
    return {"sections": sections}


def word_counter(bound: BoundField, most: int) -> SafeString:
    count = words(str(bound.value() or ""))
    shape = {"within": _("{count} of {most} words"), "over": _("{count} of {most} words, {over} too many")}
    text = shape["over" if count > most else "within"].format(count=count, most=most, over=count - most)
    return format_html(
        '<span></span><span class="n" data-words-of="{}" data-most="{}" data-within="{}" data-over="{}">{}</span>',
        bound.id_for_label,
        most,
        shape["within"],
        shape["over"],
        text,
    )


def _asked(form: SectionForm, bound: BoundField) -> Asked:
    question = bound.field.question
    condition = question.condition
    return Asked(
        bound,
        GRIDS.get(question.kind, "questionnaires/box.html"),
        form.add_prefix(condition.question) if condition else "",
        " ".join(condition.values) if condition else "",
        condition_note(form.definition, condition) if condition else "",
    )


def _look(bound: BoundField) -> str:
    """Few short choices are tiles, more of them a list; short things have short boxes."""
    question = bound.field.question
    if question.kind in {QuestionKind.NUMBER, QuestionKind.DATE, QuestionKind.MONEY}:
        return "short"
    labels = [choice.label for choice in question.choices]
    is_short = bool(labels) and len(labels) <= MOST_TILES and max(map(len, labels)) <= LONGEST_TILE
    return "tiles" if is_short and not question.is_many else ""
