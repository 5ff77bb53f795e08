"""In the demo one call was carried to its end with the real services: what everybody may read, and who finds work."""

import pytest
from django.test import Client

from fundportal.access import Role
from fundportal.demo.cast import holder
from fundportal.demo.loaders.funds import OPENING_BALANCE
from fundportal.ledger.invariants import check_invariants
from fundportal.ledger.queries import balance
from fundportal.waiting import waiting_for
from grants import public
from grants.awards.models import Award, Tranche
from grants.awards.states import AwardState, ReportState, TrancheState


def test_two_grants_run_one_was_refused_and_loading_again_changes_nothing(rounds: None):
    assert list(Award.objects.order_by("pk").values_list("state", flat=True)) == [AwardState.ACTIVE] * 2
    told = {each.grantee: each for each in public.grant_list(public.GrantFilters(call="welcome-2026")).object_list}
    assert set(told) == {"Port Aurora Newcomers Association", "Tallow Lane Kitchen"}


def test_the_first_payments_went_to_the_bank_and_stand_on_its_statement(rounds: None):
    firsts = Tranche.objects.filter(number=1).order_by("pk")
    assert [tranche.state for tranche in firsts] == [TrancheState.RECONCILED] * 2
    fund = Award.objects.earliest("pk").fund
    assert balance(fund, "bank:main").minor == OPENING_BALANCE.minor - 900_000 - 500_000
    assert {name: faults for name, faults in check_invariants().items() if faults} == {}


def test_one_report_is_published_and_another_waits_to_be_read(rounds: None):
    states = dict(Award.objects.filter(reports_due__number=1).values_list("organisation__name", "reports_due__state"))
    assert states == {
        "Port Aurora Newcomers Association": ReportState.ACCEPTED,
        "Tallow Lane Kitchen": ReportState.SUBMITTED,
    }


def test_everybody_reads_the_whole_way_of_the_grant_in_both_languages(rounds: None, client: Client):
    reference = Award.objects.get(organisation__name="Port Aurora Newcomers Association").reference
    assert "answered 488 letters" in client.get(f"/en/grants/{reference}/").content.decode()
    assert "488 lettres" in client.get(f"/fr/grants/{reference}/").content.decode()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.MANAGER, Role.FINANCE_CHECKER])
def test_the_office_finds_work(rounds: None, role: Role):
    assert waiting_for(holder(role))


def test_the_rest_of_the_money_may_be_asked_for_once_the_report_is_accepted(rounds: None):
    seconds = dict(
        Award.objects.filter(tranches__number=2).values_list("organisation__name", "tranches__state"),
    )
    assert seconds == {
        "Port Aurora Newcomers Association": TrancheState.READY,
        "Tallow Lane Kitchen": TrancheState.REQUESTED,
    }
