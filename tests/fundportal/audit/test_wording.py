"""What the record says in plain words."""

import pytest
from django.utils import translation

from fundportal.audit import wording
from fundportal.audit.models import Entry


def entry(**facts) -> Entry:
    return Entry(**({"subject_kind": "accounts.rolegrant", "action": "roles.approve"} | facts))


def test_an_action_is_said_in_the_words_its_slice_registered():
    assert wording.words_of("gifts.receive") == "Gift received"
    assert wording.words_of("nobody.knows") == "nobody.knows"


def test_words_are_those_of_the_readers_language():
    with translation.override("fr"):
        assert wording.words_of("gifts.receive") == "Don reçu"
        assert "gifts.receive" in wording.actions_with("reçu")


def test_actions_are_found_by_a_word_of_their_words_whatever_its_case():
    assert "gifts.receive" in wording.actions_with("RECEIVED")
    assert wording.actions_with("no such word") == []


def test_a_change_is_told_with_the_words_of_its_machine():
    assert wording.change_of(entry(before="proposed", after="active")) == "Waiting for a second person → In force"
    assert wording.change_of(entry(after="proposed")) == "Waiting for a second person"


@pytest.mark.parametrize("kind", ["x", "gone.thing", "audit.entry"])
def test_a_thing_that_is_gone_or_has_no_machine_keeps_its_bare_words(kind):
    assert wording.change_of(entry(subject_kind=kind, before="a", after="b")) == "a → b"


def test_a_refused_move_is_told_with_the_sentence_its_person_read():
    refused = entry(action="transition.refused", facts={"move": "approve", "sentence": "Somebody else decides."})
    assert wording.change_of(refused) == "Somebody else decides."
