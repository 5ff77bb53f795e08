"""Whose organisation it is, who keeps away from it, and what it says of itself."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from fundportal import clock
from fundportal.access import SYSTEM, Role
from fundportal.accounts.models import User
from fundportal.organisations.models import Identifier, Membership, Organisation
from fundportal.organisations.queries import (
    conflicted_ids,
    has_conflict,
    may_edit,
    may_sign,
    members,
    organisations_of,
    profile,
    signatories,
)
from tests.factories.organisations import join, make_conflict, make_member, make_organisation, make_signatory
from tests.factories.people import make_person


@pytest.fixture
def valmont(db: None) -> Organisation:
    return make_organisation("City of Valmont")


def seen_by(user: object) -> set[Organisation]:
    return set(Organisation.objects.visible_to(user).order_by("pk"))


def fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


def test_members_edit_and_signatories_also_sign(valmont: Organisation) -> None:
    editor, signatory = make_member(valmont, "Aldo"), make_signatory(valmont, "Aya")
    assert [may_edit(editor, valmont), may_sign(editor, valmont)] == [True, False]
    assert [may_edit(signatory, valmont), may_sign(signatory, valmont)] == [True, True]
    assert list(members(valmont)) == [editor, signatory]
    assert list(signatories(valmont)) == [signatory]


@pytest.mark.parametrize("stranger", [AnonymousUser(), SYSTEM])
def test_who_is_not_a_person_is_no_member(valmont: Organisation, stranger: object) -> None:
    assert not may_edit(stranger, valmont)
    assert seen_by(stranger) == set()
    assert conflicted_ids(stranger) == set()


def test_a_membership_that_ended_opens_nothing(valmont: Organisation) -> None:
    editor = make_member(valmont)
    Membership.objects.filter(user=editor).update(ended_at=clock.now())
    assert not may_edit(editor, valmont)
    assert seen_by(editor) == set()
    assert not organisations_of(editor).exists()


def test_applicants_see_their_own_and_staff_see_all(valmont: Organisation) -> None:
    lindmark = make_organisation("City of Lindmark")
    assert seen_by(make_member(valmont)) == {valmont}
    assert seen_by(make_person("Otto", Role.OFFICER)) == {valmont, lindmark}
    assert seen_by(make_person("Rosa", Role.REVIEWER)) == set()


def test_staff_do_not_see_organisations_they_have_a_conflict_with(valmont: Organisation) -> None:
    lindmark = make_organisation("City of Lindmark")
    otto = make_person("Otto", Role.OFFICER)
    make_conflict(otto, lindmark)
    assert seen_by(otto) == {valmont}


def test_conflicts_are_what_was_declared_and_where_one_is_a_member(valmont: Organisation) -> None:
    lindmark, port_aurora = make_organisation("City of Lindmark"), make_organisation("Newcomers")
    rosa = make_person("Rosa", Role.REVIEWER)
    make_conflict(rosa, valmont)
    join(rosa, lindmark)
    assert conflicted_ids(rosa) == {valmont.pk, lindmark.pk}
    assert has_conflict(rosa, valmont.pk)
    assert not has_conflict(rosa, port_aurora.pk)


def test_a_conflict_that_ended_bars_nobody(valmont: Organisation) -> None:
    rosa = make_person("Rosa", Role.REVIEWER)
    conflict = make_conflict(rosa, valmont)
    conflict.ended_at = clock.now()
    conflict.save()
    assert conflicted_ids(rosa) == set()


def test_the_profile_is_plain_json_with_numbers_and_signatories(valmont: Organisation) -> None:
    make_signatory(valmont, "Aya Demo")
    Identifier.objects.create(organisation=valmont, scheme="ein", value="00-0000000")
    said = profile(valmont)
    assert said["name"] == "City of Valmont"
    assert said["identifiers"] == [{"scheme": "ein", "value": "00-0000000"}]
    assert said["signatories"] == ["Aya Demo"]


def test_the_database_holds_one_membership_and_one_conflict_at_a_time(valmont: Organisation) -> None:
    rosa = make_person("Rosa")
    join(rosa, valmont)
    with pytest.raises(IntegrityError), transaction.atomic():
        join(rosa, valmont)
    make_conflict(rosa, valmont)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_conflict(rosa, valmont)


def test_a_conflict_has_a_reason(valmont: Organisation) -> None:
    with pytest.raises(IntegrityError, match="a_conflict_has_a_reason"), transaction.atomic():
        make_conflict(make_person("Rosa"), valmont, reason="")
