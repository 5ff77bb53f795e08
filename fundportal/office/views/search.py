from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from fundportal.office.forms import EverythingSearch
from fundportal.search import SHORTEST, led_to, search


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """A reference leads straight to its page; words to all that this person may see of what has them."""
    typed = EverythingSearch(request.GET).typed
    url = led_to(request.user, typed)
    if url:
        return redirect(url)
    context = {
        "typed": typed,
        "groups": search(request.user, typed),
        "is_too_short": len(typed) < SHORTEST,
    }
    return render(request, "office/search.html", context)
