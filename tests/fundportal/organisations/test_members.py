"""Who writes and signs for an organisation: asked, by their own yes, never without somebody who signs."""

import pytest

from fundportal.access import Role
from fundportal.accounts.models import User
from fundportal.audit.models import Entry
from fundportal.mail.models import Letter
from fundportal.organisations import conflicts, services
from fundportal.organisations.models import Conflict, Identifier, Invitation, Kind, Membership, Organisation
from fundportal.organisations.queries import has_conflict, may_edit, may_sign, members
from fundportal.organisations.services import Profile
from fundportal.refusals import NotAllowed, Refusal
from tests.factories.organisations import (
    join,
    make_conflict,
    make_invitation,
    make_member,
    make_organisation,
    make_signatory,
)
from tests.factories.people import make_person


@pytest.fixture
def valmont(db: None) -> Organisation:
    return make_organisation("City of Valmont")


@pytest.fixture
def aya(valmont: Organisation) -> User:
    return make_signatory(valmont, "Aya Demo")


def invite(organisation: Organisation, by: User, **facts: object) -> Invitation:
    typed = {"email": "aldo@example.org", "full_name": "Aldo Demo", "is_signatory": False}
    return services.invite_member(organisation.pk, **(typed | facts), by=by)


def membership(person: User, organisation: Organisation) -> Membership:
    return Membership.objects.get(user=person, organisation=organisation)


def edit(organisation: Organisation, by: User, **facts: object) -> Organisation:
    stated = {"name": organisation.name, "kind": Kind.CITY, "country": "US"}
    version = facts.pop("version", organisation.version)
    return services.edit_organisation(organisation.pk, profile=Profile(**(stated | facts)), version=version, by=by)


def test_who_registers_an_organisation_signs_for_it(db: None) -> None:
    aya = make_person("Aya")
    made = services.register_organisation(name=" City of Valmont ", kind=Kind.CITY, country="US", city="", by=aya)
    assert made.name == "City of Valmont"
    assert may_sign(aya, made)
    assert Entry.objects.get(action="organisations.register").actor == aya


def test_what_demo_people_register_is_made_up(db: None) -> None:
    aya = make_person("Aya", is_demo=True)
    made = services.register_organisation(name="City of Valmont", kind=Kind.CITY, country="US", city="", by=aya)
    assert made.is_fictional


def test_members_change_the_profile_and_nobody_else(valmont: Organisation) -> None:
    edit(valmont, make_member(valmont), city="Valmont", identifiers={"ein": "00-1"})
    assert Organisation.objects.get().city == "Valmont"
    assert Identifier.objects.get().value == "00-1"
    with pytest.raises(NotAllowed):
        edit(Organisation.objects.get(), make_person("Otto", Role.MANAGER))


def test_a_stale_profile_is_refused_and_changes_nothing(valmont: Organisation, aya: User) -> None:
    edit(valmont, aya, city="First")
    with pytest.raises(Refusal, match="while you wrote") as refusal:
        edit(valmont, aya, city="Second", version=1)
    assert refusal.value.status == 409
    assert Organisation.objects.get().city == "First"


def test_a_number_is_changed_and_taken_away(valmont: Organisation, aya: User) -> None:
    for number in ("1", "2"):
        edit(Organisation.objects.get(), aya, identifiers={"ein": number})
    assert Identifier.objects.get().value == "2"
    edit(Organisation.objects.get(), aya, identifiers={"ein": ""})
    assert not Identifier.objects.exists()


def test_a_number_of_another_organisation_is_refused_beside_its_field(valmont: Organisation, aya: User) -> None:
    Identifier.objects.create(organisation=make_organisation(), scheme="ein", value="00-1")
    with pytest.raises(Refusal, match="belongs to an organisation") as refusal:
        edit(valmont, aya, identifiers={"ein": " 00-1 "})
    assert (refusal.value.status, refusal.value.field) == (422, "ein")


