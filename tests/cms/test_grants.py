"""Grants in public: the list, the page with its pictures and tables, and the ways that lead there."""

import json
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from fundportal import clock
from fundportal.funds.models import Fund
from grants.awards.models import Award
from grants.awards.states import AwardState, ReportState, TrancheState
from grants.calls.states import ASSESSING, OPEN
from tests.factories.awards import make_award, make_decided, make_tranche
from tests.factories.calls import make_call
from tests.factories.reports import make_publication, make_report, make_running_award

pytestmark = pytest.mark.django_db

MOST_QUERIES = 15


@pytest.fixture(autouse=True)
def _no_page_kept() -> None:
    cache.clear()


def read(client: Client, path: str, language: str = "en") -> str:
    response = client.get(f"/{language}/grants/{path}")
    assert response.status_code == 200
    return response.content.decode()


def make_told_award(**facts):
    """Under way, one payment made and one planned, with a report that everybody may read."""
    award = make_running_award(**facts)
    make_tranche(award, state=TrancheState.PAID, amount_minor=600_000)
    make_tranche(award, amount_minor=400_000)
    make_publication(make_report(award, state=ReportState.ACCEPTED))
    return award


@pytest.mark.parametrize("ending", ["/", ".json"])
def test_nobody_reads_a_grant_before_it_is_accepted(client: Client, ending):
    offered = make_award(state=AwardState.OFFERED)
    for reference in (offered.reference, "no-such-grant"):
        assert client.get(f"/en/grants/{reference}{ending}").status_code == 404


def test_a_page_tells_the_whole_way_from_the_call_to_the_result(client: Client):
    award = make_told_award()
    text = read(client, f"{award.reference}/")
    order = ["The call was announced", "Applications closed", "Decided", "Announced", "The grant was accepted"]
    order = [*order[:2], "2 reviewers scored it", *order[2:], "Payment 1 was made"]
    places = [text.index(f"<b>{words}</b>") for words in order]
    assert places == sorted(places)
    assert text.count("<h1") == 1


def test_a_page_shows_the_money_as_figures_as_a_picture_and_as_a_table(client: Client):
    text = read(client, f"{make_told_award().reference}/")
    assert 'aria-label="$6,000 of $10,000, 60%"' in text
    assert re.search(r"Still to come.*?\$4,000\.00", text, re.DOTALL)
    assert "Not before" in text


def test_what_came_of_it_is_drawn_with_a_table_beside_it(client: Client):
    text = read(client, f"{make_told_award().reference}/")
    assert text.count('class="bars"') == 2
    assert text.count("<caption>The same as a table</caption>") == 1
    assert "Forty people cooked together." in text


def test_without_a_published_report_the_page_says_when_one_comes(client: Client):
    award = make_running_award()
    make_report(award, state=ReportState.ACCEPTED)
    report = make_report(award, state=ReportState.SCHEDULED)
    text = read(client, f"{award.reference}/")
    with translation.override("en"):
        assert f"is due on {report.due_on:%-d %B %Y}" in text
    assert 'class="bars"' not in text
    assert "kitchen and cooked" not in text


def test_a_page_names_no_person_and_no_account(client: Client):
    award = make_told_award()
    text = read(client, f"{award.reference}/") + json.dumps(client.get(f"/en/grants/{award.reference}.json").json())
    people = {award.offered_by.full_name, *award.organisation.memberships.values_list("user__full_name", flat=True)}
    assert [name for name in people if name in text] == []


@pytest.mark.parametrize("is_practice", [True, False])
def test_a_practice_round_says_so(client: Client, is_practice):
    award = make_told_award()
    award.fund.is_practice = is_practice
    award.fund.save()
    for path in (f"{award.reference}/", ""):
        assert ("Practice round</span>" in read(client, path)) is is_practice


def test_a_title_written_by_somebody_else_cannot_break_the_page(client: Client):
    award = make_award(state=AwardState.ACTIVE, title="<script>alert(1)</script> & “a”")
    for path in (f"{award.reference}/", ""):
        assert "<script>alert" not in read(client, path)


def test_a_page_speaks_the_readers_language(client: Client):
    award = make_told_award()
    assert "Quarante personnes ont cuisiné." in read(client, f"{award.reference}/", "fr")
    assert f'hreflang="fr" href="/fr/grants/{award.reference}/"' in read(client, f"{award.reference}/")


def test_machines_get_amounts_in_minor_units_and_the_address_of_the_page(client: Client):
    award = make_told_award()
    data = client.get(f"/en/grants/{award.reference}.json").json()
    assert data["money"]["promised_minor"] == 1_000_000
    assert data["money"]["paid_minor"] == 600_000
    assert data["page"].endswith(f"/en/grants/{award.reference}/")
    assert [each["summary"] for each in data["reports"]] == ["Forty people cooked together."]


