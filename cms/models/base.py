"""What every public page has: its full title, its languages, how long a copy of it may be kept."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from wagtail.models import Page

from cms import navigation

FRESH_FOR_SECONDS = 60


@dataclass(frozen=True)
class Dress:
    """The colours and the name of a page that belongs to no fund of the books."""

    theme: str
    name: str


class PublicPage(Page):
    """`title` is the short name in menus, `seo_title` the full one for the browser's tab."""

    class Meta:
        abstract = True

    @property
    def full_title(self) -> str:
        return str(self.seo_title or self.title)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"languages": navigation.page_tongues(self, request), "campaigns": {}}

    def keep(self, response: HttpResponse) -> None:
        """The same for everybody, so a browser or a proxy may keep it for a minute."""
        patch_cache_control(response, public=True, max_age=FRESH_FOR_SECONDS)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().serve(request, *args, **kwargs)
        if not request.user.is_authenticated and not getattr(request, "is_preview", False):
            self.keep(response)
        return response


class LivePage(PublicPage):
    """Carries figures from the books: a copy is asked about again each time."""

    class Meta:
        abstract = True

    def keep(self, response: HttpResponse) -> None:
        patch_cache_control(response, no_cache=True)
