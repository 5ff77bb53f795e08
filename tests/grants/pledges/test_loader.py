"""The published records, loaded: what the pages say of them is true."""

import pytest
from django.utils.translation import override

from fundportal.demo.loaders import local_actions
from fundportal.money import Money
from grants.pledges import queries
from grants.pledges.models import LocalAction

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(db: None) -> list[str]:
    said: list[str] = []
    local_actions.load(said.append)
    return said


def test_the_register_of_2023_is_recomputed_from_its_entries(register: list[str]):
    counts = queries.counts(2023)
    assert (counts.entries, counts.commitments, counts.submitters, counts.countries) == (54, 52, 47, 27)
    assert counts.backed == 7
    assert counts.kinds == {"mirror": 33, "gcm": 5, "gcr": 15, "idp": 1, "unknown": 0}


def test_all_77_are_there_and_loading_again_changes_nothing(register: list[str]):
    assert LocalAction.objects.count() == 77
    assert queries.counts(2022).entries == 23
    hidden = LocalAction.objects.get(reference="2023-001")
    LocalAction.objects.filter(pk=hidden.pk).update(published_at=None)
    local_actions.load(register.append)
    assert LocalAction.objects.count() == 77
    assert LocalAction.objects.get(pk=hidden.pk).published_at is None
    assert register[-1].startswith("local actions: 0 loaded")


def test_every_text_has_its_french(register: list[str]):
    for action in LocalAction.objects.all():
        assert {"en", "fr"} <= set(action.titles) & set(action.summaries) & set(action.submitter_names)
        assert all([*action.titles.values(), *action.summaries.values()])
        assert not action.people or all(action.people_units.get(code) for code in ("en", "fr"))


def test_the_kinds_of_2022_were_not_published(register: list[str]):
    assert set(LocalAction.objects.filter(year=2022).values_list("kind", flat=True)) == {"unknown"}


def test_a_published_budget_is_kept_to_the_minor_unit(register: list[str]):
    budgets = {action.reference: action.budget for action in LocalAction.objects.filter(budget_minor__gt=0)}
    assert len(budgets) == 3
    assert budgets["2023-045"] == Money(1310000000, "CHF")


def test_a_french_reader_finds_an_action_by_a_french_word(register: list[str]):
    with override("fr"):
        found = LocalAction.objects.mentioning("creches maternelles")
        assert [action.submitter_name for action in found] == ["Galați"]
