"""What every page of one application begins with."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from fundportal import clock
from fundportal.lifecycle import why_not
from fundportal.organisations.queries import may_edit
from fundportal.refusals import Refusal
from fundportal.templatetags.lists import Moment
from grants.applications.cards import applicant_notes, chain
from grants.applications.forms import CollaboratorForm, WithdrawForm
from grants.applications.models import Application
from grants.applications.progress import done_count, section_lines
from grants.applications.queries import application_in_full, may_send, may_write, public_timeline
from grants.applications.queries.pages import uploads_of
from grants.applications.states import ApplicationState, public_word
from grants.applications.tables import public_badge
from grants.calls.queries import FormChange, compare

OK = 200


def written(request: HttpRequest, reference: str) -> Application:
    """One that this person writes; everybody else's does not exist."""
    found = application_in_full(Application.objects.written_by(request.user), reference)
    if found is None:
        raise Http404
    return found


def to_act_on(request: HttpRequest, reference: str) -> Application:
    """The same one for an act that reads it anew under its lock: its row alone, without what the pages tell."""
    return get_object_or_404(Application.objects.written_by(request.user), reference=reference)


def show_application(
    request: HttpRequest,
    reference: str,
    *,
    refusal: Refusal | None = None,
    people_form: CollaboratorForm | None = None,
    status: int = OK,
) -> HttpResponse:
    application = written(request, reference)
    context = frame(application) | {
        "moments": stops(application),
        "chain": chain(application, "my_applications:application"),
        "notes": applicant_notes(application, request.user),
        "revisions": list(application.revisions.all()),
        "request_open": open_request(application),
        "may": rights(request, application),
        "collaborators": list(application.collaborators.all()),
        "people_form": people_form or CollaboratorForm(),
        "withdraw_form": WithdrawForm(),
        "refusal": refusal,
        "form": people_form,
    }
    return render(request, "applications/mine.html", context, status=refusal.status if refusal else status)


def frame(application: Application, current: str = "") -> dict[str, Any]:
    """What stands above and beside every page of it: fund, badge, deadline, sections."""
    lines = section_lines(application, current)
    word = public_word(application.state, is_released=application.released_at is not None)
    return {
        "application": application,
        "fund": application.fund,
        "call": application.stage.call,
        "stage": application.stage,
        "draft": application.draft,
        "badge": public_badge(application),
        "word": word,
        "lines": lines,
        "done": done_count(lines),
        "days_left": days_left(application),
        "is_writable": application.is_open_for_writing,
        "form_change": changed_form(application),
        "form_change_at": application.draft.form_changed_at,
    }


def changed_form(application: Application) -> FormChange | None:
    """What the form asks differently from the one its writers began with; nothing once it is sent."""
    draft = application.draft
    if application.state != ApplicationState.DRAFT or draft.form_before is None:
        return None
    return compare(draft.form_before.form, draft.form_version.form)


def days_left(application: Application) -> int:
    """Whole days until the deadline, never less than none."""
    return max(0, (application.stage.deadline_at - clock.now()).days)


def open_request(application: Application) -> object:
    return next((one for one in application.info_requests.all() if one.answered_at is None), None)


def rights(request: HttpRequest, application: Application) -> dict[str, bool]:
    """What this person may do now; templates only ask."""
    is_sender = may_send(request.user, application)
    is_draft = application.state == ApplicationState.DRAFT
    leaves = not why_not(application, "withdraw") and (is_sender or (is_draft and may_write(request.user, application)))
    return {
        "send": application.is_open_for_writing and is_sender,
        "unlock": application.unlocked_at is None and not why_not(application, "unlock"),
        "withdraw": leaves,
        "add_people": may_edit(request.user, application.organisation) and application.is_open_for_writing,
    }


def stops(application: Application) -> list[Moment]:
    """What happened, and as the last stop what comes next."""
    zone = application.stage.zone
    word = public_word(application.state, is_released=application.released_at is not None)
    past = [
        Moment(moment.title, moment.sentence, moment.at, moment.state, zone) for moment in public_timeline(application)
    ]
    return [*past, Moment(word.label, word.following, "", "now", zone)]


def files_of(application: Application, url_name: str) -> dict[str, Any]:
    """The application's files by token, and the address at which this page's reader can fetch each."""
    found = uploads_of(application)
    return {
        "uploads": found,
        "urls": {token: reverse(url_name, args=[application.reference, token]) for token in found},
    }
