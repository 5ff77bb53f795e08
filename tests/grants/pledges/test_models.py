from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from fundportal.money import Money
from grants.pledges.models import LocalAction
from tests.factories.actions import make_action

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"year": 2021}, "the_register_begins_in_2022"),
        ({"kind": "promise"}, "an_action_has_a_known_kind"),
        ({"submitter_kind": "bank"}, "an_action_has_a_known_submitter"),
        ({"reach": "moon"}, "an_action_has_a_known_reach"),
        ({"priority": 9}, "there_are_eight_priorities"),
        ({"is_ongoing": True, "ends": "2025"}, "an_ongoing_action_has_no_end"),
        ({"budget_minor": 100}, "a_budget_has_an_amount_and_a_currency"),
        ({"budget_currency": "USD"}, "a_budget_has_an_amount_and_a_currency"),
        ({"latitude": Decimal(12)}, "a_place_is_on_the_globe"),
        ({"latitude": Decimal(91), "longitude": Decimal(0)}, "a_place_is_on_the_globe"),
    ],
)
def test_the_database_refuses_what_cannot_be(facts: dict[str, Any], constraint: str):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_action(**facts)


def test_an_action_is_filed_once_a_year():
    make_action(submitter="Amman", printed_title="Un parc")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_action(submitter="Amman", printed_title="Un parc")
    make_action(submitter="Amman", printed_title="Un parc", year=2022)


def test_only_what_was_published_is_public():
    shown = make_action()
    make_action(public=False)
    assert list(LocalAction.objects.public()) == [shown]


def test_texts_come_in_the_language_of_the_reader():
    action = make_action(titles={"en": "A park", "fr": "Un parc"})
    with override("fr"):
        assert action.title == "Un parc"


def test_a_budget_is_money_or_nothing():
    assert make_action(budget_minor=500, budget_currency="CHF").budget == Money(500, "CHF")
    assert make_action().budget is None


@pytest.mark.parametrize("words", ["creche", "CRÈCHE", "crèche ville", "  ville   Creche "])
def test_words_are_found_whatever_their_accents_and_capitals(words: str):
    found = make_action(search_text="une creche dans la ville")
    make_action(search_text="une ville")
    assert list(LocalAction.objects.mentioning(words)) == [found]
