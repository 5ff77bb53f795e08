"""A refusal that no view answered becomes a page with its sentence and status; in a browser, a wrong method too."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import render_to_string

from fundportal.refusals import Refusal


class RefusalMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_read_by_a_person = "text/html" in request.headers.get("Accept", "")
        if isinstance(response, HttpResponseNotAllowed) and is_read_by_a_person:  # Django leaves its body empty
            response.content = render_to_string("405.html", request=request)
        return response

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if not isinstance(fault, Refusal):
            return None
        template = "403.html" if fault.status == HTTP_FORBIDDEN else "refusal.html"
        return render(request, template, {"sentence": str(fault)}, status=fault.status)


HTTP_FORBIDDEN = 403
