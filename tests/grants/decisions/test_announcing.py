"""The announcement: at its hour, to everybody at once, once; the letters say first what was decided."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from fundportal import clock
from fundportal.access import SYSTEM, Role
from fundportal.ledger.queries import may_promise
from fundportal.mail.models import Letter
from fundportal.money import Money
from fundportal.refusals import Refusal
from grants.applications.models import Application
from grants.applications.queries import public_timeline
from grants.applications.services import hold, withdraw
from grants.decisions import services
from grants.decisions.models import Deliberation
from grants.decisions.queries.waiting import next_release_at
from grants.decisions.states import DeliberationState, Outcome, Proposal
from grants.reviews.models import Score
from tests.factories.calls import make_stage
from tests.factories.decisions import MONEY, make_decidable, make_deliberation, make_line
from tests.factories.organisations import make_conflict, make_member, make_signatory
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

S = DeliberationState


@pytest.fixture
def adopted(house):
    """One approved, one declined."""
    deliberation = make_deliberation(house.call, state=S.ADOPTED)
    make_line(deliberation, outcome=Outcome.DECLINE)
    return deliberation


def letter_on(deliberation, outcome):
    decision = deliberation.decisions.get(outcome=outcome)
    return Letter.objects.get(key__startswith=f"decision:{decision.pk}:")


def at_its_hour(deliberation, by=SYSTEM):
    with clock.at(deliberation.release_at):
        return services.release(deliberation.pk, by=by)


def test_until_the_release_no_letter_is_written(adopted):
    assert not Letter.objects.exists()
    with clock.at(adopted.release_at - timedelta(minutes=1)):
        assert services.release_due() == 0
    assert not Letter.objects.exists()


def test_nobody_announces_what_they_have_a_conflict_with_and_the_clock_does(adopted):
    tied = make_person("Tia Tied", Role.CLERK, fund=adopted.call.fund)
    make_conflict(tied, adopted.decisions.first().application.organisation)
    with pytest.raises(Refusal, match="conflict of interest"):
        at_its_hour(adopted, by=tied)
    assert not Letter.objects.exists()
    assert at_its_hour(adopted).state == S.RELEASED


def test_the_clock_announces_at_the_hour_and_only_once(adopted):
    assert next_release_at() == adopted.release_at
    with clock.at(adopted.release_at):
        assert [services.release_due() for _time in range(2)] == [1, 0]
        with pytest.raises(Refusal):
            services.release(adopted.pk, by=SYSTEM)
    assert Letter.objects.count() == 2
    assert Application.objects.filter(released_at=adopted.release_at).count() == 2
    assert next_release_at() is None


def test_when_one_letter_cannot_be_written_nobody_is_told(house, adopted):
    broken = make_stage(house.call, number=2)
    make_line(adopted, make_decidable(broken, Proposal.NOT_RECOMMEND), outcome=Outcome.DECLINE)
    broken.criteria.update(anchors=["what a score means is kept by score"])
    with pytest.raises(AttributeError):
        at_its_hour(adopted)
    assert not Letter.objects.exists()
    assert Deliberation.objects.get(pk=adopted.pk).state == S.ADOPTED
    assert not Application.objects.filter(released_at__isnull=False).exists()


def test_the_letter_that_says_yes_begins_with_the_amount(adopted):
    yes = adopted.decisions.get(outcome=Outcome.APPROVE).application
    yes.recommendations.update(conditions="Name the person who keeps the room.")
    at_its_hour(adopted)
    letter = letter_on(adopted, Outcome.APPROVE)
    first = letter.text_body.split("\n\n")[1]
    assert first == f"{yes.organisation.name} will receive $10,000."
    for words in ("sign the agreement", "confirm the bank account", "Name the person who keeps the room."):
        assert words in letter.text_body
        assert words in letter.html_body


def test_the_letter_that_says_no_gives_numbers_reasons_marks_and_the_way_to_appeal(adopted):
    no = adopted.decisions.get(outcome=Outcome.DECLINE)
    Score.objects.filter(assignment__application=no.application, criterion__key="stays").update(value=2)
    no.feedback = "The budget was clear."
    no.save()
    at_its_hour(adopted)
    text = letter_on(adopted, Outcome.DECLINE).text_body
    assert text.split("\n\n")[1] == "We will not fund this project in this round."
    assert f"2 organisations applied to “{adopted.call.title}”. There was money for 1." in " ".join(text.split())
    assert "What held it back: Stays (2.0 of 5): stays is 2." in text
    assert "What was strong: Need (3.5 of 5): need is 4." in text
    assert "- Delivery, 3.5: delivery is 4" in text
    assert "The budget was clear." in text
    until = (adopted.release_at + timedelta(days=14)).astimezone(ZoneInfo(adopted.call.fund.time_zone))
    assert f"until {until.day} {until:%B %Y}" in text


def test_letters_go_to_signatories_and_to_who_began_it_in_the_language_of_the_application(house):
    deliberation = make_deliberation(house.call, state=S.ADOPTED, lines=0)
    application = make_decidable(house.stage, language="fr")
    starter = make_member(application.organisation)
    Application.objects.filter(pk=application.pk).update(started_by=starter)
    signatory, _reader = make_signatory(application.organisation), make_member(application.organisation)
    first = application.started_by
    make_line(deliberation, Application.objects.get(pk=application.pk))
    at_its_hour(deliberation)
    told = set(Letter.objects.values_list("to_address", flat=True))
    assert told == {first.email, signatory.email, starter.email}
    assert set(Letter.objects.values_list("language", flat=True)) == {"fr"}
    assert "Appel" in Letter.objects.first().text_body


def test_a_letter_without_contrast_names_neither_strength_nor_weakness(adopted):
    at_its_hour(adopted)
    text = letter_on(adopted, Outcome.DECLINE).text_body
    assert "held it back" not in text
    assert "- Need, 3.5: need is 4" in text


def test_an_application_on_hold_keeps_the_announcement_waiting(house, adopted):
    application = adopted.decisions.get(outcome=Outcome.APPROVE).application
    held = {"reason": "A question of law", "ends_on": clock.today("UTC") + timedelta(days=9), "by": house.manager}
    hold(application.pk, **held)
    letters = Letter.objects.count()
    with clock.at(adopted.release_at):
        assert services.release_due() == 0
        with pytest.raises(Refusal, match="is on hold"):
            services.release(adopted.pk, by=SYSTEM)
    assert Letter.objects.count() == letters


def test_who_withdrew_before_the_announcement_gets_no_decision_and_frees_the_money(house, adopted):
    application = adopted.decisions.get(outcome=Outcome.APPROVE).application
    before = may_promise(house.call.purpose)
    withdraw(application.pk, reason="We found the money elsewhere.", by=application.started_by)
    at_its_hour(adopted)
    assert may_promise(house.call.purpose) == before + Money(MONEY, "USD")
    application = Application.objects.get(pk=application.pk)
    assert application.released_at is None
    assert not Letter.objects.filter(key__startswith="decision:", to_address=application.started_by.email).exists()


def test_a_reserve_that_is_on_no_list_hears_nothing(house, adopted):
    reserve = make_decidable(house.stage, Proposal.RESERVE)
    at_its_hour(adopted)
    assert Application.objects.get(pk=reserve.pk).released_at is None


def test_what_the_applicant_reads_of_the_past_ends_with_the_letter(adopted):
    application = adopted.decisions.get(outcome=Outcome.APPROVE).application
    assert "The letter with the decision left" not in [moment.title for moment in public_timeline(application)]
    at_its_hour(adopted)
    assert public_timeline(application)[-1].title == "The letter with the decision left"


@pytest.mark.parametrize("role", set(Role) - {Role.CLERK})
def test_only_the_clerk_and_the_clock_announce(adopted, role):
    with pytest.raises(Refusal) as refused:
        at_its_hour(adopted, by=make_person("", role, fund=adopted.call.fund))
    assert refused.value.status == 403
