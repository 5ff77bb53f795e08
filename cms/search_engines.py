"""What search engines ask for: where they may look, and every public address with its other languages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from wagtail.models import Page

from fundportal.languages import LANGUAGES
from grants import public
from grants.public import Filters

FRESH_FOR_SECONDS = 3600
SITE_ROOT_DEPTH = 1
Addresses = dict[str, str]


@cache_control(public=True, max_age=FRESH_FOR_SECONDS)
def robots(request: HttpRequest) -> HttpResponse:
    context = {"sitemap": request.build_absolute_uri(reverse("sitemap"))}
    return render(request, "cms/robots.txt", context, content_type="text/plain; charset=utf-8")


@cache_control(public=True, max_age=FRESH_FOR_SECONDS)
def sitemap(request: HttpRequest) -> HttpResponse:
    entries = [*_pages(request), *_actions(request), *_grants(request)]
    return render(request, "cms/sitemap.xml", {"entries": entries}, content_type="application/xml")


def _pages(request: HttpRequest) -> list[Addresses]:
    """Translations of one page stand together."""
    live = Page.objects.live().public().filter(depth__gt=SITE_ROOT_DEPTH).select_related("locale").order_by("path")
    together: dict[object, Addresses] = {}
    for page in live:
        url = page.get_full_url(request)
        if url:
            together.setdefault(page.translation_key, {})[page.locale.language_code] = url
    return list(together.values())


def _actions(request: HttpRequest) -> list[Addresses]:
    return [_addresses("action", entry.reference, request) for entry in public.every_action(Filters())]


def _grants(request: HttpRequest) -> list[Addresses]:
    return [_addresses("grant", reference, request) for reference in public.every_grant()]


def _addresses(name: str, reference: str, request: HttpRequest) -> Addresses:
    found = {}
    for code in LANGUAGES:
        with override(code):
            found[code] = request.build_absolute_uri(reverse(name, args=[reference]))
    return found
