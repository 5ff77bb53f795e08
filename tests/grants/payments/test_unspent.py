"""Money that was paid and not spent: known from the final report, returned line by line, or settled otherwise."""

import pytest
from django.urls import reverse

from fundportal.access import Role
from fundportal.ledger.models import Posting
from fundportal.ledger.queries import balance, may_promise
from fundportal.mail.models import Letter
from fundportal.money import Money
from fundportal.refusals import Refusal
from fundportal.waiting import waiting_for
from grants.awards import services as awards
from grants.awards.models import Award
from grants.awards.services import Change
from grants.awards.states import AwardState, ReportKind, ReportState, Settlement, Side, TermKind, TrancheState
from grants.decisions.queries.holds import agreed
from grants.payments import services
from grants.payments.models import LineMatch
from grants.payments.queries import proofs
from grants.payments.states import LineKind
from grants.public.grant_money import money_of
from grants.reports.services import accept_report
from tests.factories.amendments import make_settlement
from tests.factories.awards import make_award, make_budget_line, make_decided, make_tranche, person_of
from tests.factories.organisations import make_conflict
from tests.factories.payments import make_line
from tests.factories.people import make_fund, make_person
from tests.factories.reports import make_report
from tests.grants.awards.conftest import broken

pytestmark = pytest.mark.django_db

PAID, SPENT = 1_000_000, 880_000
LEFT = PAID - SPENT


def usd(minor: int) -> Money:
    return Money(minor, "USD")


@pytest.fixture
def award(house) -> Award:
    """All of it paid and all but $1,200.00 spent, as the final report says that waits to be read."""
    award = make_award(make_decided(call=house.call), state=AwardState.ACTIVE)
    make_tranche(award, state=TrancheState.RECONCILED)
    line = make_budget_line(award, amount_minor=PAID)
    spending = {str(line.pk): {"minor": SPENT, "note": "Food was given."}}
    make_report(award, state=ReportState.SUBMITTED, kind=ReportKind.FINAL, spending=spending)
    return award


def accept(house, award):
    return accept_report(award.reports_due.get().pk, revision=1, feedback="Well done.", by=house.officer)


def give_back(house, award, minor, **facts):
    line = make_line(house.account, minor)
    return services.return_line(line.pk, **({"reference": award.reference, "by": house.maker} | facts))


def refusal(act, *arguments, **facts):
    with pytest.raises(Refusal) as met:
        act(*arguments, **facts)
    return met.value.status, met.value.field


def unspent(award):
    return Award.objects.get(pk=award.pk).unspent


def test_the_accepted_final_report_says_what_is_to_be_returned(house, award):
    assert unspent(award).to_return.is_zero
    accept(house, award)
    assert unspent(award).to_return == usd(LEFT)
    letter = Letter.objects.get(template="awards/unspent_to_return")
    assert "$1,200" in letter.subject
    assert award.reference in letter.text_body
    signatory = person_of(award, Side.GRANTEE)
    assert any("$1,200" in one.sentence for one in waiting_for(signatory))


def test_returns_in_parts_add_up_go_back_to_the_purpose_and_the_call_and_let_the_award_be_closed(house, award):
    free, bank, call = may_promise(award.purpose), balance(house.fund, "bank:main"), house.call
    accept(house, award)
    awards.begin_closing(award.pk, by=house.officer)
    assert refusal(awards.close_award, award.pk, by=house.manager) == (409, "")
    match = give_back(house, award, 20_000)
    assert (match.kind, match.award, unspent(award).to_return) == (LineKind.UNSPENT, award, usd(LEFT - 20_000))
    assert refusal(awards.close_award, award.pk, by=house.manager) == (409, "")
    give_back(house, award, LEFT - 20_000, reference=f" {award.reference.lower()} ")
    assert unspent(award).to_return.is_zero
    assert may_promise(award.purpose) == free + usd(LEFT)
    assert agreed(call) == usd(SPENT)
    assert balance(house.fund, "bank:main") == bank + usd(LEFT)
    assert balance(house.fund, "unidentified_receipts").is_zero
    granted = Posting.objects.filter(account__code="grants_awarded", party=award.reference)
    told = money_of([award])[award.reference]
    assert (told.promised, told.paid, told.returned) == (usd(SPENT), usd(SPENT), usd(LEFT))
    assert sum(granted.values_list("amount_minor", flat=True)) == SPENT
    assert awards.close_award(award.pk, by=house.manager).state == AwardState.CLOSED
    assert broken() == {}
    assert list(proofs.each_return_has_its_line()) == []
    assert Letter.objects.filter(template="awards/unspent_returned").count() == 2