def test_an_empty_list_says_what_will_be_there(client: Client):
    assert "No grant is public yet" in read(client, "")


def test_a_list_that_was_narrowed_to_nothing_leads_back_to_all(client: Client):
    award = make_award(state=AwardState.ACTIVE)
    text = read(client, "?words=zzz")
    assert "No grant matches all of this" in text
    assert award.reference not in text
    assert award.reference in read(client, "?year=not-a-year&fund=not-a-fund")


def test_each_filter_can_be_taken_back_by_itself(client: Client):
    award = make_award(state=AwardState.ACTIVE)
    call = award.application.stage.call
    text = read(client, f"?fund={award.fund.code}&call={call.code}")
    assert f'href="?call={call.code}#find"' in text
    assert f'href="?fund={award.fund.code}#find"' in text
    assert "Clear all" in text


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_asks_the_same_of_the_database_for_one_and_for_three(client, django_assert_num_queries, count):
    for _number in range(count):
        make_told_award()
    read(client, "")
    with django_assert_num_queries(LIST_QUERIES):
        read(client, "")


LIST_QUERIES = 9


def test_a_page_asks_little_of_the_database(client, django_assert_max_num_queries):
    award = make_told_award()
    read(client, f"{award.reference}/")
    with django_assert_max_num_queries(MOST_QUERIES):
        read(client, f"{award.reference}/")


def test_a_call_that_is_over_leads_to_its_grants_and_an_open_one_does_not(client: Client):
    award = make_award(state=AwardState.ACTIVE)
    past, empty, open_call = award.application.stage.call, make_call(state=ASSESSING), make_call(state=OPEN)
    texts = [client.get(f"/en/calls/{call.code}/").content.decode() for call in (past, empty, open_call)]
    assert ["The grants of this call" in text for text in texts] == [True, False, False]
    assert f"/en/grants/?call={past.code}" in texts[0]


def test_a_list_of_grants_is_in_the_header(client: Client):
    assert re.search(r'<a href="/en/grants/" aria-current="page">Grants</a>', read(client, ""))


def test_the_grantee_is_told_with_its_kind_and_its_website(client: Client):
    award = make_award(state=AwardState.ACTIVE)
    award.organisation.website = "https://kitchen.example.org/"
    award.organisation.save()
    text = read(client, f"{award.reference}/")
    assert award.organisation.get_kind_display() in text
    assert '<a href="https://kitchen.example.org/">https://kitchen.example.org/</a>' in text


def test_votes_are_told_where_the_body_gives_them(client: Client):
    votes = {"votes_for": 7, "votes_against": 1, "abstentions": 2}
    award = make_award(make_decided(**votes), state=AwardState.ACTIVE)
    assert "7 for, 1 against, 2 abstained" in read(client, f"{award.reference}/")


def test_the_map_of_the_site_names_public_grants_in_each_language(client: Client):
    award, offered = make_award(state=AwardState.ACTIVE), make_award(state=AwardState.OFFERED)
    text = client.get("/sitemap.xml").content.decode()
    for language in ("en", "fr"):
        assert f"http://testserver/{language}/grants/{award.reference}/" in text
    assert offered.reference not in text


def stops(text: str) -> dict[str, bool]:
    """Whether each stop of the timeline is done."""
    return {title: bool(done) for done, title in re.findall(r"<li( data-done)?>.*?<b>(.*?)</b>", text)}


def test_what_is_only_planned_is_never_shown_as_done(client: Client):
    past = clock.today("UTC") - timedelta(days=9)
    award = make_running_award(starts_on=past - timedelta(days=90), ends_on=past)
    make_tranche(award, state=TrancheState.PAID, amount_minor=600_000)
    make_tranche(award, amount_minor=400_000, planned_on=past)
    told = stops(read(client, f"{award.reference}/"))
    assert told["Payment 1 was made"]
    assert not told["Payment 2 is planned"]
    assert not told["The work is planned to end"]


@pytest.mark.parametrize(
    ("state", "words"), [(AwardState.CLOSED, "The grant was closed"), (AwardState.TERMINATED, "Ended early")]
)
def test_a_grant_that_is_over_says_how_it_ended(client: Client, state, words):
    told = stops(read(client, f"{make_award(state=state).reference}/"))
    assert words in told
    assert "The work is planned to end" not in told


def test_the_pages_of_a_fund_lead_to_its_grants_once_there_are_any(client: Client, site_pages):
    address = "/en/baltimore/"
    assert "Grants of this fund" not in client.get(address).content.decode()
    award = make_award(state=AwardState.ACTIVE)
    Award.objects.filter(pk=award.pk).update(fund=Fund.objects.get(code="bicf"))
    assert 'href="/en/grants/?fund=bicf"' in client.get(address).content.decode()