def test_an_invited_person_gets_a_letter_and_nothing_else_yet(valmont: Organisation, aya: User) -> None:
    invitation = invite(valmont, aya)
    aldo = User.objects.get(email="aldo@example.org")
    assert not aldo.has_usable_password()
    assert not may_edit(aldo, valmont)
    assert "Aya Demo asks you to work on the applications of City of Valmont." in Letter.objects.get().text_body
    assert Entry.objects.get(action="organisations.invite").subject_id == str(invitation.pk)


def test_a_known_address_gets_the_same_answer_as_an_unknown_one(valmont: Organisation, aya: User) -> None:
    make_person("Robert Known", email="rob@example.org")
    first = invite(valmont, aya, email="rob@example.org", full_name="Rob")
    second = invite(valmont, aya, email="new@example.org", full_name="Nadia")
    assert [first.full_name, second.full_name] == ["Rob", "Nadia"]
    subjects = {letter.subject for letter in Letter.objects.order_by("pk")}
    assert len(subjects) == 1


def test_an_invited_person_joins_by_saying_yes(valmont: Organisation, aya: User) -> None:
    invitation = invite(valmont, aya, is_signatory=True)
    aldo = User.objects.get(email="aldo@example.org")
    services.accept_invitation(invitation.pk, by=aldo)
    assert may_sign(aldo, valmont)
    assert Letter.objects.get(to_address=aya.email).subject == "Aldo Demo joined City of Valmont"
    with pytest.raises(Refusal, match="answered already"):
        services.accept_invitation(invitation.pk, by=aldo)


def test_nobody_answers_for_somebody_else(valmont: Organisation, aya: User) -> None:
    invitation = invite(valmont, aya)
    for act in (services.accept_invitation, services.decline_invitation):
        with pytest.raises(NotAllowed):
            act(invitation.pk, by=aya)
    assert list(members(valmont)) == [aya]


def test_a_declined_or_withdrawn_invitation_opens_nothing(valmont: Organisation, aya: User) -> None:
    first = invite(valmont, aya)
    aldo = User.objects.get(email="aldo@example.org")
    services.decline_invitation(first.pk, by=aldo)
    second = invite(valmont, aya)
    services.withdraw_invitation(second.pk, by=aya)
    with pytest.raises(Refusal):
        services.accept_invitation(second.pk, by=aldo)
    assert not may_edit(aldo, valmont)


def test_nobody_is_invited_twice_or_when_a_member(valmont: Organisation, aya: User) -> None:
    invite(valmont, aya)
    with pytest.raises(Refusal, match="invited already"):
        invite(valmont, aya)
    with pytest.raises(Refusal, match="a member already"):
        invite(valmont, aya, email=aya.email)


def test_a_reviewer_who_joins_is_in_conflict_at_once(valmont: Organisation, aya: User) -> None:
    rosa = make_person("Rosa", Role.REVIEWER)
    told = []
    conflicts.on_declared(told.append)
    try:
        services.accept_invitation(make_invitation(valmont, rosa, by=aya).pk, by=rosa)
    finally:
        conflicts._listeners.remove(told.append)
    conflict = Conflict.objects.get(person=rosa)
    assert told == [conflict]
    assert conflict.declared_by is None
    services.end_membership(membership(rosa, valmont).pk, by=aya)
    assert has_conflict(User.objects.get(pk=rosa.pk), valmont.pk)


@pytest.mark.parametrize("act", ["invite", "change", "end", "withdraw"])
def test_only_signatories_decide_about_members(valmont: Organisation, aya: User, act: str) -> None:
    editor, other = make_member(valmont), make_member(valmont)
    place = membership(other, valmont).pk
    acts = {
        "invite": lambda: invite(valmont, editor),
        "change": lambda: services.change_member(place, is_signatory=True, by=editor),
        "end": lambda: services.end_membership(place, by=editor),
        "withdraw": lambda: services.withdraw_invitation(invite(valmont, aya).pk, by=editor),
    }
    with pytest.raises(NotAllowed, match="sign for the organisation"):
        acts[act]()


