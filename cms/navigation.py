"""Links to pages that are there: the header's, the footer's, and the same page in other languages."""

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from fundportal.context import Link, Tongue, tongues

HOME_DEPTH = 2
SECTION_DEPTH = 3


def header_links(request: HttpRequest) -> list[Link]:
    """The pages right under home that editors put into menus: the funds and the register."""
    return [_link(page, page.title, request) for page in _tree(request) if _is_section(page) and page.show_in_menus]


def footer_links(request: HttpRequest) -> list[Link]:
    """Home, then what stands under it without being in the header."""
    homes = [_link(page, _("All funds"), request) for page in _tree(request) if page.depth == HOME_DEPTH]
    rest = [page for page in _tree(request) if _is_section(page) and not page.show_in_menus]
    return homes + [_link(page, page.title, request) for page in rest]


def section_link(request: HttpRequest, is_it: Callable[[Page], bool]) -> Link | None:
    """The first live page under home that is it, or nothing."""
    found = next((page for page in _tree(request) if _is_section(page) and is_it(page)), None)
    return _link(found, found.title, request) if found else None


def page_tongues(page: Page, request: HttpRequest) -> list[Tongue]:
    """The languages in which this page is live; each has an address of its own."""
    return tongues(request, {code: url for code, url in alternates(page, request).items() if url})


def alternates(page: Page, request: HttpRequest | None) -> dict[str, str]:
    """Language code to path, for the page and its live translations."""
    versions = page.get_translations(inclusive=True).live().select_related("locale").order_by("locale")
    grouped = groupby(versions, key=lambda version: version.locale.language_code)
    return {code: next(group).get_url(request) or "" for code, group in grouped}


def is_register(page: Page) -> bool:
    return bool(page.cached_content_type.model == "actionspage")


def _is_section(page: Page) -> bool:
    return page.depth == SECTION_DEPTH


def _link(page: Page, label: str, request: HttpRequest) -> Link:
    url = page.get_url(request) or ""
    return Link(label, url, is_current=request.path == url)


def _tree(request: Any) -> list[Page]:
    """Home and the live pages under it, in the active language; read once in a request."""
    if not hasattr(request, "page_tree"):
        live = Page.objects.live().filter(locale__language_code=get_language())
        request.page_tree = list(live.filter(depth__in=(HOME_DEPTH, SECTION_DEPTH)).order_by("path"))
    return list(request.page_tree)
