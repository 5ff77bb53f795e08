"""What `./run storm` is started with, and how its seconds are counted."""

import pytest

from tests.architecture.sources import ROOT
from tests.faults.__main__ import STORMS, main
from tests.faults.sizes import share


def test_every_storm_is_a_file_of_the_suite():
    assert [path for path in STORMS.values() if not (ROOT / path).is_file()] == []


def test_a_storm_that_does_not_exist_is_named_and_nothing_starts(capsys):
    assert main(["submissions", "rain"]) == 2
    assert capsys.readouterr().out.startswith("There is no storm called rain. There are: webhooks, submissions")


@pytest.mark.parametrize(("part", "seconds"), [(0.5, 50), (0.95, 95), (0.951, 96), (1.0, 100), (0.001, 1)])
def test_a_share_of_the_seconds_is_that_of_the_nearest_rank(part, seconds):
    assert share(range(100, 0, -1), part) == seconds


def test_one_answer_is_its_own_share():
    assert share([2.5], 0.95) == 2.5
