"""The outbox keeps every letter, and hands each one over once, whatever breaks on the way."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from fundportal import clock
from fundportal.access import Role
from fundportal.audit.models import Entry
from fundportal.mail import services
from fundportal.mail.models import Letter
from fundportal.mail.states import LetterState
from fundportal.refusals import NotAllowed, Refusal
from tests.factories.people import make_fund, make_person

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class Killed(BaseException):
    """What a worker sees when the machine goes: no `except Exception` catches it."""


class DiesAfterHandingOver(EmailBackend):
    def send_messages(self, messages: list[Any]) -> int:
        super().send_messages(messages)
        raise Killed


class RefusesEverything(EmailBackend):
    def open(self) -> bool:
        raise ConnectionRefusedError("no mail server here")

    def send_messages(self, messages: list[Any]) -> int:
        self.open()
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def write(key: str = "code:1", **facts: Any) -> Letter:
    defaults = {"to": "dana@example.org", "language": "en", "fund": None, "context": {"code": "ABC123"}}
    return services.write("accounts/login_code", key=key, **(defaults | facts))


def test_a_letter_is_worded_when_it_is_written(db: None) -> None:
    letter = write()
    assert letter.subject == "Your sign-in code"
    assert "ABC123" in letter.text_body
    assert "ABC123" in letter.html_body
    assert letter.state == LetterState.QUEUED


def test_a_second_letter_for_the_same_cause_is_the_first_one(db: None) -> None:
    first = write(context={"code": "ABC123"})
    second = write(context={"code": "OTHER"})
    assert first == second
    assert Letter.objects.count() == 1
    assert "OTHER" not in Letter.objects.get().text_body


def test_a_letter_goes_with_the_transaction_that_wrote_it(db: None) -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not Letter.objects.exists()


def test_writing_rings_for_the_worker_after_the_commit(db: None, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        write()
        write()
    assert len(callbacks) == 1


def test_waiting_letters_are_sent_once(db: None) -> None:
    letter = write()
    assert services.send_waiting() == 1
    assert services.send_waiting() == 0
    assert len(mail.outbox) == 1
    assert mail.outbox[0].to == ["dana@example.org"]
    sent = Letter.objects.get(pk=letter.pk)
    assert (sent.state, sent.sent_at, sent.attempts) == (LetterState.SENT, NOON, 1)


def test_a_fund_signs_its_letters_and_answers_them(db: None) -> None:
    fund = make_fund(names={"en": "City Fund", "fr": "Fonds de la ville"}, contact_email="desk@example.org")
    write(fund=fund, language="fr")
    services.send_waiting()
    assert mail.outbox[0].from_email.startswith("Fonds de la ville <")
    assert mail.outbox[0].reply_to == ["desk@example.org"]


def test_every_copy_of_a_letter_has_the_same_message_id_and_other_letters_have_others() -> None:
    assert services.message_id("receipt:1") == services.message_id("receipt:1")
    assert services.message_id("receipt:1") != services.message_id("receipt:2")
    assert services.message_id("receipt:1").endswith("@example.org>")


def test_a_claimed_letter_is_not_taken_by_another_worker(db: None) -> None:
    write()
    assert services.claim_next() is not None
    assert services.claim_next() is None


def test_a_crash_between_sending_and_marking_does_not_send_at_once_again(db: None, settings: Any) -> None:
    write()
    settings.EMAIL_BACKEND = f"{__name__}.DiesAfterHandingOver"
    with pytest.raises(Killed):
        services.send_waiting()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert services.send_waiting() == 0
    assert len(mail.outbox) == 1
    assert Letter.objects.get().state == LetterState.SENDING


def test_after_the_lease_the_doubtful_letter_goes_again_under_the_same_message_id(db: None, settings: Any) -> None:
    write()
    settings.EMAIL_BACKEND = f"{__name__}.DiesAfterHandingOver"
    with pytest.raises(Killed):
        services.send_waiting()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with clock.at(NOON + Letter.LEASE):
        assert services.send_waiting() == 1
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_a_refused_letter_waits_longer_each_time_and_is_given_up_in_the_end(db: None, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.RefusesEverything"
    write()
    pauses, moment = [], NOON
    while Letter.objects.get().state == LetterState.QUEUED:
        with clock.at(moment):
            assert services.send_waiting() == 0
        due_at = Letter.objects.get().due_at
        pauses.append((due_at - moment).total_seconds() / 60)
        moment = due_at
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 0]
    letter = Letter.objects.get()
    assert letter.state == LetterState.FAILED
    assert letter.last_error == "ConnectionRefusedError: no mail server here"


def test_a_postponed_letter_is_left_alone_until_it_is_due(db: None, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.RefusesEverything"
    write()
    services.send_waiting()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with clock.at(NOON + timedelta(seconds=59)):
        assert services.send_waiting() == 0
    with clock.at(NOON + timedelta(seconds=60)):
        assert services.send_waiting() == 1


def test_one_letter_that_is_refused_does_not_hold_up_the_next(db: None, settings: Any) -> None:
    write("code:1", to="broken@example.org")
    write("code:2", to="fine@example.org")
    settings.EMAIL_BACKEND = f"{__name__}.RefusesOne"
    assert services.send_waiting() == 1
    assert [message.to for message in mail.outbox] == [["fine@example.org"]]


class RefusesOne(EmailBackend):
    def send_messages(self, messages: list[Any]) -> int:
        if messages[0].to == ["broken@example.org"]:
            raise ConnectionRefusedError
        return super().send_messages(messages)


@pytest.fixture
def failed(db: None, settings: Any) -> Letter:
    letter = write()
    settings.EMAIL_BACKEND = f"{__name__}.RefusesEverything"
    for minutes in range(0, 300, 70):
        with clock.at(NOON + timedelta(minutes=minutes)):
            services.send_waiting()
    while (letter := Letter.objects.get(pk=letter.pk)).state != LetterState.FAILED:
        with clock.at(letter.due_at):
            services.send_waiting()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return letter


def test_a_person_may_send_a_failed_letter_again_and_that_is_on_record(failed: Letter) -> None:
    manager = make_person("Mara", Role.MANAGER)
    services.retry_letter(failed.pk, by=manager)
    assert services.send_waiting() == 1
    assert Entry.objects.get(action="mail.retry").actor == manager


def test_a_letter_that_has_not_failed_is_not_sent_again(db: None) -> None:
    letter = write()
    with pytest.raises(Refusal, match="Waiting to be sent"):
        services.retry_letter(letter.pk, by=make_person("Mara", Role.MANAGER))


def test_an_officer_may_not_send_again(failed: Letter) -> None:
    with pytest.raises(NotAllowed):
        services.retry_letter(failed.pk, by=make_person("Otto", Role.OFFICER))
    assert Letter.objects.get().state == LetterState.FAILED


def test_letters_of_another_fund_are_not_seen(db: None) -> None:
    mine, other = make_fund("mine"), make_fund("other")
    seen = write("a", fund=mine)
    write("b", fund=other)
    write("c", fund=None)
    assert list(Letter.objects.visible_to(make_person("Mara", Role.MANAGER, fund=mine))) == [seen]
    assert Letter.objects.visible_to(make_person("Ada", Role.AUDITOR)).count() == 3
