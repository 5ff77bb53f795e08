"""The acts of the office on an award and its payments, one URL each."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from fundportal.refusals import Refusal
from grants.awards import services
from grants.awards.forms import NoteForm
from grants.awards.models import Award, Condition
from grants.awards.views.asking import Question, ask_first
from grants.awards.views.page import seen_by, show

Service = Callable[..., object]


def press(request: HttpRequest, reference: str, act: Callable[[Award], object], done: object) -> HttpResponse:
    """A button without questions; a refusal is the same page with its sentence."""
    award = seen_by(request, reference)
    try:
        act(award)
    except Refusal as refusal:
        return show(request, reference, refusal=refusal)
    messages.success(request, str(done))
    return redirect("awards:award", reference=reference)


def _award(request: HttpRequest, reference: str, *, service: Service, done: object) -> HttpResponse:
    return press(request, reference, lambda award: service(award.pk, by=request.user), done)


def _tranche(request: HttpRequest, reference: str, number: int, *, service: Service, done: object) -> HttpResponse:
    def act(award: Award) -> object:
        return service(get_object_or_404(award.tranches, number=number).pk, by=request.user)

    return press(request, reference, act, done)


def _award_why(request: HttpRequest, reference: str, *, service: Service, question: Question) -> HttpResponse:
    award = seen_by(request, reference)
    return ask_first(request, award, question, partial(service, award.pk))


def _tranche_why(
    request: HttpRequest, reference: str, number: int, *, service: Service, question: Question
) -> HttpResponse:
    award = seen_by(request, reference)
    tranche = get_object_or_404(award.tranches, number=number)
    return ask_first(request, award, question.about(number=number), partial(service, tranche.pk))


def _condition(request: HttpRequest, reference: str, pk: int, *, service: Service, question: Question) -> HttpResponse:
    award = seen_by(request, reference)
    condition = get_object_or_404(Condition.objects.filter(tranche__award=award), pk=pk)
    return ask_first(request, award, question.about(condition=condition.text), partial(service, condition.pk))


def why(service: Service, view: Callable[..., HttpResponse], question: Question) -> Callable[..., HttpResponse]:
    return require_http_methods(["GET", "POST"])(partial(view, service=service, question=question))


def pressed(service: Service, view: Callable[..., HttpResponse], done: object) -> Callable[..., HttpResponse]:
    return require_POST(partial(view, service=service, done=done))


resume = pressed(services.resume_award, _award, _("It goes on. Payments may be asked for again."))
begin_closing = pressed(services.begin_closing, _award, _("Being closed. The final report is what it waits for now."))
close = pressed(services.close_award, _award, _("Closed."))
approve_tranche = pressed(services.approve_tranche, _tranche, _("You approved this payment."))
release_tranche = pressed(services.release_tranche, _tranche, _("It stands where it stood before."))

suspend = why(
    services.suspend_award,
    _award_why,
    Question(
        _("Suspend this award"),
        _("Nothing is asked for, approved or paid until somebody lets it go on."),
        _("Suspend it"),
        _("Suspended."),
    ),
)
terminate = why(
    services.terminate_award,
    _award_why,
    Question(
        _("End this award early"),
        _("What is paid stays paid. What is promised and not paid becomes free, and the grantee has a letter."),
        _("End it for good"),
        _("Ended. What was not paid is free again."),
    ),
)
rescind = why(
    services.rescind_award,
    _award_why,
    Question(
        _("Take the offer back"),
        _("The award does not begin. Its money becomes free, and the grantee has a letter."),
        _("Take it back for good"),
        _("Taken back. Its money is free again."),
    ),
)
hold_tranche = why(
    services.hold_tranche,
    _tranche_why,
    Question(
        _("Put payment %(number)s on hold"),
        _("Nothing happens to it until somebody lets it go on."),
        _("Put it on hold"),
        _("On hold."),
    ),
)
cancel_tranche = why(
    services.cancel_tranche,
    _tranche_why,
    Question(
        _("Give payment %(number)s up"),
        _("It will not be paid. Its money stays promised to the grantee until the amount of the award is lowered."),
        _("Give it up for good"),
        _("Given up. It will not be paid."),
    ),
)
meet_condition = why(
    services.meet_condition,
    _condition,
    Question(
        _("The condition is met"),
        "%(condition)s",
        _("Say that it is met"),
        _("Met. The payment can be asked for once nothing else is open."),
        kind="",
        form=NoteForm,
    ),
)
waive_condition = why(
    services.waive_condition,
    _condition,
    Question(
        _("Waive the condition"),
        "%(condition)s",
        _("Waive it"),
        _("Waived. Whoever waives a condition does not approve the payment."),
    ),
)
