"""Where money can be sent, as somebody typed it, and the sentences for what cannot be right."""

import re
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self

from django.utils.translation import gettext as _

from fundportal.money.currencies import CURRENCIES
from fundportal.refusals import Refusal
from grants.payments.account_numbers import has_iban, is_bic, is_iban, is_routing_number, plain

LONGEST_HOLDER = 70  # of the scheme for credit transfers (EPC115-06, AT-21); longer names are cut by banks
LAST = 4
# Places whose banks have IBANs of another country: SWIFT's IBAN registry, "Other territories".
SHARED_IBANS = {"FR": "BL GF GP MF MQ NC PF PM RE TF WF YT", "GB": "GG IM JE"}


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """An IBAN where the bank's country has them; a routing and an account number in the US; else BIC and account."""

    holder: str
    country: str
    currency: str
    iban: str = ""
    routing_number: str = ""
    account_number: str = ""
    bic: str = ""

    @classmethod
    def of(cls, row: object) -> Self:
        """From a row that keeps the same columns."""
        return cls(**{field.name: getattr(row, field.name) for field in fields(cls)})

    @property
    def columns(self) -> dict[str, Any]:
        return {**asdict(self), "last_digits": (self.iban or self.account_number)[-LAST:]}


def checked(facts: AccountFacts) -> AccountFacts:
    """In the bank's own writing, without what its country does not use. Raises Refusal (422) at the field to mend."""
    tidy = AccountFacts(
        holder=" ".join(facts.holder.split()),
        **{name: plain(value) for name, value in asdict(facts).items() if name != "holder"},
    )
    _check_holder(tidy)
    if has_iban(tidy.country):
        return _with_iban(tidy)
    return _american(tidy) if tidy.country == "US" else _elsewhere(tidy)


def _check_holder(facts: AccountFacts) -> None:
    if not facts.holder:
        raise _mend("holder", _("Type the name in which the account is kept."))
    if not facts.holder.isprintable():
        raise _mend("holder", _("The name has signs that no bank can read. Type it again."))
    if len(facts.holder) > LONGEST_HOLDER:
        sentence = _("Banks take %(most)d characters. Shorten the name as your bank does.")
        raise _mend("holder", sentence % {"most": LONGEST_HOLDER})
    if not re.fullmatch(r"[A-Z]{2}", facts.country):
        raise _mend("country", _("Choose the country of your bank."))
    if facts.currency not in CURRENCIES:
        raise _mend("currency", _("Choose the currency in which the account is kept."))


def _with_iban(facts: AccountFacts) -> AccountFacts:
    if not facts.iban:
        raise _mend("iban", _("Type the IBAN. It stands on every statement of your bank."))
    if not is_iban(facts.iban):
        raise _mend("iban", _("This IBAN has a slip: its check digits do not fit. Compare it with your statement."))
    if facts.iban[:2] != facts.country:
        raise _mend("iban", _("This IBAN is of another country than the bank."))
    return _with_bic(replace(facts, routing_number="", account_number=""))


def _american(facts: AccountFacts) -> AccountFacts:
    if not is_routing_number(facts.routing_number):
        raise _mend("routing_number", _("The routing number has nine digits, and these do not fit together."))
    if not re.fullmatch(r"[A-Z0-9]{4,17}", facts.account_number, re.ASCII):
        raise _mend("account_number", _("The account number has 4 to 17 digits."))
    return _with_bic(replace(facts, iban=""))


def _elsewhere(facts: AccountFacts) -> AccountFacts:
    if not re.fullmatch(r"[A-Z0-9]{4,34}", facts.account_number, re.ASCII):
        raise _mend("account_number", _("The account number has 4 to 34 digits or letters."))
    if not facts.bic:
        raise _mend("bic", _("Type the BIC of the bank, also called SWIFT code."))
    return _with_bic(replace(facts, iban="", routing_number=""))


def _with_bic(facts: AccountFacts) -> AccountFacts:
    if facts.bic and not is_bic(facts.bic):
        raise _mend("bic", _("A BIC has 8 or 11 characters, like ABCDUS33."))
    if facts.bic and facts.bic[4:6] not in {facts.country, *SHARED_IBANS.get(facts.country, "").split()}:
        raise _mend("bic", _("This BIC is of a bank in another country."))
    return facts


def _mend(field: str, sentence: str) -> Refusal:
    return Refusal(sentence, status=422, field=field)
