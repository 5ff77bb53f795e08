"""Where the money goes: given by whoever signs, checked by somebody else, a change told to those who knew before."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from fundportal import clock
from fundportal.access import SYSTEM, Role
from fundportal.audit.models import Entry
from fundportal.due import next_due
from fundportal.mail.models import Letter
from fundportal.refusals import Refusal
from grants.awards.models import Award
from grants.awards.states import AwardState
from grants.payments import services
from grants.payments.models import BankDetails
from grants.payments.states import WAITING_TIME, BankState
from tests.factories.awards import make_agreement, make_award, make_decided
from tests.factories.organisations import join, make_conflict, make_member, make_organisation, make_signatory
from tests.factories.payments import AMERICAN, EUROPEAN, OTHER, make_bank_details, waiting_change
from tests.factories.people import make_fund, make_person
from tests.grants.rows import answered, undone

pytestmark = pytest.mark.django_db

B = BankState


@pytest.fixture(scope="module")
def standing_award(build_once, standing_house) -> Award:
    return build_once(lambda: make_award(make_decided(call=standing_house.call)))


@pytest.fixture
def award(own, standing_award) -> Award:
    return own(standing_award)


@pytest.fixture
def signatory(award):
    return award.application.started_by


def propose(award, by, facts=AMERICAN):
    return services.propose_bank_details(award.organisation_id, facts=facts, by=by)


def verify(details, by):
    return services.verify_bank_details(details.pk, note="Called the number in the register", by=by)


def letters(name) -> list[str]:
    return list(Letter.objects.filter(template=f"payments/{name}").order_by("to_address").values_list("to_address"))


def test_the_first_details_are_in_use_once_somebody_else_has_checked_them(house, award, signatory):
    details = propose(award, signatory)
    assert (details.state, details.is_change, details.masked) == (B.PROPOSED, False, "•••• 1222")
    details = verify(details, house.checker)
    assert (details.state, details.verified_by) == (B.ACTIVE, house.checker)
    assert letters("bank_checked") == [(signatory.email,)]
    assert letters("bank_changed") == []


def test_a_change_waits_72_hours_and_the_former_details_stay_in_use(house, award, signatory):
    former = make_bank_details(award.organisation)
    changed = propose(award, signatory, OTHER)
    assert (changed.is_change, changed.effective_at) == (True, changed.proposed_at + WAITING_TIME)
    assert verify(changed, house.checker).state == B.VERIFIED
    with clock.at(changed.effective_at - timedelta(seconds=1)):
        assert services.activate_due() == 0
    assert next_due().at == changed.effective_at
    with clock.at(changed.effective_at):
        assert services.activate_due() == 1
    states = dict(BankDetails.objects.values_list("pk", "state"))
    assert states == {former.pk: B.SUPERSEDED, changed.pk: B.ACTIVE}


def test_a_change_checked_after_its_time_is_in_use_at_once(house, award):
    changed = waiting_change(award, state=B.PROPOSED)
    with clock.at(changed.effective_at):
        assert verify(changed, house.checker).state == B.ACTIVE


def test_those_who_signed_before_are_told_of_a_change_even_if_they_have_left(award, signatory):
    gone = make_signatory(award.organisation, "Gone Demo")
    make_bank_details(award.organisation, proposed_by=signatory)
    gone.memberships.update(ended_at=clock.now())
    newcomer = make_signatory(award.organisation, "New Demo")
    make_member(award.organisation, "Writing Demo")
    propose(award, newcomer, OTHER)
    assert letters("bank_changed") == sorted((person.email,) for person in (signatory, gone, newcomer))
    for letter in Letter.objects.filter(template="payments/bank_changed"):
        assert "•••• 8777 instead of •••• 1222" in letter.text_body
        assert OTHER.account_number not in letter.text_body + letter.html_body
        assert "New Demo" in letter.text_body


def test_newer_details_take_the_place_of_those_that_wait(award, signatory):
    waiting = waiting_change(award)
    newer = propose(award, signatory, EUROPEAN)
    waiting = BankDetails.objects.get(pk=waiting.pk)
    assert (waiting.state, newer.state) == (B.SUPERSEDED, B.PROPOSED)
    assert newer.effective_at > waiting.effective_at


def test_the_same_account_again_is_no_change(award, signatory):
    make_bank_details(award.organisation)
    with pytest.raises(Refusal, match="already"):
        propose(award, signatory)


def test_who_does_not_sign_gives_no_bank_details(award):
    for person in (make_member(award.organisation), make_signatory(make_organisation()), make_person()):
        with pytest.raises(Refusal) as refused:
            propose(award, person)
        assert refused.value.status == 403
    assert not BankDetails.objects.exists()


def test_nothing_is_asked_before_a_grant_is_offered():
    organisation = make_organisation()
    with pytest.raises(Refusal, match="offered"):
        services.propose_bank_details(organisation.pk, facts=AMERICAN, by=make_signatory(organisation))


ACTS = {
    "verify": (verify, {B.PROPOSED}, {Role.FINANCE_CHECKER, Role.OFFICER}),
    "refuse": (
        lambda one, by: services.refuse_bank_details(one.pk, reason="The name is another one", by=by),
        {B.PROPOSED, B.VERIFIED},
        {Role.FINANCE_CHECKER, Role.OFFICER},
    ),
}
TARGETS = {"verify": B.ACTIVE, "refuse": B.REFUSED}


@pytest.mark.parametrize("state", B)
@pytest.mark.parametrize("act", ACTS)
def test_a_move_is_made_only_from_its_states(house, award, act, state):
    do, sources, _roles = ACTS[act]
    details = make_bank_details(award.organisation, state=state)
    before = Entry.objects.count()
    if state in sources:
        do(details, house.checker)
        rows = Entry.objects.filter(subject_kind="payments.bankdetails", subject_id=str(details.pk)).order_by("pk")
        assert (rows[0].before, rows.last().after) == (state, TARGETS[act])
    else:
        with pytest.raises(Refusal) as refused:
            do(details, house.checker)
        assert refused.value.status == 409
        assert Entry.objects.count() == before
    assert BankDetails.objects.get(pk=details.pk).state == (TARGETS[act] if state in sources else state)


@pytest.mark.parametrize("act", [*ACTS, "reveal"])
def test_a_move_is_made_only_by_its_roles(award, act):
    acts = {**ACTS, "reveal": (lambda one, by: services.reveal_bank_details(one.pk, by=by), {}, ACTS["verify"][2])}
    do, _sources, roles = acts[act]
    details = make_bank_details(award.organisation, state=B.PROPOSED)
    for role in Role:
        with undone():
            status = answered(do, details, make_person("", role, fund=award.fund))
            assert (role, status) == (role, 200 if role in roles else 403)
            assert role in roles or BankDetails.objects.get(pk=details.pk).state == B.PROPOSED


def stranger(award):
    return make_person("", Role.FINANCE_CHECKER, fund=make_fund())


def conflicted(award):
    person = make_person("", Role.FINANCE_CHECKER, fund=award.fund)
    make_conflict(person, award.organisation)
    return person


def colleague(award):
    person = make_person("", Role.FINANCE_CHECKER, fund=award.fund)
    join(person, award.organisation)
    return person


@pytest.mark.parametrize("who", [stranger, conflicted, colleague])
def test_another_fund_or_a_tie_to_the_organisation_checks_nothing(award, who):
    details, by = make_bank_details(award.organisation, state=B.PROPOSED), who(award)
    acts = [do for do, _sources, _roles in ACTS.values()]
    for do in (*acts, lambda one, person: services.reveal_bank_details(one.pk, by=person)):
        with pytest.raises(Refusal) as refused:
            do(details, by)
        assert refused.value.status == 403
    assert BankDetails.objects.get(pk=details.pk).state == B.PROPOSED


def test_who_gave_them_does_not_check_them_even_without_a_tie_left(house, award):
    details = make_bank_details(award.organisation, state=B.PROPOSED, proposed_by=house.checker)
    with pytest.raises(Refusal, match="Somebody else") as refused:
        verify(details, house.checker)
    assert refused.value.status == 403


@pytest.mark.parametrize(
    ("do", "field"),
    [
        (lambda one, by: services.verify_bank_details(one.pk, note=" ", by=by), "note"),
        (lambda one, by: services.refuse_bank_details(one.pk, reason=" ", by=by), "reason"),
    ],
)
def test_a_check_says_how_and_a_refusal_why(house, award, do, field):
    details = make_bank_details(award.organisation, state=B.PROPOSED)
    with pytest.raises(Refusal) as refused:
        do(details, house.checker)
    assert (refused.value.status, refused.value.field) == (422, field)


def test_a_checked_change_can_still_be_stopped(house, award):
    changed = waiting_change(award)
    services.refuse_bank_details(changed.pk, reason="Nobody there knows of it", by=house.officer)
    with clock.at(changed.effective_at):
        assert services.activate_due() == 0
    letter = Letter.objects.get(template="payments/bank_refused")
    assert "Nobody there knows of it" in letter.text_body


def test_reading_the_whole_number_is_on_record_without_the_number(house, award):
    details = make_bank_details(award.organisation, state=B.PROPOSED)
    assert services.reveal_bank_details(details.pk, by=house.checker) == AMERICAN
    entry = Entry.objects.get(action="bank_details.read")
    assert (entry.actor, entry.facts["last_digits"]) == (house.checker, "1222")
    everything = " ".join(f"{row.subject_label} {row.facts}" for row in Entry.objects.all())
    assert AMERICAN.account_number not in everything


def test_only_its_people_and_the_staff_of_its_funds_see_bank_details(house, award, signatory):
    details = make_bank_details(award.organisation)
    auditor = make_person("", Role.AUDITOR)
    seeing = [signatory, make_member(award.organisation), house.checker, house.maker, house.officer, auditor]
    blind = [make_person(), stranger(award), conflicted(award), make_person("", Role.CLERK, fund=award.fund)]
    assert [list(BankDetails.objects.visible_to(person)) for person in seeing] == [[details]] * len(seeing)
    assert [list(BankDetails.objects.visible_to(person)) for person in blind] == [[]] * len(blind)


# accepting the grant


@pytest.fixture
def ready(award):
    make_agreement(award, state="executed")
    make_bank_details(award.organisation)
    return award


def test_a_signed_grant_with_checked_bank_details_is_under_way_once_accepted(ready, signatory):
    assert services.accept_award(ready.pk, by=signatory).state == AwardState.ACTIVE
    rows = Entry.objects.filter(subject_kind="awards.award").order_by("pk").values_list("before", "after")
    assert list(rows) == [("offered", "accepted"), ("accepted", "active")]
    assert Letter.objects.get(template="payments/accepted").to_address == signatory.email


@pytest.mark.parametrize("state", [B.PROPOSED, B.REFUSED])
def test_without_checked_bank_details_no_grant_is_accepted(award, signatory, state):
    make_agreement(award, state="executed")
    make_bank_details(award.organisation, state=state)
    with pytest.raises(Refusal, match="check your bank details"):
        services.accept_award(award.pk, by=signatory)
    assert Award.objects.get(pk=award.pk).state == AwardState.OFFERED


def test_without_both_signatures_no_grant_is_accepted(award, signatory):
    make_agreement(award, state="signing")
    make_bank_details(award.organisation)
    with pytest.raises(Refusal, match="sign the agreement"):
        services.accept_award(award.pk, by=signatory)


def test_after_its_day_a_grant_is_not_accepted_any_more(ready, signatory):
    with clock.at(clock.now() + timedelta(days=30)), pytest.raises(Refusal, match="time to accept is over"):
        services.accept_award(ready.pk, by=signatory)


def test_only_who_signs_accepts(house, ready):
    for person in (make_member(ready.organisation), house.manager, make_signatory(make_organisation())):
        with pytest.raises(Refusal) as refused:
            services.accept_award(ready.pk, by=person)
        assert refused.value.status == 403


@pytest.mark.parametrize("state", [state for state in AwardState if state != AwardState.OFFERED])
def test_a_grant_is_accepted_only_while_it_is_offered(house, state):
    award = make_award(make_decided(call=house.call), state=state)
    make_bank_details(award.organisation)
    with pytest.raises(Refusal) as refused:
        services.accept_award(award.pk, by=award.application.started_by)
    assert refused.value.status == 409


# the fund's own account


def test_a_finance_checker_keeps_the_numbers_of_our_own_account(house):
    with pytest.raises(Refusal) as refused:
        services.keep_paying_account(house.account.pk, facts=OTHER, by=house.maker)
    assert refused.value.status == 403
    kept = services.keep_paying_account(house.account.pk, facts=OTHER, by=house.checker)
    assert (kept.last_digits, kept.kept_by) == ("8777", house.checker)
    with pytest.raises(Refusal) as refused:
        services.keep_paying_account(house.account.pk, facts=EUROPEAN, by=house.checker)
    assert (refused.value.status, refused.value.field) == (422, "currency")


# what the database refuses

BROKEN = {
    "bank_details_state_is_known": {"state": "lost"},
    "bank_details_name_one_account": {"iban": "DE89370400440532013000"},
    "checked_bank_details_say_by_whom_and_when": {"verified_by": None},
    "bank_details_are_used_after_their_waiting_time": {"effective_at": clock.now() + timedelta(days=9)},
    "bank_details_end_exactly_when_they_say_when": {"ended_at": clock.now()},
    "refused_bank_details_say_why": {"state": B.REFUSED, "ended_at": clock.now()},
}


def test_the_database_refuses_by_name(award):
    details = make_bank_details(award.organisation)
    for name, facts in BROKEN.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            BankDetails.objects.filter(pk=details.pk).update(**facts)


def test_the_database_refuses_the_same_person_twice_and_two_accounts_at_once(award):
    details = make_bank_details(award.organisation)
    checks = BankDetails.objects.filter(pk=details.pk)
    with pytest.raises(IntegrityError, match="nobody_checks_the_bank_details_they_gave"), transaction.atomic():
        checks.update(proposed_by=details.verified_by)
    make_bank_details(award.organisation, state=B.PROPOSED, facts=OTHER)
    for state in (B.ACTIVE, B.PROPOSED):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_bank_details(award.organisation, state=state, facts=EUROPEAN)


def test_the_clock_acts_as_the_system(award):
    changed = waiting_change(award)
    with clock.at(changed.effective_at):
        services.activate_due()
    actors = Entry.objects.filter(action="bank_details.activate").values_list("actor", flat=True)
    assert list(actors) == [SYSTEM.pk]
