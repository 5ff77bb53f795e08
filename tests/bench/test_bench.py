"""The bench with three rows in every list: its worlds can be made, its pages come, its verdicts can be bad."""

import pytest
from django.test import Client

from tests.bench.measuring import Figures, count
from tests.bench.pages import Peer, Subject, lists, pages
from tests.bench.table import Row, list_lines, memory_line, page_lines
from tests.bench.world import World


@pytest.mark.django_db
def test_every_page_comes_and_no_list_of_the_office_asks_more_for_more_rows():
    world = World(drafts=6, has_pages=False)
    known = list(lists(world))
    world.grow(3)
    for subject in [*pages(world), *known]:
        assert count(subject.visit)[0] > 1, subject.name
    before = {subject.name: count(subject.visit)[0] for subject in known}
    world.grow(51)
    assert {subject.name: count(subject.visit)[0] for subject in known} == before


def row(few: Figures, many: Figures) -> Row:
    return Row(Subject("list", Client(), "/", Peer(20, 60), most_queries=15), few, many)


def test_a_page_that_is_too_slow_or_asks_too_much_misses_its_aim():
    good, slow, curious = Figures(15, 20, 22, 1), Figures(15, 20.1, 22, 1), Figures(16, 20, 22, 1)
    assert row(good, good).missed == []
    assert row(good, slow).missed == ["slower than 20 ms"]
    assert row(good, curious).missed == ["more than 15 queries"]
    assert list(page_lines([row(good, slow)]))[1].endswith("MISSED: slower than 20 ms")


def test_a_list_that_grows_with_its_rows_misses_its_aim():
    few = Figures(9, 10, 11, 1)
    assert row(few, Figures(9, 15, 16, 1)).missed_as_list == []
    assert row(few, Figures(9, 15.1, 16, 1)).missed_as_list == ["grows more than × 1.5"]
    assert row(few, Figures(10, 10, 11, 1)).missed_as_list == ["asks more for more rows"]
    assert list(list_lines([row(few, few)]))[1].endswith("1.00  met")


def test_a_worker_is_judged_by_what_it_holds_itself():
    assert memory_line({"Rss": 190, "Pss": 150}).endswith("met")
    assert memory_line({"Rss": 190, "Pss": 151}).endswith("MISSED: more than 150 MB")
