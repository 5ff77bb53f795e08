"""One text, approved word for word by both sides and signed by both, with the evidence of who signed."""

import hashlib

import pytest

from fundportal.access import Role
from fundportal.audit.models import Entry
from fundportal.mail.models import Letter
from grants.awards import services
from grants.awards.documents import FIELDS, fields_in, starter_text
from grants.awards.models import Agreement, AgreementText, Signature
from grants.awards.states import OPEN_AGREEMENT, AgreementState, AwardState, IdentityFactor, Side
from tests.factories.awards import make_agreement, make_agreement_text, make_tranche
from tests.factories.organisations import make_conflict, make_signatory
from tests.factories.people import make_person
from tests.grants.awards.conftest import refused

pytestmark = pytest.mark.django_db

A = AgreementState
WORDING = "{fund} gives {grantee} {amount} for {title}.\n{payments}\n{reports}"


@pytest.fixture
def award(desk):
    return services.offer_award(desk.application.pk, terms=desk.terms, by=desk.officer)


@pytest.fixture
def sent(desk, award):
    agreement = services.prepare_agreement(award.pk, by=desk.officer)
    return services.send_agreement(agreement.pk, by=desk.officer)


@pytest.fixture
def agreed(desk, sent):
    return approve(desk, sent)


def approve(desk, agreement, **changes):
    facts = {"side": Side.GRANTEE, "sha256": agreement.sha256, "by": desk.signatory} | changes
    return services.approve_agreement_text(agreement.pk, **facts)


def sign(agreement, by, side, **changes):
    facts = {"side": side, "name_typed": by.full_name, "factor": IdentityFactor.TOTP, "by": by} | changes
    return services.sign_agreement(agreement.pk, **facts)


def test_the_text_holds_the_terms_of_the_award(desk, award):
    agreement = services.prepare_agreement(award.pk, by=desk.officer)
    for said in (award.reference, award.organisation.name, award.title, "$10,000.00", "$6,000.00", "$4,000.00"):
        assert said in agreement.text
    for said in ("The first report is accepted", "Final report", "People who found work", "A cook for ten months"):
        assert said in agreement.text
    assert "{" not in agreement.text
    assert agreement.sha256 == hashlib.sha256(agreement.text.encode()).hexdigest()


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_starter_names_only_fields_that_exist(language):
    assert set(fields_in(starter_text(language))) == set(FIELDS)


def test_a_french_award_is_agreed_on_in_french(desk, award):
    award.language = "fr"
    award.save()
    agreement = services.prepare_agreement(award.pk, by=desk.officer)
    assert agreement.language == "fr"
    assert "CONVENTION DE SUBVENTION" in agreement.text


def test_a_fund_s_own_wording_is_used_and_kept_as_it_was(desk, award):
    services.change_wording(desk.fund.pk, language="en", body=WORDING, by=desk.manager)
    agreement = services.prepare_agreement(award.pk, by=desk.officer)
    services.change_wording(desk.fund.pk, language="en", body=f"New: {WORDING}", by=desk.manager)
    kept = Agreement.objects.get(pk=agreement.pk)
    assert kept.text.startswith(f"{desk.fund.name} gives ")
    assert kept.wording.number == 1
    assert list(AgreementText.objects.order_by("number").values_list("number", "is_current")) == [(1, False), (2, True)]


@pytest.mark.parametrize(
    "body", ["{grantee} {amount}", "{grantee} {amount} {title} {salary}", "{grantee} {amount} {title", "{title!r}", ""]
)
def test_a_wording_that_cannot_be_filled_in_is_refused(desk, body):
    wrong = {"language": "en", "body": body, "by": desk.manager}
    assert refused(services.change_wording, desk.fund.pk, **wrong) == (422, "body")
    assert not AgreementText.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MANAGER])
def test_only_a_manager_changes_the_wording(desk, role):
    by = make_person("Rory Role", role, fund=desk.fund)
    assert refused(services.change_wording, desk.fund.pk, language="en", body=WORDING, by=by) == (403, "")


def test_an_agreement_written_again_at_the_desk_keeps_its_number(desk, award):
    first = services.prepare_agreement(award.pk, by=desk.officer)
    make_agreement_text(desk.fund)
    again = services.prepare_agreement(award.pk, by=desk.officer)
    assert (again.pk, again.number) == (first.pk, 1)
    assert again.text != first.text


def test_an_agreement_with_the_grantee_is_not_written_again(desk, award, sent):
    assert refused(services.prepare_agreement, award.pk, by=desk.officer) == (409, "")
    assert refused(services.change_agreement, sent.pk, text="Other", by=desk.officer) == (409, "")


def test_the_officer_may_change_the_text_by_hand_at_the_desk(desk, award):
    agreement = services.prepare_agreement(award.pk, by=desk.officer)
    changed = services.change_agreement(agreement.pk, text="By hand,\r\nline by line. ", by=desk.officer)
    assert changed.text == "By hand,\nline by line."
    assert changed.sha256 == hashlib.sha256(changed.text.encode()).hexdigest()
    assert refused(services.change_agreement, agreement.pk, text=" ", by=desk.officer) == (422, "text")


@pytest.mark.parametrize("state", [AwardState.DECLINED, AwardState.CLOSED, AwardState.TERMINATED])
def test_nothing_is_agreed_once_the_award_is_over(desk, state):
    award = desk.award(state=state)
    assert refused(services.prepare_agreement, award.pk, by=desk.officer) == (409, "")


def test_sending_approves_for_the_fund_and_tells_who_signs(desk, sent):
    assert sent.state == A.GRANTEE_REVIEW
    assert [one.side for one in sent.approvals.all()] == [Side.FUND]
    assert Letter.objects.get(template="awards/agreement_sent").to_address == desk.signatory.email


