"""An award is offered, and its terms are changed while nobody has signed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fundportal.refusals import Refusal
from grants.applications.models import Application
from grants.awards import services
from grants.awards.forms import TermsForm
from grants.awards.permissions import OFFER
from grants.awards.queries.pages import to_be_offered
from grants.awards.queries.terms import form_versions_of, terms_of, terms_to_start_from
from grants.awards.tables import offer_facts, short
from grants.awards.views.page import OK, UNPROCESSABLE, seen_by, tried

CONFLICT = 409
DATES = ("starts_on", "ends_on", "respond_by")


@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, reference: str) -> HttpResponse:
    decision = to_be_offered(request.user, OFFER, reference)
    if decision is None:
        raise Http404
    application, amount = decision.application, decision.amount
    form = TermsForm(
        request.POST if request.method == "POST" else None,
        amount=amount,
        versions=form_versions_of(application.fund),
        initial=terms_to_start_from(decision),
    )
    refusal = None
    if form.is_valid():
        terms = form.terms(application.language)
        refusal = tried(form, lambda: services.offer_award(application.pk, terms=terms, by=request.user))
        if refusal is None:
            messages.success(request, _("Offered. The grantee has a letter; next comes the agreement."))
            return redirect("awards:award", reference=reference)
    words = {"heading": _("Offer this award"), "press": _("Offer %(amount)s") % {"amount": short(amount)}}
    words["promise"] = _("The amount becomes a promise in the books, and the grantee has a letter today.")
    return _page(request, application, form, refusal, **words)


@require_http_methods(["GET", "POST"])
def terms(request: HttpRequest, reference: str) -> HttpResponse:
    award = seen_by(request, reference)
    form = TermsForm(
        request.POST if request.method == "POST" else None,
        amount=award.amount,
        versions=form_versions_of(award.fund, award),
        initial=terms_of(award),
    )
    refusal, standing = None, []
    if form.is_valid():
        facts = {"terms": form.terms(award.language), "version": form.version, "by": request.user}
        refusal = tried(form, lambda: services.change_terms(award.pk, **facts))
        if refusal is None:
            messages.success(request, _("Changed. The agreement is written anew from these terms."))
            return redirect("awards:award", reference=reference)
    if refusal is not None and refusal.status == CONFLICT:
        form.move_to(award.version)
        standing = offer_facts(award)
    words = {"heading": _("Change the terms"), "press": _("Save the terms"), "standing": standing, "award": award}
    words["promise"] = _("An agreement that is being read becomes void: it tells the old terms.")
    return _page(request, award.application, form, refusal, **words)


def _page(
    request: HttpRequest, application: Application, form: TermsForm, refusal: Refusal | None, **words: object
) -> HttpResponse:
    context = {
        "application": application,
        "fund": application.fund,
        "amount": form.amount,
        "form": form,
        "groups": form.shown_groups(),
        "standing": [],
        "award": None,
    }
    is_faulty = form.is_bound and form.errors
    status = refusal.status if refusal else UNPROCESSABLE if is_faulty else OK
    return render(request, "awards/offer.html", context | words, status=status)