def test_the_right_to_sign_is_given_and_taken_with_a_letter_each(valmont: Organisation, aya: User) -> None:
    aldo = make_member(valmont, "Aldo")
    place = membership(aldo, valmont).pk
    for is_signatory in (True, False, True):
        services.change_member(place, is_signatory=is_signatory, by=aya)
    assert may_sign(aldo, valmont)
    subjects = Letter.objects.filter(to_address=aldo.email).order_by("pk").values_list("subject", flat=True)
    assert list(subjects) == [
        "You may now sign for City of Valmont",
        "You no longer sign for City of Valmont",
        "You may now sign for City of Valmont",
    ]


def test_the_last_signatory_stays(valmont: Organisation, aya: User) -> None:
    make_member(valmont)
    place = membership(aya, valmont).pk
    with pytest.raises(Refusal, match="Somebody has to sign"):
        services.end_membership(place, by=aya)
    with pytest.raises(Refusal, match="Somebody has to sign"):
        services.change_member(place, is_signatory=False, by=aya)
    join(make_person("Bela"), valmont, is_signatory=True)
    services.end_membership(place, by=aya)
    assert not may_edit(aya, valmont)


def test_a_member_leaves_by_themselves_and_one_who_is_sent_away_is_told(valmont: Organisation, aya: User) -> None:
    leaving, sent = make_member(valmont), make_member(valmont)
    services.end_membership(membership(leaving, valmont).pk, by=leaving)
    services.end_membership(membership(sent, valmont).pk, by=aya)
    assert list(Letter.objects.values_list("to_address", flat=True)) == [sent.email]
    with pytest.raises(Refusal, match="no longer a member"):
        services.end_membership(membership(sent, valmont).pk, by=aya)


def test_a_conflict_is_declared_by_the_person_or_by_staff(valmont: Organisation) -> None:
    rosa = make_person("Rosa", Role.REVIEWER)
    assert not has_conflict(rosa, valmont.pk)
    services.declare_conflict(rosa.pk, organisation_id=valmont.pk, reason="My sister works there.", by=rosa)
    assert has_conflict(rosa, valmont.pk)
    rui, otto = make_person("Rui", Role.REVIEWER), make_person("Otto", Role.OFFICER)
    services.declare_conflict(rui.pk, organisation_id=valmont.pk, reason="Advised them.", by=otto)
    assert Entry.objects.filter(action="conflicts.declare").count() == 2
    with pytest.raises(NotAllowed):
        services.declare_conflict(rosa.pk, organisation_id=valmont.pk, reason="x", by=rui)


def test_a_conflict_needs_a_reason_and_is_declared_once(valmont: Organisation) -> None:
    rosa = make_person("Rosa", Role.REVIEWER)
    with pytest.raises(Refusal, match="what ties"):
        services.declare_conflict(rosa.pk, organisation_id=valmont.pk, reason=" ", by=rosa)
    first = services.declare_conflict(rosa.pk, organisation_id=valmont.pk, reason="x", by=rosa)
    assert services.declare_conflict(rosa.pk, organisation_id=valmont.pk, reason="y", by=rosa) == first


def test_what_listens_acts_in_the_same_transaction(valmont: Organisation) -> None:
    def refuse(_conflict: Conflict) -> None:
        raise Refusal("The listener says no.")

    rosa = make_person("Rosa", Role.REVIEWER)
    conflicts.on_declared(refuse)
    try:
        with pytest.raises(Refusal, match="listener"):
            services.declare_conflict(rosa.pk, organisation_id=valmont.pk, reason="x", by=rosa)
    finally:
        conflicts._listeners.remove(refuse)
    assert not Conflict.objects.exists()


def test_nobody_ends_their_own_conflict(valmont: Organisation) -> None:
    marcel = make_person("Marcel", Role.MANAGER)
    own = make_conflict(marcel, valmont)
    with pytest.raises(NotAllowed, match="your own conflict"):
        services.end_conflict(own.pk, by=marcel)
    services.end_conflict(own.pk, by=make_person("Mona", Role.MANAGER))
    assert not has_conflict(marcel, valmont.pk)
    with pytest.raises(NotAllowed):
        services.end_conflict(make_conflict(marcel, make_organisation()).pk, by=make_person("Otto", Role.OFFICER))
