"""The outbox: a letter is worded and stored with the fact it tells of, and sent once that fact is committed.

At least once, on purpose: a letter is claimed in a committed transaction before the mail server is called, so two
workers never send the same one. Only a worker that dies between the server's "accepted" and our commit leaves a doubt,
and then the letter goes again ten minutes later: a receipt that comes twice is a smaller harm than one that never
comes. Both copies carry the same Message-ID, so that servers and mail programs may keep just one.
"""

import hashlib
import logging
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction

from fundportal.access import Actor, authorise
from fundportal.audit.services import record
from fundportal.funds.models import Fund
from fundportal.languages import pick
from fundportal.lifecycle import move, why_not
from fundportal.mail.editable import declared
from fundportal.mail.models import Letter, LetterQuerySet
from fundportal.mail.queries import newest_text
from fundportal.mail.wording import word
from fundportal.tasks import after_commit

logger = logging.getLogger(__name__)


def write(template: str, *, key: str, to: str, language: str, fund: Fund | None, context: dict[str, Any]) -> Letter:
    """Stores the letter `templates/emails/<template>/`, or the fund's own words for it, in the caller's transaction.

    A second call with the same `key` returns the first letter unchanged.
    """
    written = Letter.objects.filter(key=key).first()
    if written:
        return written
    own = newest_text(fund, template, language) if fund and declared(template) else None
    wording = word(template, language=language, fund=fund, context=context, own=own.words if own else None)
    letter, is_new = Letter.objects.get_or_create(
        key=key,
        defaults={
            "template": template,
            "to_address": to,
            "language": language,
            "fund": fund,
            "own_text": own if wording.is_own else None,
            "subject": wording.subject,
            "text_body": wording.text,
            "html_body": wording.html,
        },
    )
    if is_new:
        after_commit("mail.send_waiting")
    return letter


def send_waiting(*, limit: int = 200) -> int:
    """Sends what is due, oldest first, one claim at a time; returns how many went out."""
    release_abandoned()
    sent = 0
    for _turn in range(limit):
        letter = claim_next()
        if letter is None:
            break
        sent += deliver(letter)
    return sent


def claim_next() -> Letter | None:
    """The next due letter, claimed and committed, so that no other worker takes it."""
    with transaction.atomic():
        letter = _locked(Letter.objects.due().order_by("due_at", "pk")).first()
        if letter is None:
            return None
        move(letter, "claim")
        letter.save()
        return letter


def deliver(letter: Letter) -> bool:
    """Hands a claimed letter to the mail server and writes down how it went."""
    try:
        _message(letter).send()
    except Exception as fault:  # every backend has its own errors; each of them means: not accepted
        logger.warning("Letter %s was not accepted by the mail server.", letter.key, exc_info=True)
        _settle(letter, error=f"{type(fault).__name__}: {fault}")
        return False
    _settle(letter)
    return True


def release_abandoned() -> int:
    """Puts back what a worker claimed and never settled, once its lease has run out."""
    with transaction.atomic():
        letters = list(_locked(Letter.objects.abandoned().order_by("pk")))
        for letter in letters:
            move(letter, "release")
            letter.save()
    return len(letters)


@transaction.atomic
def retry_letter(letter_id: int, *, by: Actor) -> Letter:
    """A person asks for a failed letter to go again. Raises NotAllowed, or Refusal when it has not failed."""
    letter = Letter.objects.select_for_update().get(pk=letter_id)
    authorise(by, "mail.retry", fund=letter.fund)
    before = letter.state
    move(letter, "retry")
    letter.save()
    record("mail.retry", letter, by=by, fund=letter.fund, before=before, after=letter.state)
    after_commit("mail.send_waiting")
    return letter


def message_id(key: str) -> str:
    """The same for every copy of a letter; does not give its key away."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


@transaction.atomic
def _settle(letter: Letter, *, error: str = "") -> None:
    current = Letter.objects.select_for_update().get(pk=letter.pk)
    if not error:
        move(current, "confirm")
    elif why_not(current, "postpone"):
        move(current, "give_up", error=error)
    else:
        move(current, "postpone", error=error)
    current.save()


def _locked(letters: LetterQuerySet) -> LetterQuerySet:
    """PostgreSQL passes over rows that another worker holds; SQLite's immediate transactions already exclude it."""
    return letters.select_for_update(of=("self",), skip_locked=connection.features.has_select_for_update_skip_locked)


def _message(letter: Letter) -> EmailMultiAlternatives:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    sender = pick(letter.fund.names, letter.language) if letter.fund else name
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text_body,
        from_email=formataddr((sender, address)),
        to=[letter.to_address],
        reply_to=[letter.fund.contact_email] if letter.fund else None,
        headers={"Message-ID": message_id(letter.key), "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(letter.html_body, "text/html")
    return message
