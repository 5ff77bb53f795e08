"""A role needs two people, holds from a day to a day, and is gone the moment it is ended."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from fundportal import clock
from fundportal.access import SYSTEM, Role, may
from fundportal.accounts import services
from fundportal.accounts.models import RoleGrant, User
from fundportal.accounts.queries import roles_on
from fundportal.accounts.services import Term
from fundportal.accounts.states import RoleState
from fundportal.audit.models import Entry
from fundportal.funds.models import Fund
from fundportal.mail.models import Letter
from fundportal.refusals import NotAllowed, Refusal
from tests.factories.people import make_fund, make_person

TODAY = date(2026, 11, 20)


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
def nina(db: None) -> User:
    return make_person("Nina New")


@pytest.fixture
def fund(db: None) -> Fund:
    return make_fund()


def fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


def propose(person: User, by: object, role: Role = Role.OFFICER, term: Term | None = None) -> RoleGrant:
    return services.propose_role(person.pk, role=role, term=term or Term(None, TODAY), by=by)


def test_a_proposed_role_gives_nothing_yet(paula: User, nina: User) -> None:
    grant = propose(nina, paula, Role.AUDITOR)
    assert grant.state == RoleState.PROPOSED
    assert not may(fresh(nina), "roles.view")


def test_an_approved_role_is_in_force_told_and_on_record(paula: User, pavel: User, nina: User, fund: Fund) -> None:
    grant = propose(nina, paula, Role.AUDITOR, Term(fund, TODAY))
    services.approve_role(grant.pk, by=pavel)
    assert may(fresh(nina), "roles.view", fund)
    assert not may(fresh(nina), "roles.view", make_fund())
    letter = Letter.objects.get(to_address=nina.email)
    assert fund.name in letter.text_body
    entry = Entry.objects.get(action="roles.approve")
    assert (entry.actor, entry.before, entry.after, entry.fund) == (pavel, "proposed", "active", fund)


def test_who_proposed_does_not_approve(paula: User, nina: User) -> None:
    grant = propose(nina, paula)
    with pytest.raises(NotAllowed, match="You proposed this role"):
        services.approve_role(grant.pk, by=paula)
    assert RoleGrant.objects.get(pk=grant.pk).state == RoleState.PROPOSED


def test_nobody_approves_their_own_role(paula: User, pavel: User) -> None:
    grant = propose(pavel, paula, Role.FINANCE_CHECKER)
    with pytest.raises(NotAllowed, match="your own role"):
        services.approve_role(grant.pk, by=pavel)


def test_the_database_refuses_one_person_as_both(paula: User, nina: User) -> None:
    grant = propose(nina, paula)
    grant.approved_by = paula
    with pytest.raises(IntegrityError, match="nobody_approves_a_role_they_proposed"), transaction.atomic():
        grant.save()


def test_a_superuser_has_no_say(db: None, nina: User) -> None:
    with pytest.raises(NotAllowed):
        propose(nina, make_person("Sue", is_superuser=True))


def test_an_administrator_of_one_fund_gives_no_role_in_others(nina: User, fund: Fund) -> None:
    local = make_person("Lou", Role.PEOPLE_ADMIN, fund=fund)
    assert propose(nina, local, term=Term(fund, TODAY)).state == RoleState.PROPOSED
    with pytest.raises(NotAllowed):
        propose(nina, local, term=Term(make_fund(), TODAY))
    with pytest.raises(NotAllowed, match="some funds only"):
        propose(nina, local)


def test_a_role_is_not_held_twice_at_a_time(paula: User, nina: User) -> None:
    propose(nina, paula, term=Term(None, TODAY, TODAY + timedelta(days=9)))
    with pytest.raises(Refusal, match="already held or proposed"):
        propose(nina, paula, term=Term(None, TODAY + timedelta(days=9)))
    assert propose(nina, paula, term=Term(None, TODAY + timedelta(days=10))).pk


def test_the_last_day_does_not_come_before_the_first(paula: User, nina: User) -> None:
    with pytest.raises(Refusal, match="The last day comes before") as refusal:
        propose(nina, paula, term=Term(None, TODAY, TODAY - timedelta(days=1)))
    assert refusal.value.field == "ends_on"


def test_an_ended_role_is_gone_at_once_and_stays_on_record(paula: User, pavel: User, nina: User) -> None:
    grant = propose(nina, paula, Role.AUDITOR)
    services.approve_role(grant.pk, by=pavel)
    services.end_role(grant.pk, by=paula)
    ended = RoleGrant.objects.get(pk=grant.pk)
    assert (ended.state, ended.ends_on) == (RoleState.ENDED, TODAY)
    assert not may(fresh(nina), "roles.view")
    assert ended in roles_on(TODAY, by=paula)


def test_an_ended_role_cannot_be_approved_again(paula: User, pavel: User, nina: User) -> None:
    grant = propose(nina, paula)
    services.withdraw_role(grant.pk, by=paula)
    with pytest.raises(Refusal, match="Ended"):
        services.approve_role(grant.pk, by=pavel)


def test_a_withdrawn_proposal_was_never_held(paula: User, nina: User) -> None:
    grant = propose(nina, paula)
    services.withdraw_role(grant.pk, by=paula)
    assert RoleGrant.objects.get(pk=grant.pk) not in roles_on(TODAY, by=paula)


def test_a_proposal_whose_days_are_over_is_not_approved(paula: User, pavel: User, nina: User) -> None:
    grant = propose(nina, paula, term=Term(None, TODAY, TODAY))
    with (
        clock.at(datetime(2026, 11, 21, 12, 0, tzinfo=UTC)),
        pytest.raises(Refusal, match="The last day of this role has passed"),
    ):
        services.approve_role(grant.pk, by=pavel)


def test_roles_of_a_day_are_those_that_held_then(paula: User, pavel: User, nina: User) -> None:
    grant = propose(nina, paula, term=Term(None, TODAY, TODAY + timedelta(days=5)))
    services.approve_role(grant.pk, by=pavel)
    held = {day: grant in roles_on(TODAY + timedelta(days=day), by=paula) for day in (-1, 0, 5, 6)}
    assert held == {-1: False, 0: True, 5: True, 6: False}


def test_the_clock_closes_roles_that_are_over(paula: User, pavel: User, nina: User) -> None:
    grant = propose(nina, paula, term=Term(None, TODAY, TODAY))
    services.approve_role(grant.pk, by=pavel)
    assert services.end_outlived_roles() == 0
    with clock.at(datetime(2026, 11, 21, 0, 1, tzinfo=UTC)):
        assert services.end_outlived_roles() == 1
    ended = RoleGrant.objects.get(pk=grant.pk)
    assert (ended.state, ended.ends_on) == (RoleState.ENDED, TODAY)
    assert Entry.objects.get(action="roles.end").actor is None


def test_the_editors_group_follows_the_editors_role(paula: User, pavel: User, nina: User) -> None:
    group, _new = Group.objects.get_or_create(name="Editors")
    stranger = make_person("Stan")
    stranger.groups.add(group)
    grant = propose(nina, paula, Role.EDITOR)
    services.approve_role(grant.pk, by=pavel)
    assert set(group.user_set.order_by("pk")) == {nina}
    services.end_role(grant.pk, by=pavel)
    assert not group.user_set.order_by("pk").exists()


def test_a_new_person_gets_a_letter_and_no_password(paula: User) -> None:
    person = services.add_person(" Otto@Example.org ", full_name="Otto Officer", language="fr", by=paula)
    assert person.email == "otto@example.org"
    assert not person.has_usable_password()
    assert Letter.objects.get(to_address="otto@example.org").language == "fr"
    assert Entry.objects.get(action="people.add").actor == paula


def test_an_address_has_one_account(paula: User, nina: User) -> None:
    with pytest.raises(Refusal, match="an account already"):
        services.add_person(nina.email.upper(), full_name="Nina", language="en", by=paula)


def test_the_system_sets_up_the_first_administrator(nina: User) -> None:
    grant = propose(nina, SYSTEM, Role.PEOPLE_ADMIN)
    services.approve_role(grant.pk, by=SYSTEM)
    assert may(fresh(nina), "roles.propose")
