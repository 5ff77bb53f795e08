"""The fund's own wording of agreements, one text in each language; a change is a new version."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fundportal.access import ALL, funds_where
from fundportal.funds.models import Fund
from grants.awards import services
from grants.awards.agreement_tables import field_facts, wordings_table
from grants.awards.documents import starter_text
from grants.awards.forms import WordingForm
from grants.awards.permissions import SIGN
from grants.awards.queries.wordings import wordings_of
from grants.awards.views.page import ask, tried


@require_safe
def texts(request: HttpRequest) -> HttpResponse:
    return render(request, "awards/texts.html", {"table": wordings_table(wordings_of(_funds(request)))})


@require_http_methods(["GET", "POST"])
def text(request: HttpRequest, code: str, language: str) -> HttpResponse:
    fund = get_object_or_404(_funds(request), code=code)
    names = dict(settings.LANGUAGES)
    if language not in names:
        raise Http404
    versions = list(fund.agreement_texts.filter(language=language).select_related("by").order_by("-number"))
    standing = versions[0].body if versions else starter_text(language)
    form = WordingForm(request.POST or None, initial={"body": standing})
    context = {
        "fund": fund,
        "language": language,
        "language_name": names[language],
        "versions": versions,
        "fields": field_facts(),
    }
    if not form.is_valid():
        return ask(request, "text", form, **context)
    facts = {"language": language, "body": form.cleaned_data["body"], "by": request.user}
    if refusal := tried(form, lambda: services.change_wording(fund.pk, **facts)):
        return ask(request, "text", form, status=refusal.status, **context)
    messages.success(request, _("Saved as a new version. Agreements that are written already keep their text."))
    return redirect("awards:texts")


def _funds(request: HttpRequest) -> object:
    held = funds_where(request.user, SIGN)
    return Fund.objects.order_by("code") if held == ALL else Fund.objects.filter(pk__in=held).order_by("code")