def test_too_much_is_refused_and_the_line_stays_unknown(house, award):
    accept(house, award)
    give_back(house, award, LEFT - 1)
    assert refusal(give_back, house, award, 2) == (422, "reference")
    assert LineMatch.objects.count() == 1
    assert balance(house.fund, "unidentified_receipts") == usd(2)
    assert unspent(award).returned == usd(LEFT - 1)
    assert list(proofs.each_return_has_its_line()) == []
    make_settlement(award, Settlement.RETURNED, amount_minor=1)
    assert len(list(proofs.each_return_has_its_line())) == 1


def test_before_the_final_report_no_more_comes_back_than_was_paid(house, award):
    assert refusal(give_back, house, award, PAID + 1) == (422, "reference")
    give_back(house, award, PAID)
    assert agreed(house.call).is_zero
    accept(house, award)
    assert unspent(award).to_return.is_zero


def test_what_is_no_return_is_refused(house, award):
    accept(house, award)
    elsewhere = make_award(make_decided(), state=AwardState.ACTIVE)
    offered = make_award(make_decided(call=house.call))
    for other in (elsewhere, offered):
        assert refusal(give_back, house, other, 1) == (422, "reference")
    assert refusal(give_back, house, award, 1, reference="nothing") == (422, "reference")
    assert refusal(give_back, house, award, -1)[0] == 422
    assert refusal(give_back, house, award, 1, by=house.officer) == (403, "")
    line = make_line(house.account, 1)
    services.return_line(line.pk, reference=award.reference, by=house.checker)
    assert refusal(services.return_line, line.pk, reference=award.reference, by=house.checker) == (409, "")
    tied = make_person("Tina Tied", Role.FINANCE_MAKER, fund=house.fund)
    make_conflict(tied, award.organisation)
    assert refusal(give_back, house, award, 1, by=tied) == (403, "")


def test_a_manager_waives_it_with_a_reason(house, award):
    assert refusal(awards.waive_unspent, award.pk, reason="Small.", by=house.manager) == (409, "")
    accept(house, award)
    assert refusal(awards.waive_unspent, award.pk, reason=" ", by=house.manager) == (422, "reason")
    assert refusal(awards.waive_unspent, award.pk, reason="Small.", by=house.officer) == (403, "")
    give_back(house, award, 20_000)
    assert awards.waive_unspent(award.pk, reason="Small.", by=house.manager).amount == usd(LEFT - 20_000)
    awards.begin_closing(award.pk, by=house.officer)
    awards.close_award(award.pk, by=house.manager)
    give_back(house, award, LEFT - 20_000)
    assert agreed(house.call) == usd(SPENT)


def test_a_signed_change_lets_the_grantee_keep_it(house, award):
    accept(house, award)
    signatory = person_of(award, Side.GRANTEE)
    changes = [Change(TermKind.KEPT, amount=usd(LEFT))]
    facts = {"side": Side.GRANTEE, "reason": "Two more evenings.", "by": signatory}
    assert refusal(
        awards.propose_amendment, award.pk, changes=[Change(TermKind.KEPT, amount=usd(LEFT + 1))], **facts
    ) == (422, "kept")
    amendment = awards.propose_amendment(award.pk, changes=changes, **facts)
    amendment = awards.submit_amendment(amendment.pk, by=signatory)
    agreement = awards.approve_amendment(amendment.pk, version=amendment.version, by=house.manager).agreement
    awards.approve_agreement_text(agreement.pk, side=Side.GRANTEE, sha256=agreement.sha256, by=signatory)
    assert unspent(award).to_return == usd(LEFT)
    for side, by in ((Side.GRANTEE, signatory), (Side.FUND, house.manager)):
        awards.sign_agreement(agreement.pk, side=side, name_typed=by.full_name, factor="totp", by=by)
    assert (unspent(award).to_return, unspent(award).kept) == (usd(0), usd(LEFT))


def test_the_page_of_a_line_guesses_the_grant_and_takes_it_back(house, award, client):
    accept(house, award)
    line = make_line(house.account, LEFT, reference=f"Return of {award.reference}, with thanks")
    client.force_login(house.maker)
    page = client.get(reverse("payments:line", args=[line.pk])).content.decode()
    assert f'value="{award.reference}"' in page
    url = reverse("payments:line_return", args=[line.pk])
    wrong = client.post(url, {"reference": "XX99-0001"})
    assert (wrong.status_code, b"XX99-0001" in wrong.content) == (422, True)
    assert client.post(url, {"reference": award.reference}).status_code == 302
    assert award.reference in client.get(reverse("payments:line", args=[line.pk])).content.decode()
    out = make_line(house.account, -LEFT)
    assert "It came back from this grant" not in client.get(reverse("payments:line", args=[out.pk])).content.decode()
    client.force_login(make_person("Otto Other", Role.FINANCE_MAKER, fund=make_fund()))
    assert client.post(url, {"reference": award.reference}).status_code == 404
