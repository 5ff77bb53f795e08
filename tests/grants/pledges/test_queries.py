import pytest

from grants.pledges import queries
from grants.pledges.queries import Filters
from tests.factories.actions import make_action

pytestmark = pytest.mark.django_db


def test_a_joint_commitment_counts_once():
    make_action("UG", commitment="kampala-nairobi")
    make_action("KE", commitment="kampala-nairobi")
    make_action("KE", is_fund_backed=True)
    counts = queries.counts(2023)
    assert (counts.entries, counts.commitments, counts.countries, counts.backed) == (3, 2, 2, 1)


def test_an_action_of_two_countries_is_one_entry_in_each():
    made = make_action("IT", "SL", kind="gcm")
    counts = queries.counts(2023)
    assert (counts.entries, counts.countries, counts.kinds["gcm"]) == (1, 2, 1)
    assert list(queries.matching(Filters(country="SL"))) == [made]


def test_what_is_not_public_is_never_counted():
    make_action("FR", public=False)
    assert queries.counts(2023).entries == 0
    assert queries.countries_with_actions() == []
    assert queries.entries_by_year() == {}


def test_filters_narrow_together():
    wanted = make_action("FR", kind="gcr", year=2022, search_text="climat", is_fund_backed=True)
    make_action("FR", kind="gcr", year=2022, search_text="climat")
    make_action("FR", kind="gcr", year=2023, search_text="climat", is_fund_backed=True)
    every = Filters(words="climat", country="FR", kind="gcr", year=2022, backed=True)
    assert list(queries.matching(every)) == [wanted]


def test_it_is_known_what_each_filter_costs():
    make_action(year=2022, search_text="climat")
    make_action(year=2023, search_text="creche")
    assert queries.gained_by_removing(Filters(words="creche", year=2022)) == {"words": 1, "year": 1}


def test_backed_actions_come_first_within_the_newest_year():
    old = make_action(year=2022, submitter="A")
    plain = make_action(submitter="A")
    backed = make_action(submitter="Z", is_fund_backed=True)
    assert list(queries.listed(Filters())) == [backed, plain, old]


def test_the_partner_of_a_joint_commitment_is_found_from_either_side():
    one = make_action(commitment="tyre-zurich")
    other = make_action(commitment="tyre-zurich")
    assert list(queries.partners(one.reference)) == [other]
    assert list(queries.partners(other.reference)) == [one]
