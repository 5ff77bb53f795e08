"""An agreement on both sides' pages: written, read, sent back, approved, signed by both, and who may not."""

import pytest
from django.test import Client
from django.urls import reverse

from fundportal.access import Role
from grants.awards.models import Agreement, Signature
from grants.awards.states import AgreementState, AwardState, IdentityFactor, Side
from tests.factories.awards import make_agreement
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

A = AgreementState


def as_(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def office(name, *place) -> str:
    return reverse(f"awards:{name}", args=place)


def my(name, *place) -> str:
    return reverse(f"my_grants:{name}", args=place)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_from_the_first_word_to_both_signatures(desk):
    award = desk.award()
    reference, place = award.reference, (award.reference, 1)
    officer, signatory, manager = as_(desk.officer), as_(desk.signatory), as_(desk.manager)
    assert officer.post(office("prepare", reference)).status_code == 302
    assert "Send it to the grantee" in text(officer.get(office("award", reference)))
    assert signatory.get(my("agreement", *place)).status_code == 404
    assert officer.post(office("send", *place)).status_code == 302
    asked = signatory.post(my("change", *place), {"reason": "Name the second kitchen too."})
    assert asked.status_code == 302
    assert "Name the second kitchen too." in text(officer.get(office("award", reference)))
    changed = officer.post(office("agreement_edit", *place), {"text": "Two kitchens open.\r\nBoth cook."})
    assert changed.status_code == 302
    assert officer.post(office("send", *place)).status_code == 302
    read = text(signatory.get(my("agreement", *place)))
    assert "Two kitchens open.<br>Both cook." in read
    approved = signatory.post(my("approve", *place), {"sha256": Agreement.objects.get().sha256})
    assert approved.status_code == 302
    assert signatory.post(my("sign", *place), {"name_typed": desk.signatory.full_name}).status_code == 302
    assert manager.post(office("sign", *place), {"name_typed": desk.manager.full_name}).status_code == 302
    assert Agreement.objects.get().state == A.EXECUTED
    grant = text(signatory.get(my("grant", reference)))
    assert "The agreement is in force" in grant
    assert f"Name the second kitchen too. By {desk.signatory.full_name}." in grant
    story = text(officer.get(office("award", reference)))
    assert f"Being written → With the grantee. By {desk.officer.full_name}." in story
    assert "With the grantee → With the grantee" not in story
    assert desk.manager.full_name in text(officer.get(office("agreement", *place)))


def test_what_was_read_is_what_is_approved(desk):
    award = desk.award()
    make_agreement(award, state=A.GRANTEE_REVIEW)
    answer = as_(desk.signatory).post(my("approve", award.reference, 1), {"sha256": "0" * 64})
    assert answer.status_code == 409
    assert "The text has changed since you opened it." in text(answer)
    assert Agreement.objects.get().state == A.GRANTEE_REVIEW


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize(("name", "sentence"), [(" ", "Type your full name to sign."), ("Nobody", "Type your name as")])
def test_a_signature_under_another_name_is_refused_beside_its_box(desk, side, name, sentence):
    award = desk.award()
    make_agreement(award, state=A.AGREED)
    person, page = (desk.manager, office) if side == Side.FUND else (desk.signatory, my)
    answer = as_(person).post(page("sign", award.reference, 1), {"name_typed": name})
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert 'id="id_name_typed-error"' in text(answer)
    assert not Signature.objects.exists()


@pytest.mark.parametrize("role", Role)
def test_only_a_manager_signs_for_the_fund(desk, role):
    award = desk.award()
    make_agreement(award, state=A.AGREED)
    person = make_person("", role, fund=desk.fund)
    answer = as_(person).post(office("sign", award.reference, 1), {"name_typed": person.full_name})
    assert answer.status_code == (302 if role == Role.MANAGER else 403)


def test_whoever_writes_for_the_grantee_reads_and_asks_but_does_not_approve(desk):
    award = desk.award()
    agreement = make_agreement(award, state=A.GRANTEE_REVIEW)
    writer, place = as_(desk.writer), (award.reference, 1)
    page = text(writer.get(my("agreement", *place)))
    assert "Approve this text word for word" not in page
    assert "You may ask for a change." in page
    assert writer.post(my("approve", *place), {"sha256": agreement.sha256}).status_code == 403
    assert writer.post(my("change", *place), {"reason": " "}).status_code == 422
    assert writer.post(my("change", *place), {"reason": "Another day."}).status_code == 302


def test_whoever_only_writes_for_the_grantee_is_told_who_signs(desk):
    award = desk.award()
    make_agreement(award, state=A.AGREED)
    writer, place = as_(desk.writer), (award.reference, 1)
    assert "signs it. Tell them that it is ready." in text(writer.get(my("agreement", *place)))
    assert writer.post(my("sign", *place), {"name_typed": desk.writer.full_name}).status_code == 403


@pytest.mark.parametrize("state", set(A) - {A.DRAFTING})
def test_an_agreement_out_of_place_is_neither_approved_nor_sent_back_nor_signed(desk, state):
    award = desk.award()
    agreement = make_agreement(award, state=state)
    client, place = as_(desk.signatory), (award.reference, 1)
    data = {"sha256": agreement.sha256, "reason": "Another day.", "name_typed": desk.signatory.full_name}
    allowed = {A.GRANTEE_REVIEW: {"approve", "change"}, A.AGREED: {"sign"}}.get(state, set())
    for name in {"approve", "change", "sign"} - allowed:
        assert client.post(my(name, *place), data).status_code == 409, name


def test_the_text_at_the_desk_is_not_the_grantees_to_read(desk):
    award = desk.award()
    make_agreement(award, text="Half a sentence")
    client = as_(desk.signatory)
    assert client.get(my("agreement", award.reference, 1)).status_code == 404
    assert client.post(my("approve", award.reference, 1)).status_code == 404
    page = text(client.get(my("grant", award.reference)))
    assert "Half a sentence" not in page
    assert "The agreement is to be written" in page


@pytest.mark.parametrize(
    ("records", "factor"),
    [
        ([{"method": "password"}], IdentityFactor.PASSWORD),
        ([{"method": "code", "email": "a@example.org"}], IdentityFactor.EMAIL_CODE),
        ([{"method": "password"}, {"method": "mfa", "type": "totp"}], IdentityFactor.TOTP),
        ([{"method": "mfa", "type": "webauthn"}], IdentityFactor.PASSKEY),
        ([{"method": "password"}, {"method": "mfa", "type": "recovery_codes"}], IdentityFactor.PASSWORD),
        ([], IdentityFactor.DEMO),
    ],
)
def test_a_signature_says_how_the_person_signed_in(desk, records, factor):
    assert sign_with(desk, records).status_code == 302
    assert Signature.objects.get().identity_factor == factor


def test_a_session_that_proves_nothing_signs_nothing(desk, settings):
    settings.DEMO = False
    assert sign_with(desk, []).status_code == 403
    assert not Signature.objects.exists()


def sign_with(desk, records):
    award = desk.award()
    make_agreement(award, state=A.AGREED)
    client = as_(desk.signatory)
    session = client.session
    session["account_authentication_methods"] = [{"at": 1} | record for record in records]
    session["account_authentication_methods_user"] = str(desk.signatory.pk)
    session.save()
    return client.post(my("sign", award.reference, 1), {"name_typed": desk.signatory.full_name})


def test_an_agreement_is_not_written_after_the_end(desk):
    award = desk.award(state=AwardState.TERMINATED)
    answer = as_(desk.officer).post(office("prepare", award.reference))
    assert answer.status_code == 409
    assert "The award has ended." in text(answer)


def test_an_empty_text_is_refused_beside_its_box(desk):
    award = desk.award()
    make_agreement(award)
    answer = as_(desk.officer).post(office("agreement_edit", award.reference, 1), {"text": "  "})
    assert answer.status_code == 422
    assert "Write the text." in text(answer)
    elsewhere = as_(desk.officer).post(office("agreement_edit", award.reference, 2), {"text": "Anything"})
    assert elsewhere.status_code == 404
