"""What this phase adds to the office's page of a call, and what later phases add to the pages of an application."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from fundportal.access import may
from fundportal.accounts.models import User
from grants.applications.models import Application
from grants.calls.cards import Action
from grants.calls.models import Stage
from grants.calls.permissions import PUBLISH
from grants.calls.states import CANCELLED, OPEN


@dataclass(frozen=True)
class Note:
    """A few paragraphs under a heading, and perhaps a button below them."""

    title: str
    lines: tuple[str, ...] = ()
    action: Action | None = None


NoteSource = Callable[[Application, User], Iterable[Note]]
_for_applicants: list[NoteSource] = []
_for_the_office: list[NoteSource] = []


def tell_applicant(source: NoteSource) -> None:
    """Later phases speak on the applicant's page: `source(application, reader)`. Registering twice is once."""
    if source not in _for_applicants:
        _for_applicants.append(source)


def tell_office(source: NoteSource) -> None:
    """The same for the office's page."""
    if source not in _for_the_office:
        _for_the_office.append(source)


def applicant_notes(application: Application, reader: User) -> list[Note]:
    return [note for source in _for_applicants for note in source(application, reader)]


def office_notes(application: Application, reader: User) -> list[Note]:
    return [note for source in _for_the_office for note in source(application, reader)]


def when_the_call_is_cancelled(application: Application, _reader: User) -> Iterator[Note]:
    call = application.stage.call
    if call.state == CANCELLED:
        yield Note(_("This call is cancelled"), (call.cancel_reason,))


def chain(application: Application, page: str, *, is_office: bool = False) -> list[tuple[str, str, str]]:
    """The application it follows and the one it goes on as: words, reference, address. A draft is not the office's."""
    pairs = [(_("It follows"), application.predecessor), (_("It goes on as"), getattr(application, "successor", None))]
    known = [(words, one) for words, one in pairs if one and (one.submitted_at or not is_office)]
    return [(words, one.reference, reverse(page, args=[one.reference])) for words, one in known]


def of_stage(stage: Stage, viewer: User) -> Iterator[Action]:
    """While the call is open: a later deadline, and the questions made clearer."""
    if stage.call.state != OPEN or not may(viewer, PUBLISH, stage.call.fund):
        return
    place = [stage.call.code, stage.number]
    yield Action(_("Move the deadline"), reverse("applications:extend", args=place), "plain small", is_link=True)
    yield Action(
        _("Make the questions clearer"), reverse("applications:amend_form", args=place), "plain small", is_link=True
    )
