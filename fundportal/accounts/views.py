"""Signing up is signing in for the first time: the same code, the same answer to everybody. And a last key stays."""

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fundportal.accounts.forms import SignUpForm
from fundportal.accounts.queries import home_of
from fundportal.accounts.services import sign_up as open_account


@never_cache
@require_http_methods(["GET", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """The account opens nothing until the code from the letter is typed on the next page."""
    if request.user.is_authenticated:
        return redirect(home_of(request.user))
    next_url = request.POST.get("next") or request.GET.get("next", "")
    form = SignUpForm(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        person = open_account(email, full_name=form.cleaned_data["full_name"], language=get_language())
        LoginCodeVerificationProcess.initiate(request=request, user=person, email=email)
        query = f"?{urlencode({'next': next_url})}" if next_url else ""
        return redirect(reverse("account_confirm_login_code") + query)
    status = 422 if form.is_bound else 200
    return render(request, "account/signup.html", {"form": form, "next_url": next_url}, status=status)


class RemovePasskey(RemoveWebAuthnView):
    """allauth takes any passkey away; the only key of somebody who needs one stays."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        keys = get_adapter()
        if keys.can_delete_authenticator(self.object):
            return super().form_valid(form)
        messages.error(self.request, keys.error_messages["cannot_delete_authenticator"])
        return redirect("mfa_list_webauthn")


remove_passkey = RemovePasskey.as_view()
