"""The demo's own pages: who to sign in as, the mail, the clock. Never mounted in production."""

from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from fundportal import clock, due
from fundportal.accounts.models import User
from fundportal.accounts.queries import home_of
from fundportal.demo.accounts import PASSWORD
from fundportal.demo.forms import JumpForm
from fundportal.demo.moving import move_to
from fundportal.mail.models import Letter

NEWEST_LETTERS = 100
PASSWORD_BACKEND = "django.contrib.auth.backends.ModelBackend"  # noqa: S105  (a path, not a password)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    people = User.objects.filter(is_demo=True).prefetch_related("role_grants").order_by("pk")
    return render(request, "demo/start.html", {"people": people, "password": PASSWORD})


@require_POST
def sign_in(request: HttpRequest, user_id: int) -> HttpResponse:
    person = get_object_or_404(User, pk=user_id, is_demo=True, is_active=True)
    login(request, person, backend=PASSWORD_BACKEND)
    return redirect(home_of(person))


@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    letters = Letter.objects.order_by("-created_at", "-pk")[:NEWEST_LETTERS]
    return render(request, "demo/mail.html", {"letters": letters})


@require_safe
def letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    return render(request, "demo/letter.html", {"letter": get_object_or_404(Letter, pk=letter_id)})


@require_safe
@csp_update({"style-src": "'unsafe-inline'"})  # a mail carries its styles inline; only this page shows one raw
def letter_html(_request: HttpRequest, letter_id: int) -> HttpResponse:
    return HttpResponse(get_object_or_404(Letter, pk=letter_id).html_body)


@require_safe
def show_clock(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/clock.html", {"now": clock.now(), "planned": due.next_due()})


@require_POST
def move_clock(request: HttpRequest) -> HttpResponse:
    form = JumpForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose an hour, a day, or the next planned work."))
        return redirect("demo:clock")
    moment = form.moment()
    if moment is None:
        messages.info(request, _("Nothing is planned, so the clock stays where it is."))
        return redirect("demo:clock")
    done = len(move_to(moment))
    told = ngettext(
        "The clock has moved and %(n)s regular task ran.", "The clock has moved and %(n)s regular tasks ran.", done
    )
    messages.success(request, told % {"n": done})
    return redirect("demo:clock")
