"""Accounts: opened by an administrator, by an invitation, or by whoever signs up; closed when somebody leaves."""

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from fundportal.access import Actor
from fundportal.accounts import emails
from fundportal.accounts.models import User
from fundportal.accounts.services.roles import authorise_everywhere
from fundportal.audit.services import record
from fundportal.refusals import NotAllowed, Refusal


@transaction.atomic
def add_person(email: str, *, full_name: str, language: str, by: Actor) -> User:
    """An account without a password: its owner signs in with a code sent to the address, and is told so."""
    authorise_everywhere(by, "people.add")
    address = email.strip().lower()
    if User.objects.filter(email=address).exists():
        raise Refusal(_("Somebody with this address has an account already."), status=422, field="email")
    person = User.objects.create_user(address, full_name=full_name.strip(), language=language)
    record("people.add", person, by=by)
    emails.welcome(person, by=by)
    return person


@transaction.atomic
def account_for(email: str, *, full_name: str, language: str) -> User:
    """The account of this address, opened without a password where there is none.

    It gives nothing by itself: its owner enters with a code sent to the address.
    """
    address = email.strip().lower()
    person, _is_new = User.objects.get_or_create(
        email=address,
        defaults={"full_name": full_name.strip(), "language": language, "password": make_password(None)},
    )
    return person


@transaction.atomic
def sign_up(email: str, *, full_name: str, language: str) -> User | None:
    """The account to which a code may go, opened where there is none; None when it is closed.

    Whoever asks learns nothing from it: the page answers the same, and only the code opens the account.
    """
    known = User.objects.filter(email=email.strip().lower()).first()
    if known:
        return known if known.is_active else None
    person = account_for(email, full_name=full_name, language=language)
    record("people.sign_up", person, by=person)
    return person


@transaction.atomic
def edit_account(person_id: int, *, full_name: str, language: str, by: User) -> User:
    """A person's own name and the language of their letters."""
    person = User.objects.select_for_update().get(pk=person_id)
    if by.pk != person.pk:
        raise NotAllowed(_("Only the person themselves changes this."))
    person.full_name, person.language = full_name.strip(), language
    person.save(update_fields=["full_name", "language"])
    record("people.edit", person, by=by, facts={"language": language})
    return person
