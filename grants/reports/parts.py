"""The parts of a report in their order: the sections of its form, results, spending, files.

The names of ours have a hyphen, which no section or question of a form may have, so that they never meet.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.questionnaires.definition import Definition, Question, QuestionKind, Section

RESULTS: Final = "the-results"
SPENDING: Final = "the-spending"
FILES: Final = "the-files"
FILES_QUESTION: Final = "report-files"
FILES_TITLE: Final = gettext_lazy("Files")
FILES_LABEL: Final = gettext_lazy("Photos, lists and papers that belong to this report")
FILES_HELP: Final = gettext_lazy(
    "Only if they say what words cannot. Ask people before you send a photo that shows them."
)


@dataclass(frozen=True)
class Part:
    """`section` is none for the two tables, whose boxes come from the agreement and not from the form."""

    key: str
    title: str
    section: Section | None = None


def form_of(form_version: Any) -> Definition:
    """What is asked in words, with the house's own box for files at the end."""
    return Definition((*form_version.form.sections, _files_section()))


def parts_of(form: Definition, *, has_results: bool, has_spending: bool) -> list[Part]:
    """A grant without agreed indicators, or without a budget by heading, is not asked for them."""
    return list(_parts(form, has_results=has_results, has_spending=has_spending))


def _parts(form: Definition, *, has_results: bool, has_spending: bool) -> Iterator[Part]:
    *narrative, files = form.sections
    yield from (Part(section.key, section.title, section) for section in narrative)
    if has_results:
        yield Part(RESULTS, _("Results in figures"))
    if has_spending:
        yield Part(SPENDING, _("Budget and spending"))
    yield Part(files.key, files.title, files)


def _files_section() -> Section:
    question = Question(
        key=FILES_QUESTION,
        kind=QuestionKind.FILE,
        labels=_in_every_language(FILES_LABEL),
        helps=_in_every_language(FILES_HELP),
        is_required=False,
        is_many=True,
    )
    return Section(FILES, _in_every_language(FILES_TITLE), {}, (question,))


def _in_every_language(text: object) -> Mapping[str, str]:
    texts = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            texts[code] = str(text)
    return texts
