"""A change through the pages of both sides: typed, read once more, sent, decided, signed; and who may not see it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from fundportal.access import Role
from fundportal.waiting import waiting_for
from grants.awards.models import Amendment, Award
from grants.awards.next_steps import next_steps
from grants.awards.states import AmendmentState, AwardState, TrancheState
from tests.factories.amendments import make_amendment, make_settlement
from tests.factories.awards import make_budget_line, make_report_due, make_tranche
from tests.factories.people import make_fund, make_person

pytestmark = pytest.mark.django_db

A = AmendmentState


@pytest.fixture
def award(desk) -> Award:
    award = desk.award(state=AwardState.ACTIVE)
    make_tranche(award, state=TrancheState.RECONCILED, amount_minor=600_000)
    make_tranche(award, amount_minor=400_000)
    make_report_due(award, kind="final")
    make_budget_line(award, heading="A cook")
    make_budget_line(award, heading="Food")
    return award


def url(name, award, *place, door="my_grants"):
    return reverse(f"{door}:{name}", args=[award.reference, *place])


def typed(client, address, **changes):
    """What the page shows, with these boxes filled otherwise."""
    form = client.get(address).context["form"]
    shown = {bound.html_name: bound.value() for bound in form}
    return {name: "" if value is None else value for name, value in shown.items()} | changes


def test_a_grantee_types_reads_and_sends_a_change_and_the_fund_refuses_or_approves_it(desk, award, client):
    later = award.ends_on + timedelta(days=90)
    client.force_login(desk.writer)
    assert url("amend", award) in client.get(url("grant", award)).content.decode()
    facts = typed(client, url("amend", award), reason="The kitchen opens later.")
    nothing = client.post(url("amend", award), facts)
    assert (nothing.status_code, "Nothing changes yet" in nothing.content.decode()) == (422, True)
    early = client.post(url("amend", award), facts | {"ends_on": award.starts_on.isoformat()})
    assert (early.status_code, "ends after it starts" in early.content.decode()) == (422, True)
    made = client.post(url("amend", award), facts | {"ends_on": later.isoformat(), "payment-2-amount": "3,000"})
    assert made.status_code == 302
    page = client.get(made.url).content.decode()
    assert "$3,000.00" in page
    facts = typed(client, url("amendment_edit", award, 1), **{"payment-2-amount": "4,000"})
    assert facts["ends_on"] == later
    assert client.post(url("amendment_edit", award, 1), facts | {"ends_on": later.isoformat()}).status_code == 302
    assert client.post(url("amendment_edit", award, 1), facts | {"ends_on": later.isoformat()}).status_code == 409
    assert client.post(url("amendment_submit", award, 1)).status_code == 302
    assert Amendment.objects.get().state == A.SUBMITTED
    client.force_login(desk.manager)
    page = client.get(url("amendment", award, 1, door="awards")).content.decode()
    assert "The kitchen opens later." in page
    assert "Approve this change" in page
    stale = client.post(url("amendment_approve", award, 1, door="awards"), {"version": "1"})
    assert stale.status_code == 409
    version = Amendment.objects.get().version
    done = client.post(url("amendment_approve", award, 1, door="awards"), {"version": version})
    assert done.status_code == 302
    assert Amendment.objects.get().state == A.APPROVED
    client.force_login(desk.signatory)
    page = client.get(url("amendment", award, 1)).content.decode()
    assert url("agreement", award, 2) in page
    assert "This text takes the place" in client.get(url("agreement", award, 2)).content.decode()


def test_a_fund_proposes_and_withdraws_and_the_grantee_reads_nothing_before_the_approval(desk, award, client):
    client.force_login(desk.officer)
    facts = typed(client, url("amend", award, door="awards"), reason="The bridge is closed.")
    facts |= {"ends_on": (award.ends_on + timedelta(days=9)).isoformat()}
    made = client.post(url("amend", award, door="awards"), facts)
    assert made.status_code == 302
    assert client.post(url("amendment_submit", award, 1, door="awards")).status_code == 302
    assert client.get(url("amendment_reject", award, 1, door="awards")).status_code == 403
    client.force_login(desk.writer)
    assert client.get(url("amendment", award, 1)).status_code == 404
    page = client.get(url("grant", award)).content.decode()
    assert "Changes of this grant" not in page
    assert "A change was proposed" not in page
    client.force_login(desk.manager)
    why = {"reason": "Not this year."}
    assert client.post(url("amendment_reject", award, 1, door="awards"), why).status_code == 302
    client.force_login(desk.officer)
    late = client.post(url("amendment_withdraw", award, 1, door="awards"))
    assert (late.status_code, "Refused" in late.content.decode()) == (409, True)


def test_a_draft_is_its_own_sides_and_nobody_elses_grant_is_found(desk, award, client):
    make_amendment(award)
    ours = {name: url(name, award, 1) for name in ("amendment", "amendment_edit")}
    posts = {name: url(name, award, 1) for name in ("amendment_submit", "amendment_withdraw")}
    stranger, other = make_person("Sam Stranger"), make_person("Otto Other", Role.OFFICER, fund=make_fund())
    client.force_login(stranger)
    assert {client.get(address).status_code for address in (*ours.values(), url("amend", award))} == {404}
    assert {client.post(address).status_code for address in posts.values()} == {404}
    for person in (desk.officer, other):
        client.force_login(person)
        assert client.get(url("amendment", award, 1, door="awards")).status_code == 404
    client.force_login(other)
    assert client.get(url("amend", award, door="awards")).status_code == 404
    client.force_login(desk.checker)
    assert client.get(url("amend", award, door="awards")).status_code == 403
    assert client.post(url("amendment_approve", award, 1, door="awards")).status_code == 403
    assert Amendment.objects.get().state == A.DRAFT


def test_what_waits_is_on_the_desk_of_whoever_decides(desk, award):
    amendment = make_amendment(award, state=A.SUBMITTED, proposed_by=desk.writer)
    address = url("amendment", award, 1, door="awards")
    waits = {
        person.full_name: address in {one.url for one in waiting_for(person)} for person in (desk.manager, desk.officer)
    }
    assert waits == {"Mara Manager": True, "Omar Officer": False}
    amendment.approvals.create(by=desk.manager)
    assert address not in {one.url for one in waiting_for(desk.manager)}
    assert any("Change 1 is being decided" in step.title for step in next_steps(award))


def test_unspent_money_stands_on_both_pages_until_a_manager_asks_it_no_more(desk, award, client):
    Award.objects.filter(pk=award.pk).update(spent_minor=500_000)
    make_settlement(award, reason="A rest.", amount_minor=20_000)
    client.force_login(desk.signatory)
    assert "$800 is to be returned" in client.get(url("grant", award)).content.decode()
    client.force_login(desk.manager)
    page = client.get(url("award", award, door="awards")).content.decode()
    assert url("waive_unspent", award, door="awards") in page
    done = client.post(url("waive_unspent", award, door="awards"), {"reason": "It was spent on food."})
    assert done.status_code == 302
    assert "$800 is to be returned" not in client.get(url("award", award, door="awards")).content.decode()
    assert sorted(award.settlements.values_list("amount_minor", flat=True)) == [20_000, 80_000]
