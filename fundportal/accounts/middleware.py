"""Staff who have no second factor yet are led to the page where they set one up, whatever they asked for."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from fundportal.accounts.queries import has_second_factor, needs_second_factor

SEEN: Final = "second_factor_seen"
SET_UP: Final = "mfa_activate_totp"


class SecondFactorMiddleware:
    """Looks the factor up once per session: an app that guards a role cannot be taken away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], _args: tuple, _kwargs: dict
    ) -> HttpResponseBase | None:
        if not request.user.is_authenticated or getattr(view, "belongs_to_sign_in", False):
            return None
        if request.session.get(SEEN) or not needs_second_factor(request.user):
            return None
        if has_second_factor(request.user):
            request.session[SEEN] = True
            return None
        return redirect(SET_UP)
