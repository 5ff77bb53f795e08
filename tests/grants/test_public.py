import pytest

from grants import public
from grants.public import Filters
from tests.factories.actions import make_action

pytestmark = pytest.mark.django_db


def test_an_action_that_is_not_public_is_not_there():
    hidden = make_action(public=False)
    assert public.action(hidden.reference) is None
    assert public.action("no-such-action") is None


def test_what_was_not_published_is_empty_and_never_filled_in():
    read = public.action(make_action("FR").reference)
    assert read is not None
    assert (read.budget, read.people, read.priority, read.priority_label, read.head) == (None, None, None, "", "")


def test_an_action_without_a_country_says_how_far_it_reaches():
    read = public.action(make_action(reach="world").reference)
    assert read is not None
    assert read.where == "Worldwide"


@pytest.mark.parametrize("page", ["", "x", "0", "99", None])
def test_a_page_that_is_none_gives_the_nearest_there_is(page: str | None):
    for _each in range(3):
        make_action()
    assert len(public.actions(Filters(), total=3, page=page, size=2).page.object_list) in {1, 2}


@pytest.mark.parametrize("number", [3, 30])
def test_a_list_asks_the_same_questions_however_long_it_is(number: int, django_assert_num_queries):
    for _each in range(number):
        make_action("FR")
    with django_assert_num_queries(2):
        public.actions(Filters(), total=number, size=50)