def test_a_change_that_is_asked_for_takes_the_approval_away(desk, sent):
    back = services.ask_for_change(sent.pk, reason="Pay in June, please", by=desk.writer)
    assert (back.state, back.change_asked) == (A.DRAFTING, "Pay in June, please")
    services.change_agreement(sent.pk, text="Paid in June.", by=desk.officer)
    again = services.send_agreement(sent.pk, by=desk.officer)
    assert again.change_asked == ""
    approve(desk, again)
    assert {one.sha256 for one in again.approvals.filter(side=Side.GRANTEE)} == {again.sha256}
    assert Letter.objects.filter(template="awards/agreement_sent").count() == 2


def test_a_change_without_words_and_a_change_by_strangers_are_refused(desk, sent):
    assert refused(services.ask_for_change, sent.pk, reason=" ", by=desk.signatory) == (409, "")
    for by in (desk.officer, desk.manager):
        assert refused(services.ask_for_change, sent.pk, reason="Pay in June", by=by) == (403, "")


def test_both_sides_approve_the_same_text(desk, sent):
    agreed = approve(desk, sent)
    assert agreed.state == A.AGREED
    assert {one.side for one in agreed.approvals.filter(sha256=agreed.sha256)} == set(Side)
    assert Letter.objects.get(template="awards/agreement_to_sign").to_address == desk.signatory.email


def test_a_text_that_changed_since_it_was_read_is_not_approved(desk, sent):
    assert refused(approve, desk, sent, sha256="0" * 64) == (409, "")
    assert refused(approve, desk, sent, by=desk.writer) == (403, "")
    assert Agreement.objects.get(pk=sent.pk).state == A.GRANTEE_REVIEW


def test_two_signatures_execute_it(desk, agreed):
    signing = sign(agreed, desk.signatory, Side.GRANTEE)
    assert signing.state == A.SIGNING
    executed = sign(agreed, desk.manager, Side.FUND, factor=IdentityFactor.PASSKEY)
    assert executed.state == A.EXECUTED
    evidence = Signature.objects.order_by("pk").values_list("side", "person", "identity_factor", "sha256")
    assert list(evidence) == [
        (Side.GRANTEE, desk.signatory.pk, IdentityFactor.TOTP, agreed.sha256),
        (Side.FUND, desk.manager.pk, IdentityFactor.PASSKEY, agreed.sha256),
    ]
    assert agreed.sha256 in Letter.objects.get(template="awards/agreement_signed").text_body
    assert Entry.objects.filter(action="agreements.sign").count() == 2


def test_the_fund_may_sign_first(desk, agreed):
    sign(agreed, desk.manager, Side.FUND)
    assert sign(agreed, desk.signatory, Side.GRANTEE).state == A.EXECUTED


@pytest.mark.parametrize("typed", ["", "  ", "Somebody Else"])
def test_a_signature_is_the_name_of_whoever_signs(desk, agreed, typed):
    assert refused(sign, agreed, desk.signatory, Side.GRANTEE, name_typed=typed) == (422, "name_typed")
    assert not Signature.objects.exists()
    assert Agreement.objects.get(pk=agreed.pk).state == A.AGREED


def test_a_name_in_capitals_with_wide_spaces_is_the_same_name(desk, agreed):
    typed = f"  {desk.signatory.full_name.upper().replace(' ', '   ')} "
    assert sign(agreed, desk.signatory, Side.GRANTEE, name_typed=typed).state == A.SIGNING


def test_a_side_signs_once(desk, agreed):
    sign(agreed, desk.signatory, Side.GRANTEE)
    other = make_signatory(agreed.award.organisation, "Sol Signatory")
    assert refused(sign, agreed, other, Side.GRANTEE) == (409, "")


def test_only_those_who_bind_their_side_sign(desk, agreed):
    for by in (desk.writer, desk.manager, desk.officer):
        assert refused(sign, agreed, by, Side.GRANTEE) == (403, "")
    for by in (desk.officer, desk.checker, desk.signatory, desk.writer):
        assert refused(sign, agreed, by, Side.FUND) == (403, "")
    make_conflict(desk.manager, agreed.award.organisation)
    assert refused(sign, agreed, desk.manager, Side.FUND) == (403, "")


@pytest.mark.parametrize("state", [state for state in A if state not in {A.AGREED, A.SIGNING}])
def test_nothing_is_signed_before_it_is_agreed_or_after_it_is_signed(desk, state):
    award = desk.award(state=AwardState.OFFERED)
    agreement = make_agreement(award, state=state)
    assert refused(sign, agreement, desk.manager, Side.FUND) == (409, "")


def test_a_newer_agreement_takes_the_place_of_the_one_in_force(desk):
    award = desk.award(state=AwardState.ACTIVE)
    make_tranche(award)
    former = award.agreements.get()
    newer = services.prepare_agreement(award.pk, by=desk.officer)
    services.send_agreement(newer.pk, by=desk.officer)
    approve(desk, newer)
    sign(newer, desk.signatory, Side.GRANTEE)
    assert Agreement.objects.get(pk=former.pk).state == A.EXECUTED
    sign(newer, desk.manager, Side.FUND)
    assert Agreement.objects.get(pk=former.pk).state == A.SUPERSEDED
    assert Agreement.objects.get(pk=newer.pk).state == A.EXECUTED


def test_open_agreements_are_those_before_the_last_signature():
    assert set(A) - set(OPEN_AGREEMENT) == {A.EXECUTED, A.VOID, A.SUPERSEDED}
