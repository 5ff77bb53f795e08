"""Each hostile file is refused with a reason, each real one passes, and no check needs more than it may."""

import tracemalloc

import pytest

from fundportal.documents.checks import check_beginning, check_content
from fundportal.documents.kinds import MOST_BYTES, check_ending, check_size
from fundportal.documents.names import clean_name
from fundportal.documents.unfit import Unfit
from tests.faults import benign, hostile

HOSTILE = [one for group in hostile.GROUPS for one in group()]
BENIGN = [one for group in benign.GROUPS for one in group()]
MOST_MEMORY = 5 * MOST_BYTES


def look_through(name: str, content: bytes) -> None:
    """All that stands between a form and the shelf of private files."""
    ending = check_ending(clean_name(name))
    check_size(len(content))
    check_beginning(content[:64], ending)
    check_content(content, ending)


@pytest.mark.parametrize("file", HOSTILE, ids=lambda file: file.what)
def test_a_hostile_file_is_refused_with_its_reason(file):
    with pytest.raises(Unfit) as refused:
        look_through(file.name, file.content)
    assert file.says in str(refused.value)
    assert refused.value.status == 422
    assert refused.value.field == "file"


@pytest.mark.parametrize("file", BENIGN, ids=lambda file: file.what)
def test_a_real_file_passes(file):
    look_through(file.name, file.content)


def test_there_are_enough_of_both():
    assert len({file.what for file in HOSTILE}) == len(HOSTILE) >= 60
    assert len({file.what for file in BENIGN}) == len(BENIGN) >= 20


@pytest.mark.parametrize("file", HOSTILE, ids=lambda file: file.what)
def test_a_reason_says_what_to_do_in_a_lay_persons_words(file):
    with pytest.raises(Unfit) as refused:
        look_through(file.name, file.content)
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert not {"invalid", "please", "unfortunately", "submit", "!"} & set(sentence.lower().split())
    assert len(sentence) <= 200


HEAVY = [
    *((file.what, file.name, file.content) for file in hostile.bombs()),
    *((file.what, file.name, file.content) for file in BENIGN if len(file.content) > MOST_BYTES // 20),
    *hostile.wearisome(),
]


@pytest.mark.parametrize(("what", "name", "content"), HEAVY, ids=[what for what, _name, _content in HEAVY])
def test_no_check_needs_more_memory_than_a_worker_has(what, name, content):
    tracemalloc.start()
    try:
        look_through(name, content)
    except Unfit:
        pass
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < MOST_MEMORY
