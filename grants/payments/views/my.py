"""For grantees: where grants are paid to, what was sent, and the yes to a grant."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fundportal.organisations.models import Organisation
from fundportal.organisations.queries import may_sign
from grants.awards.models import Award
from grants.payments.cards.accept import accept_action, award_facts, needs_of
from grants.payments.cards.bank import coming_card, standing_card
from grants.payments.forms.bank import AccountForm
from grants.payments.queries.bank_pages import accounts_of, memberships_with_accounts, newest_award
from grants.payments.queries.run_pages import sent_to
from grants.payments.services.accepting import accept_award
from grants.payments.services.bank import propose_bank_details
from grants.payments.tables.bank import my_accounts_table, past_table
from grants.payments.tables.runs import my_payments_table
from grants.payments.views.answers import OK, posted, refused_by, status_unless_done


@require_safe
def payments(request: HttpRequest) -> HttpResponse:
    page = sent_to(request.user, request.GET.get("page"))
    accounts = my_accounts_table(memberships_with_accounts(request.user))
    context = {"accounts": accounts, "payments": my_payments_table(page), "page": page}
    return render(request, "payments/my_payments.html", context)


@never_cache
@require_safe
def bank(request: HttpRequest, organisation_id: int) -> HttpResponse:
    organisation = _ours(request, organisation_id)
    accounts = accounts_of(organisation)
    context = {
        "organisation": organisation,
        "standing": standing_card(accounts.standing),
        "coming": coming_card(accounts.coming),
        "history": past_table(accounts.past, for_office=False),
        "signs": may_sign(request.user, organisation),
        "has_grant": newest_award(organisation) is not None,
    }
    return render(request, "payments/my_bank.html", context)


@require_safe
def bank_of_award(request: HttpRequest, reference: str) -> HttpResponse:
    award = get_object_or_404(Award.objects.of_grantee(request.user), reference=reference)
    return redirect("my_payments:bank", award.organisation_id)


@never_cache
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, organisation_id: int) -> HttpResponse:
    organisation = _ours(request, organisation_id)
    award = newest_award(organisation)
    initial = {"country": organisation.country, "currency": award.currency if award else ""}
    form = AccountForm(posted(request), initial=initial)
    status = status_unless_done(form, lambda: propose_bank_details(organisation.pk, facts=form.facts, by=request.user))
    if status is None:
        messages.success(request, _("Sent. Somebody at the fund compares them with a paper of your bank."))
        return redirect("my_payments:bank", organisation.pk)
    standing = standing_card(accounts_of(organisation).standing)
    context = {"form": form, "organisation": organisation, "standing": standing}
    return render(request, "payments/my_bank_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    """A page that says what has to be there first; a refusal shows it again with its sentence."""
    known = Award.objects.of_grantee(request.user).select_related("organisation", "fund")
    award, refusal = get_object_or_404(known, reference=reference), None
    if request.method == "POST":
        refusal = refused_by(lambda: accept_award(award.pk, by=request.user))
        if refusal is None:
            messages.success(request, _("Accepted. The grant has begun."))
            return redirect("my_grants:grant", reference)
    context = {
        "award": award,
        "fund": award.fund,
        "facts": award_facts(award),
        "needs": needs_of(award, accounts_of(award.organisation)),
        "action": accept_action(award, viewer=request.user),
        "refusal": refusal,
    }
    return render(request, "payments/my_accept.html", context, status=refusal.status if refusal else OK)


def _ours(request: HttpRequest, organisation_id: int) -> Organisation:
    return get_object_or_404(Organisation.objects.of(request.user), pk=organisation_id)
