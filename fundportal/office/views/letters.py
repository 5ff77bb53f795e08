from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fundportal.access import may
from fundportal.lifecycle import why_not
from fundportal.mail import services
from fundportal.mail.models import Letter
from fundportal.mail.queries import counts_by_state, longest_wait_since
from fundportal.office.forms import LetterSearch
from fundportal.office.tables import letter_badge, letter_chips, letters_table
from fundportal.refusals import Refusal

ROWS = 50


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    search = LetterSearch(request.GET)
    asked = search.asked()
    found = Letter.objects.visible_to(request.user).order_by("-created_at", "-pk")
    if asked["state"]:
        found = found.filter(state=asked["state"])
    for word in (asked["words"] or "").split():
        found = found.filter(Q(to_address__icontains=word) | Q(subject__icontains=word))
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "search": search,
        "page": page,
        "table": letters_table(page),
        "chips": letter_chips(counts_by_state(request.user), asked["state"] or ""),
        "may_edit": may(request.user, "letters.edit"),
        "waiting_since": longest_wait_since(request.user),
    }
    return render(request, "office/letters.html", context)


@require_safe
def letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    return _page(request, letter_id)


@require_POST
def retry(request: HttpRequest, letter_id: int) -> HttpResponse:
    found = get_object_or_404(Letter.objects.visible_to(request.user), pk=letter_id)
    try:
        services.retry_letter(found.pk, by=request.user)
    except Refusal as refusal:
        return _page(request, letter_id, refusal)
    messages.success(request, _("The letter goes out again within a minute."))
    return redirect("office:letter", letter_id=letter_id)


def _page(request: HttpRequest, letter_id: int, refusal: Refusal | None = None) -> HttpResponse:
    """Says how a letter fared, not what it says: letters may hold codes that open an account."""
    found = get_object_or_404(Letter.objects.visible_to(request.user).select_related("fund"), pk=letter_id)
    context = {
        "letter": found,
        "badge": letter_badge(found),
        "may_retry": may(request.user, "mail.retry", fund=found.fund) and not why_not(found, "retry"),
        "refusal": refusal,
    }
    return render(request, "office/letter.html", context, status=refusal.status if refusal else 200)
