import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import translation

from fundportal.demo.views.gallery import components

PARTS = [
    "btn--stop",
    "pick--amount",
    "f--bad",
    'class="errors"',
    "stat__n",
    "u--est",
    'class="gauge"',
    'class="dots"',
    'class="bars"',
    "to-cards",
    'class="loose"',
    "facts--money",
    "badge--mute",
    'class="steps"',
    'class="timeline"',
    'class="pages"',
    'class="chips"',
    'class="filters"',
    'class="empty"',
    "flash--stop",
    'class="unknown',
    'class="notice',
    'class="file__why"',
    'class="drop"',
    "data-budget-repair",
    "data-words-of",
    "data-when-note",
    'class="score f--bad"',
    'class="plot"',
]


@pytest.fixture
def gallery(rf: RequestFactory, db: None) -> str:
    request = rf.get("/demo/components/")
    request.user = AnonymousUser()
    with translation.override("en"):
        return components(request).content.decode()


def test_the_gallery_shows_every_component(gallery: str) -> None:
    assert [part for part in PARTS if part not in gallery] == []


def test_one_heading_of_the_first_rank_and_no_id_twice(gallery: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', gallery)
    assert gallery.count("<h1>") == 1
    assert sorted(ids) == sorted(set(ids))


def test_every_description_points_at_something(gallery: str) -> None:
    ids = set(re.findall(r'\sid="([^"]+)"', gallery))
    for described in re.findall(r'aria-describedby="([^"]+)"', gallery):
        assert set(described.split()) <= ids
