"""What every page knows beside its own content: languages, navigation, footer, whether this is the sandbox.

Pages are offered by the slices that own them, at start-up, so that a link is shown only where a page answers:
`main_nav.offer(...)` and `footer_links.offer(...)` take a function from the request to links,
`office_page(...)` takes a URL name and the permission that opens it, `my_page(...)` a URL name of the front desk, open
to every signed-in person unless it names a permission.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from fundportal.access import may
from fundportal.languages import LANGUAGES, direction


@dataclass(frozen=True)
class Link:
    label: object
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class Tongue:
    """One language of the switcher: its own name, and this same page in it."""

    code: str
    name: str
    direction: str
    url: str
    is_current: bool


Source = Callable[[HttpRequest], Iterable[Link]]


@dataclass
class Offers:
    """Links gathered from the slices that own the pages, in the order in which they were offered."""

    sources: list[Source] = field(default_factory=list)

    def offer(self, source: Source) -> Source:
        if source not in self.sources:
            self.sources.append(source)
        return source

    def links(self, request: HttpRequest) -> list[Link]:
        return [link for source in self.sources for link in source(request)]


@dataclass(frozen=True)
class OfficePage:
    label: object
    url_name: str
    permission: str
    position: int


@dataclass(frozen=True)
class MyPage:
    label: object
    url_name: str
    position: int
    permission: str = ""


main_nav = Offers()
footer_links = Offers()
office_pages: list[OfficePage] = []
my_pages: list[MyPage] = []


def office_page(label: object, url_name: str, *, permission: str, position: int = 50) -> None:
    """Puts a page into the office navigation of everybody who holds `permission` for at least one fund."""
    page = OfficePage(label, url_name, permission, position)
    if page not in office_pages:
        office_pages.append(page)
        office_pages.sort(key=lambda each: each.position)


def office_nav(request: HttpRequest) -> list[Link]:
    """Only the pages that this person may open."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    links = []
    for page in office_pages:
        if may(user, page.permission):
            url = reverse(page.url_name)
            links.append(Link(page.label, url, is_current=request.path.startswith(url)))
    return _only_nearest_current(links)


def my_page(label: object, url_name: str, *, permission: str = "", position: int = 50) -> None:
    """Puts a page into the navigation of applicants and reviewers; with a `permission`, of those who hold it."""
    page = MyPage(label, url_name, position, permission)
    if page not in my_pages:
        my_pages.append(page)
        my_pages.sort(key=lambda each: each.position)


def my_nav(request: HttpRequest) -> list[Link]:
    """The pages of one's own: drafts, organisations, account."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    open_pages = [page for page in my_pages if not page.permission or may(user, page.permission)]
    urls = [(page.label, reverse(page.url_name)) for page in open_pages]
    return _only_nearest_current([Link(label, url, is_current=request.path.startswith(url)) for label, url in urls])


def _only_nearest_current(links: list[Link]) -> list[Link]:
    """/office/ is the start of every office address; the longest matching one is where we are."""
    nearest = max((link.url for link in links if link.is_current), key=len, default="")
    return [Link(link.label, link.url, is_current=link.url == nearest) for link in links]


def tongues(request: HttpRequest, urls: Mapping[str, str] | None = None) -> list[Tongue]:
    """The languages this page exists in; `urls` names them where the address is more than a changed prefix.

    Empty when there is only one: a switcher that leads nowhere is not shown.
    """
    current = get_language() or settings.LANGUAGE_CODE
    here = request.get_full_path()
    known = urls if urls is not None else {code: translate_url(here, code) for code in LANGUAGES}
    found = []
    for code in LANGUAGES:
        url = here if code == current else known.get(code, here)
        if code == current or url != here:
            found.append(_tongue(code, url, is_current=code == current))
    return found if len(found) > 1 else []


def _tongue(code: str, url: str, *, is_current: bool) -> Tongue:
    name = str(get_language_info(code)["name_local"])
    return Tongue(code, name[:1].upper() + name[1:], direction(code), url, is_current)


def site(request: HttpRequest) -> dict[str, Any]:
    """Lazy, so that a page without header or footer asks the database nothing. A view's own context wins."""
    return {
        "demo": settings.DEMO,
        "site_name": _("Fund portal"),
        "home_url": f"/{get_language() or settings.LANGUAGE_CODE}/",
        "languages": SimpleLazyObject(lambda: tongues(request)),
        "main_nav": SimpleLazyObject(lambda: main_nav.links(request)),
        "footer_links": SimpleLazyObject(lambda: footer_links.links(request)),
        "office_nav": SimpleLazyObject(lambda: office_nav(request)),
        "my_nav": SimpleLazyObject(lambda: my_nav(request)),
    }
