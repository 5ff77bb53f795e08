import pytest

from fundportal.ledger.chart import CHART, UnknownAccountError, heading_of
from fundportal.ledger.states import AccountKind

BY_PURPOSE = {"contributions", "other_income", "fees", "costs", "grants_awarded", "exchange"}
BY_PURPOSE |= {"disputed", "commitments_receivable"}


def test_money_that_is_for_something_is_kept_by_purpose():
    assert {name for name, heading in CHART.items() if heading.by_purpose} == BY_PURPOSE
    assert all(heading.by_purpose for heading in CHART.values() if heading.kind == AccountKind.FUND)


@pytest.mark.parametrize("code", ["stripe:acct_1", "bank:main", "contributions", "grants_payable:award:7"])
def test_a_code_is_a_heading_and_what_it_is_kept_for(code):
    assert heading_of(code).name == code.partition(":")[0]


@pytest.mark.parametrize("code", ["", "stripe", "stripe:", "contributions:x", "contributions:", "petty_cash", ":x"])
def test_a_code_that_says_too_much_or_too_little_is_refused(code):
    with pytest.raises(UnknownAccountError):
        heading_of(code)
