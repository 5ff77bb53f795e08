"""Each letter in English and French: what it says first, and where it leads."""

import pytest
from django.utils import translation

from fundportal.mail.models import Letter
from grants.awards import emails
from grants.awards.states import AgreementState, AwardState, TrancheState
from tests.factories.awards import make_agreement, make_award, make_tranche
from tests.factories.organisations import make_member, make_signatory

pytestmark = pytest.mark.django_db

S = AwardState
LETTERS = {
    "offered": (S.OFFERED, emails.offered),
    "agreement_sent": (S.OFFERED, lambda a: emails.agreement_sent(make_agreement(a, state="grantee_review"))),
    "agreement_to_sign": (S.OFFERED, lambda a: emails.agreement_to_sign(make_agreement(a, state="agreed"))),
    "agreement_signed": (S.ACTIVE, lambda a: emails.agreement_signed(a.agreements.get())),
    "ended": (S.TERMINATED, emails.award_ended),
    "tranche_ready": (S.ACTIVE, lambda a: emails.tranche_ready(make_tranche(a, state=TrancheState.READY))),
}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_goes_to_everybody_who_signs_and_leads_to_the_grant(name, language):
    state, write = LETTERS[name]
    award = make_award(state=state, language=language)
    make_signatory(award.organisation, "Sol Signatory")
    make_member(award.organisation, "Wanda Writer")
    write(award)
    letters = Letter.objects.filter(template=f"awards/{name}")
    assert letters.count() == 2
    for letter in letters:
        assert letter.language == language
        assert award.reference in letter.subject
        for body in (letter.text_body, letter.html_body):
            assert f"http://testserver/{language}/my/grants/{award.reference}/" in body


def test_writing_twice_is_writing_once():
    award = make_award()
    emails.offered(award)
    emails.offered(award)
    assert Letter.objects.count() == 1


def test_an_offer_says_how_much_and_until_when():
    award = make_award()
    emails.offered(award)
    letter = Letter.objects.get()
    with translation.override("en"):
        assert "$10,000" in letter.subject
    assert str(award.respond_by.year) in letter.text_body


@pytest.mark.parametrize(("state", "said"), [(S.LAPSED, "Nobody accepted it by"), (S.RESCINDED, "has stopped")])
def test_the_letter_of_an_end_says_why(state, said):
    emails.award_ended(make_award(state=state))
    assert said in Letter.objects.get().text_body


def test_an_agreement_that_was_changed_is_sent_again():
    agreement = make_agreement(state=AgreementState.GRANTEE_REVIEW)
    emails.agreement_sent(agreement)
    agreement.sha256 = "1" * 64
    emails.agreement_sent(agreement)
    assert Letter.objects.count() == 2
