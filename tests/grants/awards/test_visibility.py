"""Who sees an award and what hangs on it: the grantee's people, the fund's staff, nobody with a conflict."""

import pytest

from fundportal import clock
from fundportal.access import SYSTEM, Role
from fundportal.organisations.models import Membership
from grants.awards.models import Award, ReportDue, Tranche
from grants.awards.states import AwardState
from tests.factories.awards import make_award, make_report_due, make_tranche
from tests.factories.organisations import make_conflict, make_signatory
from tests.factories.people import make_fund, make_person

pytestmark = pytest.mark.django_db

READERS = {Role.OFFICER, Role.MANAGER, Role.FINANCE_MAKER, Role.FINANCE_CHECKER, Role.CLERK, Role.AUDITOR}


@pytest.fixture
def award(desk):
    award = desk.award(state=AwardState.ACTIVE)
    make_tranche(award)
    make_report_due(award)
    return award


def seen(person):
    return [model.objects.visible_to(person).count() for model in (Award, Tranche, ReportDue)]


@pytest.mark.parametrize("role", Role)
def test_staff_see_it_by_their_role_in_its_fund(award, role):
    assert seen(make_person("Rory Role", role, fund=award.fund)) == ([1, 1, 1] if role in READERS else [0, 0, 0])
    assert seen(make_person("Rory Role", role, fund=make_fund())) == [0, 0, 0]
    assert seen(make_person("Rory Role", role)) == ([1, 1, 1] if role in READERS else [0, 0, 0])


def test_the_grantee_s_people_see_it_while_they_work_there(desk, award):
    assert seen(desk.signatory) == seen(desk.writer) == [1, 1, 1]
    Membership.objects.filter(user=desk.writer).update(ended_at=clock.now())
    assert seen(desk.writer) == [0, 0, 0]


def test_others_do_not_see_it(award):
    assert seen(make_signatory(make_award().organisation)) == [1, 0, 0]
    assert seen(make_person()) == [0, 0, 0]
    assert Award.objects.visible_to(None).count() == 0
    assert Award.objects.visible_to(SYSTEM).count() == 2


def test_a_conflict_of_interest_hides_it_from_staff(desk, award):
    make_conflict(desk.officer, award.organisation)
    assert seen(desk.officer) == [0, 0, 0]
    assert seen(desk.manager) == [1, 1, 1]
