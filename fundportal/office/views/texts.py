"""What the letters say, for who may word them: read, try, keep, go back to the standard text."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fundportal.funds.models import Fund
from fundportal.languages import LANGUAGES
from fundportal.mail import texts as services
from fundportal.mail.checks import faults
from fundportal.mail.editable import Editable, declared
from fundportal.mail.models import LetterText
from fundportal.mail.own import Words
from fundportal.mail.queries import newest_text, versions_of
from fundportal.mail.standard import standard_words
from fundportal.office import texts as shown
from fundportal.office.forms import LetterTextForm, TextSearch
from fundportal.office.queries import funds_for
from fundportal.office.views.people import put_beside, status_of
from fundportal.refusals import Refusal

Place = tuple[Fund, Editable, str]


@require_safe
def texts(request: HttpRequest) -> HttpResponse:
    funds = list(funds_for(request.user, "letters.edit"))
    search = TextSearch(request.GET, funds=funds)
    fund = shown.chosen(funds, search.asked()["fund"] or "")
    context = {
        "search": search if len(funds) > 1 else None,
        "table": shown.texts_table(fund) if fund else None,
        "of_fund": fund,
    }
    return render(request, "office/texts.html", context)


@require_http_methods(["GET", "POST"])
def text(request: HttpRequest, **where: str) -> HttpResponse:
    fund, letter, language = place = _place(request, where)
    if request.method == "GET":
        return _page(request, place, LetterTextForm(initial=_begin(request, place)))
    form = LetterTextForm(request.POST)
    status = 200
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            services.write_text(fund.pk, letter.template, language, words=form.words, version=version, by=request.user)
        except Refusal as refusal:
            status = put_beside(form, refusal)
        else:
            messages.success(request, _("Kept. From now on this letter goes out in these words."))
            return redirect(shown.text_url(fund, letter.template, language))
    return _page(request, place, form, status=status)


@require_POST
def preview(request: HttpRequest, **where: str) -> HttpResponse:
    """The letter with sample values; nothing is kept."""
    place = _place(request, where)
    form = LetterTextForm(request.POST)
    if form.is_valid():
        for box, sentence in faults(place[1], form.words).items():
            form.add_error(box, sentence)
    if form.errors:
        return _page(request, place, form)
    return _page(request, place, form, preview=shown.preview_of(place[1], place[2], form.words))


@require_POST
def standard(request: HttpRequest, **where: str) -> HttpResponse:
    fund, letter, language = place = _place(request, where)
    form = LetterTextForm(request.POST)
    form.is_valid()
    version = form.cleaned_data.get("version", 0)
    try:
        services.return_to_standard(fund.pk, letter.template, language, version=version, by=request.user)
    except Refusal as refusal:
        form = LetterTextForm(initial=_begin(request, place))
        return _page(request, place, form, refusal=refusal, status=refusal.status)
    messages.success(request, _("This letter goes out in the standard text again. What you wrote is kept below."))
    return redirect(shown.text_url(fund, letter.template, language))


def _place(request: HttpRequest, where: dict[str, str]) -> Place:
    fund = get_object_or_404(funds_for(request.user, "letters.edit"), code=where["fund"])
    letter = declared(f"{where['room']}/{where['letter']}")
    if letter is None or where["language"] not in LANGUAGES:
        raise Http404
    return fund, letter, where["language"]


def _begin(request: HttpRequest, place: Place) -> dict[str, Any]:
    """The version asked for, else the one that counts, else the standard text; always upon the newest version."""
    fund, letter, language = place
    newest = newest_text(fund, letter.template, language)
    words = _asked_for(request, place) or (newest.words if newest else None) or standard_words(letter, language)
    return {**asdict(words), "version": newest.number if newest else 0}


def _asked_for(request: HttpRequest, place: Place) -> Words | None:
    fund, letter, language = place
    number = request.GET.get("version", "")
    if not number.isdecimal() or len(number) > len(str(2**31)):
        return None
    found: LetterText | None = versions_of(fund, letter.template, language).filter(number=int(number)).first()
    return found.words if found else None


def _page(
    request: HttpRequest,
    place: Place,
    form: LetterTextForm,
    *,
    preview: shown.Preview | None = None,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    fund, letter, language = place
    newest = newest_text(fund, letter.template, language)
    context = {
        "form": form,
        "of_fund": fund,
        "letter": letter,
        "language_name": shown.language_name(language),
        "newest": newest,
        "is_own": newest is not None and not newest.is_standard,
        "fields": shown.shown_fields(letter),
        "versions": shown.versions_table(fund, letter.template, language),
        "preview": preview,
        "refusal": refusal,
        "preview_url": shown.text_url(fund, letter.template, language, "text_preview"),
        "standard_url": shown.text_url(fund, letter.template, language, "text_standard"),
        "save_url": shown.text_url(fund, letter.template, language),
    }
    return render(request, "office/text.html", context, status=status_of(form, status))
