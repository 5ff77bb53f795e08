"""The front desk: what waits, who is there, what was recorded, and how the letters fare."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from fundportal import clock
from fundportal.access import Role
from fundportal.accounts.models import RoleGrant, User
from fundportal.accounts.services import Term, propose_role
from fundportal.accounts.states import RoleState
from fundportal.audit.models import Entry
from fundportal.mail.models import Letter
from fundportal.mail.services import write
from fundportal.mail.states import LetterState
from fundportal.office.desk import day_of_letter, heading
from tests.factories.people import hold, make_fund, make_person

PAGES = {
    "office:desk": set(Role) - {Role.REVIEWER},
    "office:people": {Role.PEOPLE_ADMIN, Role.AUDITOR},
    "office:person_add": {Role.PEOPLE_ADMIN},
    "office:letters": {Role.MANAGER, Role.AUDITOR, Role.PEOPLE_ADMIN},
    "office:record": {Role.MANAGER, Role.AUDITOR, Role.PEOPLE_ADMIN},
}


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(datetime(2026, 11, 20, 12, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def enter(db: None, client: Client) -> Callable[[User], Client]:
    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def paula(db: None) -> User:
    return make_person("Paula Admin", Role.PEOPLE_ADMIN)


def write_letter(number: int, **facts: Any) -> Letter:
    defaults = {"to": "dana@example.org", "language": "en", "fund": None, "context": {"code": "SECRET9"}}
    return write("accounts/login_code", key=f"code:{number}", **(defaults | facts))


def fail(letter: Letter) -> Letter:
    """As the database keeps a letter that was given up."""
    return Letter.objects.create(
        state=LetterState.FAILED,
        key=f"{letter.key}:failed",
        to_address=letter.to_address,
        subject="A receipt",
        last_error="no such mailbox",
        attempts=8,
    )


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_for_its_roles_and_no_other(enter: Any, page: str, role: Role) -> None:
    response = enter(make_person("Robin", role)).get(reverse(page))
    assert response.status_code == (200 if role in PAGES[page] else 403)


@pytest.mark.parametrize("page", PAGES)
def test_nobody_without_a_role_comes_in_not_even_a_superuser(enter: Any, page: str) -> None:
    assert enter(make_person("Sue", is_superuser=True)).get(reverse(page)).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_visitors_are_led_to_sign_in(db: None, client: Client, page: str) -> None:
    assert client.get(reverse(page))["Location"].startswith(reverse("account_login"))


def test_the_desk_says_when_nothing_waits_and_what_one_holds(enter: Any) -> None:
    fund = make_fund(names={"en": "City Fund"})
    page = text(enter(make_person("Otto Officer", Role.OFFICER, fund=fund)).get(reverse("office:desk")))
    assert "Nothing waits for you" in page
    assert "Friday 20 November 2026" in page
    assert '<b>Fund officer</b><br><span class="soft">City Fund</span>' in page
    assert "Nothing changed in what you look after." in page
    assert reverse("office:people") not in page


def test_the_desk_names_what_waits(enter: Any, paula: User) -> None:
    pavel = make_person("Pavel Admin", Role.PEOPLE_ADMIN)
    propose_role(make_person("Nina").pk, role=Role.OFFICER, term=Term(None, clock.today("UTC")), by=pavel)
    fail(write_letter(1))
    page = text(enter(paula).get(reverse("office:desk")))
    assert "Two things wait for you" in page
    assert "1 proposed role waits for a second person." in page
    assert "1 letter could not be sent." in page


def test_the_desk_counts_what_changed_in_seven_days(enter: Any, paula: User) -> None:
    for days in (6, 8):
        with clock.at(clock.now() - timedelta(days=days)):
            hold(make_person("Nina"), Role.OFFICER)
    page = text(enter(paula).get(reverse("office:desk")))
    assert 'Since <time datetime="2026-11-13">13 November 2026</time>' in page
    assert 'Roles approved</a> </th><td role="cell" data-label="How many" class="num"><div>2 </div>' in page, (
        "hers of today and the one of six days ago"
    )


def test_the_desk_says_what_the_clock_does_next(enter: Any, paula: User) -> None:
    write_letter(1, to="later@example.org")
    Letter.objects.update(due_at=clock.now() + timedelta(hours=1))
    page = text(enter(paula).get(reverse("office:desk")))
    assert "What happens next by itself: A letter is sent," in page
    assert "13:00 (universal time)" in page


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "Nothing waits for you"), (1, "One thing waits for you"), (9, "Nine things wait for you")],
)
def test_small_numbers_are_written_out(count: int, words: str) -> None:
    assert heading(count) == words


def test_large_numbers_stand_in_figures_and_the_day_begins_with_a_capital() -> None:
    assert heading(12) == "12 things wait for you"
    with translation.override("fr"):
        assert day_of_letter(clock.now()) == "Vendredi 20 novembre 2026"


def test_the_page_of_ones_keys_leads_back_to_the_desk(enter: Any, paula: User) -> None:
    assert f'href="{reverse("office:desk")}">Back to my desk' in text(enter(paula).get(reverse("mfa_index")))


def test_ones_own_proposal_does_not_wait_for_oneself(enter: Any, paula: User) -> None:
    propose_role(make_person("Nina").pk, role=Role.OFFICER, term=Term(None, clock.today("UTC")), by=paula)
    assert "Nothing waits for you" in text(enter(paula).get(reverse("office:desk")))


def test_an_administrator_adds_a_person(enter: Any, paula: User) -> None:
    posted = {"full_name": "Nina New", "email": "nina@example.org", "language": "fr"}
    response = enter(paula).post(reverse("office:person_add"), posted, follow=True)
    assert User.objects.get(email="nina@example.org").language == "fr"
    assert "Nina New can sign in now" in text(response)
    assert "No role yet" in text(response)


def test_a_half_filled_form_comes_back_with_sentences_and_input(enter: Any, paula: User) -> None:
    posted = {"full_name": "Nina New", "email": "nina@", "language": "en"}
    response = enter(paula).post(reverse("office:person_add"), posted)
    assert response.status_code == 422
    assert "like name@example.org" in text(response)
    assert 'value="Nina New"' in text(response)


def test_a_taken_address_is_said_beside_the_field(enter: Any, paula: User) -> None:
    posted = {"full_name": "Other", "email": paula.email, "language": "en"}
    response = enter(paula).post(reverse("office:person_add"), posted)
    assert response.status_code == 422
    assert "has an account already" in text(response)


def test_a_role_is_proposed_approved_and_ended_on_the_pages(enter: Any, paula: User) -> None:
    nina, pavel, fund = make_person("Nina"), make_person("Pavel", Role.PEOPLE_ADMIN), make_fund()
    posted = {"role": Role.OFFICER, "fund": fund.pk, "starts_on": "2026-11-20", "ends_on": ""}
    response = enter(paula).post(reverse("office:role_propose", args=[nina.pk]), posted, follow=True)
    assert "You proposed this role. Somebody else approves it." in text(response)
    grant = RoleGrant.objects.get(user=nina)
    response = enter(pavel).post(reverse("office:role_approve", args=[grant.pk]), follow=True)
    assert "The role is in force" in text(response)
    response = enter(pavel).post(reverse("office:role_end", args=[grant.pk]), follow=True)
    assert RoleGrant.objects.get(pk=grant.pk).state == RoleState.ENDED
    assert "stays on record" in text(response)


def test_a_second_press_is_answered_with_the_reason(enter: Any, paula: User) -> None:
    grant = hold(make_person("Nina"), Role.OFFICER)
    client = enter(paula)
    assert client.post(reverse("office:role_end", args=[grant.pk])).status_code == 302
    response = client.post(reverse("office:role_end", args=[grant.pk]))
    assert response.status_code == 409
    assert "it stands at “Ended”" in text(response)


def test_a_proposal_that_meets_another_is_said_beside_the_field(enter: Any, paula: User) -> None:
    nina = make_person("Nina", Role.OFFICER)
    posted = {"role": Role.OFFICER, "fund": "", "starts_on": "2026-11-20", "ends_on": ""}
    response = enter(paula).post(reverse("office:role_propose", args=[nina.pk]), posted)
    assert response.status_code == 422
    assert "already held or proposed" in text(response)


def test_a_withdrawn_proposal_is_taken_back(enter: Any, paula: User) -> None:
    term = Term(None, clock.today("UTC"))
    grant = propose_role(make_person("Nina").pk, role=Role.OFFICER, term=term, by=paula)
    enter(paula).post(reverse("office:role_withdraw", args=[grant.pk]))
    assert RoleGrant.objects.get(pk=grant.pk).state == RoleState.ENDED


def test_roles_in_another_fund_are_neither_seen_nor_moved(enter: Any) -> None:
    mine, other = make_fund(), make_fund()
    local, nina = make_person("Lou", Role.PEOPLE_ADMIN, fund=mine), make_person("Nina")
    hold(nina, Role.OFFICER, fund=mine)
    elsewhere = hold(nina, Role.MANAGER, fund=other)
    client = enter(local)
    assert "Fund manager" not in text(client.get(reverse("office:person", args=[nina.pk])))
    assert client.post(reverse("office:role_end", args=[elsewhere.pk])).status_code == 404


def test_an_auditor_reads_roles_and_has_no_buttons(enter: Any) -> None:
    nina = make_person("Nina", Role.OFFICER)
    page = text(enter(make_person("Ada", Role.AUDITOR)).get(reverse("office:person", args=[nina.pk])))
    assert "Fund officer" in page
    assert "End this role now" not in page
    assert "Propose a role" not in page


def test_people_are_found_by_name_address_and_state(enter: Any, paula: User) -> None:
    make_person("Nina New")
    client = enter(paula)
    assert "Nina New" in text(client.get(reverse("office:people"), {"words": "nina"}))
    assert "Nobody matches" in text(client.get(reverse("office:people"), {"words": "nobody-here"}))
    assert "Nina New" not in text(client.get(reverse("office:people"), {"state": "active"}))


def test_a_letter_shows_how_it_fares_and_never_what_it_says(enter: Any, paula: User) -> None:
    page = text(enter(paula).get(reverse("office:letter", args=[write_letter(1).pk])))
    assert "Waiting to be sent" in page
    assert "SECRET9" not in page
    assert "Send it again" not in page


def test_a_failed_letter_is_sent_again_from_its_page(enter: Any, paula: User) -> None:
    letter = fail(write_letter(1))
    client = enter(paula)
    page = reverse("office:letter", args=[letter.pk])
    assert "no such mailbox" in text(client.get(page))
    client.post(reverse("office:letter_retry", args=[letter.pk]))
    assert Letter.objects.get(pk=letter.pk).state == LetterState.QUEUED
    assert client.post(reverse("office:letter_retry", args=[letter.pk])).status_code == 409


def test_letters_are_filtered_and_counted(enter: Any, paula: User) -> None:
    fail(write_letter(1, to="first@example.org"))
    client = enter(paula)
    page = text(client.get(reverse("office:letters"), {"state": "failed", "words": "receipt"}))
    assert "A receipt" in page
    assert "Your sign-in code" not in page
    assert 'aria-current="true">Not sent <b class="n">1</b>' in page
    assert "Being sent" not in page
    assert "No letter here" in text(client.get(reverse("office:letters"), {"words": "nothing-like-it"}))


def fill(rows: int) -> None:
    fund = make_fund()
    for number in range(rows):
        person = make_person(f"Person {number}", Role.OFFICER, Role.MANAGER, fund=fund)
        actor_row = {"actor": person, "fund": fund, "at": clock.now(), "action": "gifts.view"}
        Entry.objects.create(**actor_row, subject_kind="x", subject_id=str(number), subject_label="x")
        write_letter(rows * 100 + number, fund=fund)


@pytest.mark.parametrize("page", ["office:desk", "office:people", "office:letters", "office:record"])
def test_thirty_rows_take_as_many_queries_as_three(enter: Any, page: str) -> None:
    """The desk asks every room what waits, one question each; the lists ask no room."""
    client = enter(make_person("Ada", Role.AUDITOR))
    counts = []
    for rows in (3, 27):
        fill(rows)
        client.get(reverse(page))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse(page))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= (30 if page == "office:desk" else 12)


@pytest.mark.parametrize(
    "page", ["office:desk", "office:people", "office:person_add", "office:letters", "office:record"]
)
def test_every_page_has_one_heading_and_a_main_part(enter: Any, paula: User, page: str) -> None:
    html = enter(paula).get(reverse(page)).content.decode()
    assert html.count("<h1") == 1
    assert html.count("<main") == 1
