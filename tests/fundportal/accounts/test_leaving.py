"""Deputies, lost keys and leavers: what one person may not do alone, and what ends at once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from fundportal import clock
from fundportal.access import Role, may
from fundportal.accounts import services
from fundportal.accounts.models import FactorReset, RoleGrant, User
from fundportal.accounts.states import RoleState
from fundportal.audit.models import Entry
from fundportal.mail.models import Letter
from fundportal.refusals import NotAllowed, Refusal
from tests.factories.people import hold, make_fund, make_person

TODAY = date(2026, 11, 20)
NEXT_WEEK = TODAY + timedelta(days=7)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(datetime(2026, 11, 20, 12, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def paula(db: None) -> User:
    return make_person("Paula Admin", Role.PEOPLE_ADMIN)


@pytest.fixture
def pavel(db: None) -> User:
    return make_person("Pavel Admin", Role.PEOPLE_ADMIN)


@pytest.fixture
def otto(db: None) -> User:
    return make_person("Otto Officer", Role.OFFICER, password="three plain words")


def fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


def deputise(person: User, deputy: User, by: User, ends_on: date = NEXT_WEEK) -> list[RoleGrant]:
    return services.propose_deputy(person.pk, deputy_id=deputy.pk, starts_on=TODAY, ends_on=ends_on, by=by)


def give_keys(person: User) -> None:
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    Authenticator.objects.create(user=person, type=Authenticator.Type.RECOVERY_CODES, data={})


def propose_reset(person: User, by: User) -> FactorReset:
    return services.propose_factor_reset(person.pk, reason="Called back on the known number.", by=by)


def test_a_deputy_holds_the_roles_once_approved_and_until_the_last_day(paula: User, otto: User) -> None:
    dora = make_person("Dora")
    (grant,) = deputise(otto, dora, by=otto)
    assert not may(fresh(dora), "organisations.view")
    services.approve_role(grant.pk, by=paula)
    assert may(fresh(dora), "organisations.view")
    assert RoleGrant.objects.get(pk=grant.pk).stands_in_for == otto
    with clock.at(datetime(2026, 11, 28, 12, 0, tzinfo=UTC)):
        assert not may(fresh(dora), "organisations.view")


def test_only_the_person_or_an_administrator_names_a_deputy(paula: User, otto: User) -> None:
    dora = make_person("Dora", Role.MANAGER)
    with pytest.raises(NotAllowed):
        deputise(otto, dora, by=dora)
    assert deputise(otto, dora, by=paula)


def test_a_deputy_hands_nothing_on_and_gets_nothing_twice(paula: User, otto: User) -> None:
    dora, dina = make_person("Dora"), make_person("Dina")
    (grant,) = deputise(otto, dora, by=otto)
    services.approve_role(grant.pk, by=paula)
    with pytest.raises(Refusal):
        deputise(dora, dina, by=dora)
    with pytest.raises(Refusal, match="already on these days"):
        deputise(otto, dora, by=otto)


def test_nobody_stands_in_for_themselves_or_without_a_last_day(otto: User) -> None:
    with pytest.raises(Refusal, match="somebody else"):
        deputise(otto, otto, by=otto)
    with pytest.raises(Refusal, match="last day comes before"):
        deputise(otto, make_person("Dora"), by=otto, ends_on=TODAY - timedelta(days=1))
    with pytest.raises(IntegrityError, match="a_deputy_has_a_last_day"), transaction.atomic():
        RoleGrant.objects.create(user=make_person(), role=Role.OFFICER, starts_on=TODAY, stands_in_for=otto)


def test_a_role_that_ends_ends_for_its_deputy_too(paula: User, otto: User) -> None:
    dora = make_person("Dora")
    (grant,) = deputise(otto, dora, by=otto)
    services.approve_role(grant.pk, by=paula)
    services.end_role(otto.role_grants.get().pk, by=paula)
    assert RoleGrant.objects.get(pk=grant.pk).state == RoleState.ENDED


def test_keys_are_taken_away_by_two(paula: User, pavel: User, otto: User) -> None:
    give_keys(otto)
    reset = propose_reset(otto, paula)
    assert Authenticator.objects.filter(user=otto).count() == 2
    with pytest.raises(NotAllowed, match="You proposed this"):
        services.approve_factor_reset(reset.pk, by=paula)
    services.approve_factor_reset(reset.pk, by=pavel)
    assert not Authenticator.objects.filter(user=otto).exists()
    assert not fresh(otto).has_usable_password()
    subjects = list(Letter.objects.filter(to_address=otto.email).order_by("pk").values_list("template", flat=True))
    assert subjects == ["accounts/factor_reset_proposed", "accounts/factor_reset_done"]
    assert Entry.objects.get(action="factors.reset").facts == {"removed": 2}
    with pytest.raises(Refusal, match="decided already"):
        services.approve_factor_reset(reset.pk, by=pavel)


def test_a_reset_signs_the_person_out_everywhere(client: Client, paula: User, pavel: User, otto: User) -> None:
    client.force_login(otto)
    assert client.get(reverse("office:desk")).status_code == 200
    services.approve_factor_reset(propose_reset(otto, paula).pk, by=pavel)
    assert client.get(reverse("office:desk")).status_code == 302


def test_nobody_resets_their_own_keys_or_without_the_role(paula: User, pavel: User, otto: User) -> None:
    for person, by in ((paula, paula), (otto, otto), (otto, make_person("Mona", Role.MANAGER))):
        with pytest.raises(NotAllowed):
            propose_reset(person, by)
    reset = propose_reset(pavel, paula)
    with pytest.raises(NotAllowed, match="your own keys"):
        services.approve_factor_reset(reset.pk, by=pavel)


def test_a_reset_has_a_reason_and_is_proposed_once(paula: User, pavel: User, otto: User) -> None:
    with pytest.raises(Refusal, match="really this person"):
        services.propose_factor_reset(otto.pk, reason=" ", by=paula)
    propose_reset(otto, paula)
    with pytest.raises(Refusal, match="proposed already"):
        propose_reset(otto, pavel)


def test_the_person_takes_a_reset_back_that_they_did_not_ask_for(paula: User, pavel: User, otto: User) -> None:
    give_keys(otto)
    reset = propose_reset(otto, paula)
    services.withdraw_factor_reset(reset.pk, by=otto)
    with pytest.raises(Refusal):
        services.approve_factor_reset(reset.pk, by=pavel)
    assert Authenticator.objects.filter(user=otto).count() == 2


def test_the_database_refuses_one_person_as_both(paula: User, otto: User) -> None:
    reset = propose_reset(otto, paula)
    reset.approved_by, reset.ended_at = paula, clock.now()
    with pytest.raises(IntegrityError, match="nobody_approves_a_reset_they_proposed"), transaction.atomic():
        reset.save()


def test_who_leaves_has_no_role_no_session_and_no_account(client: Client, paula: User, otto: User) -> None:
    hold(otto, Role.REVIEWER, fund=make_fund())
    services.propose_role(otto.pk, role=Role.CHAIR, term=services.Term(None, TODAY), by=paula)
    deputy = make_person("Dora")
    (stand_in,) = [each for each in deputise(otto, deputy, by=otto) if each.role == Role.OFFICER][:1]
    client.force_login(otto)
    services.close_account(otto.pk, by=paula)
    assert client.get(reverse("office:desk")).status_code == 302
    assert set(RoleGrant.objects.filter(user=otto).values_list("state", flat=True)) == {RoleState.ENDED}
    assert RoleGrant.objects.get(pk=stand_in.pk).state == RoleState.ENDED
    left = fresh(otto)
    assert (left.is_active, left.has_usable_password()) == (False, False)
    assert Entry.objects.get(action="people.close").facts == {"roles_ended": ["chair", "officer", "reviewer"]}
    with pytest.raises(Refusal, match="closed already"):
        services.close_account(otto.pk, by=paula)


def test_nobody_closes_their_own_account_and_an_administrator_stays(paula: User, pavel: User, otto: User) -> None:
    with pytest.raises(NotAllowed, match="your own account"):
        services.close_account(paula.pk, by=paula)
    with pytest.raises(NotAllowed):
        services.close_account(otto.pk, by=make_person("Mona", Role.MANAGER))
    services.close_account(pavel.pk, by=paula)
    local = make_person("Lou", Role.PEOPLE_ADMIN, fund=make_fund())
    with pytest.raises(NotAllowed):
        services.close_account(otto.pk, by=local)


def test_an_account_is_opened_again_without_its_roles(paula: User, otto: User) -> None:
    services.close_account(otto.pk, by=paula)
    services.reopen_account(otto.pk, by=paula)
    assert fresh(otto).is_active
    assert not may(fresh(otto), "organisations.view")
    with pytest.raises(Refusal, match="is open"):
        services.reopen_account(otto.pk, by=paula)
