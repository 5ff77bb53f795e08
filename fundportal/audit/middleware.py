"""A move that was refused leaves a row too, written after the refused act was rolled back."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from fundportal.access import SYSTEM
from fundportal.audit.services import record
from fundportal.lifecycle import refused_moves


class RefusedMovesMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with refused_moves() as refused:
            response = self.get_response(request)
        for move in refused:
            person = request.user if request.user.is_authenticated else SYSTEM
            facts = {"move": move.transition, "sentence": move.sentence}
            record("transition.refused", move.subject, by=person, fund=getattr(move.subject, "fund", None), facts=facts)
        return response
