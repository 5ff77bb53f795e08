"""The header's links on pages that no editor made: a gift's pages wear their fund's colour, and its links too."""

from django.http import HttpRequest
from django.utils.translation import get_language

from cms import navigation
from cms.calls import calls_link
from cms.grants import grants_link
from cms.models import FundPage
from fundportal.context import Link

GIVING = "giving"


def header_links(request: HttpRequest) -> list[Link]:
    page = _fund_page(request)
    if page:
        return page.links(request)
    return [*navigation.header_links(request), calls_link(request), grants_link(request)]


def _fund_page(request: HttpRequest) -> FundPage | None:
    """The page that offers the campaign of this address, in the active language."""
    match = request.resolver_match
    if match is None or match.namespace != GIVING:
        return None
    pages = FundPage.objects.live().filter(locale__language_code=get_language()).order_by("path")
    return next((page for page in pages if page.campaign_code == match.kwargs["code"]), None)
