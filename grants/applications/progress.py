"""How far each section of a draft is, and what its line in the list of sections says."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.applications.models import Application
from grants.applications.queries import Missing, missing, open_sections
from grants.questionnaires.answers import is_answered


@dataclass(frozen=True)
class SectionLine:
    """`state` is done, begun, new or shut; `icon` its sign, `note` the same in words."""

    key: str
    number: int
    title: str
    url: str
    state: str
    note: str
    is_current: bool = False

    @property
    def icon(self) -> str:
        return {"done": "check", "begun": "clock", "new": "pen", "shut": "file"}[self.state]

    @property
    def is_done(self) -> bool:
        return self.state == "done"


def section_lines(application: Application, current: str = "") -> list[SectionLine]:
    found = missing(application)
    writable = open_sections(application)
    answers = application.draft.answers
    lines = []
    for number, section in enumerate(application.draft.form_version.form.sections, start=1):
        wanting = [one for one in found if one.section == section.key]
        begun = any(is_answered(answers.get(question.key)) for question in section.questions)
        state = _state(wanting, is_open=section.key in writable, is_begun=begun)
        url = reverse("my_applications:section", args=[application.reference, section.key])
        lines.append(
            SectionLine(
                section.key, number, section.title, url, state, note_of(state, len(wanting)), section.key == current
            )
        )
    return lines


def done_count(lines: list[SectionLine]) -> int:
    return sum(line.is_done for line in lines)


def missing_by_section(found: list[Missing]) -> Mapping[str, list[Missing]]:
    grouped: dict[str, list[Missing]] = {}
    for one in found:
        grouped.setdefault(one.section, []).append(one)
    return grouped


def _state(wanting: list[Missing], *, is_open: bool, is_begun: bool) -> str:
    if not is_open:
        return "shut"
    if not wanting:
        return "done"
    return "begun" if is_begun else "new"


def note_of(state: str, count: int) -> str:
    """The state of a part in words, with how many answers are still to come."""
    if state == "shut":
        return _("Not open for changes")
    if state == "done":
        return _("Complete")
    if state == "new":
        return _("Not started")
    return ngettext("%(count)s answer to go", "%(count)s answers to go", count) % {"count": count}
