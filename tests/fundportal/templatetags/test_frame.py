import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.utils import translation

from fundportal import context
from fundportal.context import Link, Offers, tongues
from fundportal.templatetags.frame import ICONS, mark_url
from tests.fundportal.templatetags.render import shown

SENTENCE_PAGES = [
    "400.html",
    "403.html",
    "403_csrf.html",
    "404.html",
    "405.html",
    "409.html",
    "422.html",
    "refusal.html",
]


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/en/give/help/?from=mail")
    request.user = AnonymousUser()
    return request


@pytest.mark.django_db
@pytest.mark.parametrize("template", SENTENCE_PAGES)
def test_every_page_of_one_sentence_has_a_heading_landmarks_and_a_skip_link(
    template: str, request_: HttpRequest
) -> None:
    html = render_to_string(template, request=request_)
    assert html.count("<h1>") == 1
    assert '<a class="skip" href="#main">' in html
    assert '<main id="main" tabindex="-1">' in html
    assert "<footer" in html
    assert '<html lang="en" dir="ltr"' in html


@pytest.mark.django_db
def test_a_refusal_says_its_own_sentence(request_: HttpRequest) -> None:
    html = render_to_string("refusal.html", {"sentence": "The call closed on Friday."}, request=request_)
    assert "The call closed on Friday." in html


def test_the_page_of_a_fault_needs_no_request() -> None:
    assert "The fault is ours" in render_to_string("500.html")


@pytest.mark.django_db
@pytest.mark.parametrize("demo", [True, False])
def test_the_sandbox_says_so_on_every_page_and_nothing_else_does(*, demo: bool, request_: HttpRequest) -> None:
    with override_settings(DEMO=demo):
        html = render_to_string("404.html", request=request_)
    assert ("Sandbox: no money moves" in html) is demo


@pytest.mark.django_db
def test_an_arabic_page_runs_from_right_to_left(request_: HttpRequest) -> None:
    with translation.override("ar"):
        assert '<html lang="ar" dir="rtl"' in render_to_string("404.html", request=request_)


@pytest.mark.django_db
def test_a_page_of_a_fund_wears_its_colour_and_its_mark(request_: HttpRequest) -> None:
    fund = {"theme": "gcf", "name": "Global Cities Fund"}
    html = render_to_string("404.html", {"fund": fund}, request=request_)
    assert 'data-fund="gcf"' in html
    assert "marks/gcf.svg" in html
    assert "top--field" in html


def test_the_switcher_leads_to_this_page_in_the_other_language(request_: HttpRequest) -> None:
    with translation.override("en"):
        found = tongues(request_, {"fr": "/fr/donner/aide/"})
    assert [(each.code, each.url, each.is_current) for each in found] == [
        ("en", "/en/give/help/?from=mail", True),
        ("fr", "/fr/donner/aide/", False),
    ]
    assert [each.name for each in found] == ["English", "Français"]


def test_a_page_in_one_language_has_no_switcher(request_: HttpRequest) -> None:
    assert tongues(request_, {}) == []


def test_links_are_shown_only_when_somebody_offers_a_page(request_: HttpRequest) -> None:
    offers = Offers()
    assert offers.links(request_) == []
    offers.offer(one_link)
    offers.offer(one_link)
    assert offers.links(request_) == [Link("Privacy", "/en/privacy/")]


def one_link(_request: HttpRequest) -> list[Link]:
    return [Link("Privacy", "/en/privacy/")]


def test_a_visitor_has_no_office_navigation(request_: HttpRequest) -> None:
    assert context.office_nav(request_) == []


def test_a_fund_without_a_mark_shows_the_house(request_: HttpRequest) -> None:
    assert mark_url("bicf").endswith("marks/bicf.svg")
    assert mark_url("new") == mark_url("house")


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_is_hidden_from_listeners(name: str) -> None:
    assert 'aria-hidden="true"' in shown("{% icon name %}", name=name)
