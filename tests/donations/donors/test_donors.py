import pytest
from django.db import IntegrityError

from donations.donors.models import Donor
from donations.donors.services import donor_for
from fundportal.refusals import Refusal
from tests.factories.gifts import make_donor
from tests.factories.people import make_fund


@pytest.fixture
def fund(db):
    return make_fund()


def test_the_same_person_written_with_other_spaces_and_letters_is_one_donor(fund):
    first = donor_for(fund.pk, name=" Dana  Demo", email="Dana@Example.org ")

    assert donor_for(fund.pk, name="Dana Demo", email="dana@example.org") == first
    assert (first.name, first.email) == ("Dana Demo", "dana@example.org")


def test_another_name_at_the_same_address_changes_nobody(fund):
    first = donor_for(fund.pk, name="Dana Demo", email="home@example.org")
    second = donor_for(fund.pk, name="Daniel Demo", email="home@example.org")

    assert first != second
    assert Donor.objects.get(pk=first.pk).name == "Dana Demo"


def test_each_fund_knows_its_own_donors_only(fund):
    assert donor_for(fund.pk, name="D", email="d@example.org") != donor_for(
        make_fund().pk, name="D", email="d@example.org"
    )


@pytest.mark.parametrize("name", ["", "  ", "\x00\x07", "x" * 201])
def test_a_receipt_needs_a_name(fund, name):
    with pytest.raises(Refusal) as refused:
        donor_for(fund.pk, name=name, email="d@example.org")
    assert (refused.value.status, refused.value.field) == (422, "donor_name")


@pytest.mark.parametrize("email", ["", "dana", "dana@example", "dana@", "a b@example.org", "x" * 300 + "@example.org"])
def test_a_receipt_needs_an_address(fund, email):
    with pytest.raises(Refusal) as refused:
        donor_for(fund.pk, name="Dana", email=email)
    assert (refused.value.status, refused.value.field) == (422, "donor_email")


@pytest.mark.parametrize(
    ("name", "facts"), [("a_donor_has_a_name", {"name": ""}), ("a_donor_has_an_email_address", {"email": ""})]
)
def test_a_donor_without_a_fact(fund, name, facts):
    with pytest.raises(IntegrityError, match=name):
        make_donor(fund, **facts)


def test_a_donor_twice(fund):
    donor = make_donor(fund)
    with pytest.raises(IntegrityError, match=r"email|a_donor_is_one_name_at_one_address_of_a_fund"):
        make_donor(fund, donor.name, email=donor.email)
