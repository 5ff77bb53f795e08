"""What a page answers when a service says no: the same page, the sentence at its place, the right number."""

from collections.abc import Callable
from typing import Final

from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

from fundportal.refusals import Refusal

OK: Final = 200
UNPROCESSABLE: Final = 422


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if nothing stood in it; none where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def status_unless_done(form: BaseForm, act: Callable[[], object]) -> int | None:
    """None when the form fits and the service agrees, else the number to show the form with; refusals stand in it."""
    if not form.is_bound:
        return OK
    if not form.is_valid():
        return UNPROCESSABLE
    try:
        act()
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return refusal.status
    return None


def refused_by(act: Callable[[], object]) -> Refusal | None:
    """For an act without a form: None when it is done."""
    try:
        act()
    except Refusal as refusal:
        return refusal
    return None
