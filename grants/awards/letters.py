"""What a fund may say itself in the letters to a grantee; how a grant ended before its time is always said the same."""

from dataclasses import replace
from typing import Final

from django.utils.translation import gettext_lazy as _

from fundportal.mail.editable import Editable, Field, Kind

TO_SIGNATORIES: Final = _("To everybody who signs for the grantee.")
_REFERENCE: Final = Field("reference", _("Reference of the grant"), "award.reference", "PW27-0001")
_TITLE: Final = Field("title", _("Title of the project"), "award.title", _("A kitchen for newcomers"))
_FUND: Final = Field("fund", _("Name of the fund"), "award.fund.name", _("Practice fund"))
_AMOUNT: Final = Field("amount", _("Amount of the grant"), "amount", "$42,000")
_IT: Final = (_FUND, _REFERENCE, _TITLE)
_UNTIL: Final = Field("until", _("Last day to accept"), "respond_by", _("1 June 2027"), is_required=True)


def _link(label: object) -> Field:
    words = _("Address of the grant")
    return Field("link", words, "url", "https://example.org/my/grants/", Kind.LINK, is_required=True, label=label)


LETTERS: Final = (
    Editable(
        "awards/offered",
        _("A grant is offered"),
        TO_SIGNATORIES,
        (replace(_AMOUNT, is_required=True), _UNTIL, _link(_("Open the grant")), _FUND, _REFERENCE, _TITLE),
    ),
    Editable(
        "awards/agreement_sent",
        _("The agreement is ready to read"),
        TO_SIGNATORIES,
        (_UNTIL, _link(_("Read the agreement")), _AMOUNT, _FUND, _REFERENCE, _TITLE),
    ),
    Editable(
        "awards/agreement_to_sign",
        _("The agreement can be signed"),
        TO_SIGNATORIES,
        (_UNTIL, _link(_("Sign the agreement")), _AMOUNT, _FUND, _REFERENCE, _TITLE),
    ),
    Editable(
        "awards/agreement_signed",
        _("The agreement is signed"),
        TO_SIGNATORIES,
        (
            Field("seal", _("Fingerprint of the text"), "sha256", "3f9a77c1…", is_required=True),
            _link(_("Open the grant")),
            _AMOUNT,
            _FUND,
            _REFERENCE,
            _TITLE,
        ),
    ),
    Editable(
        "awards/tranche_ready",
        _("A payment can be asked for"),
        TO_SIGNATORIES,
        (
            Field("payment", _("Amount of the payment"), "payment", "$14,000", is_required=True),
            _link(_("Ask for the payment")),
            Field("number", _("Number of the payment"), "number", "1", Kind.COUNT),
            _FUND,
            _REFERENCE,
            _TITLE,
        ),
    ),
    Editable(
        "awards/amendment_approved",
        _("A change of the grant is approved"),
        TO_SIGNATORIES,
        (
            Field("reason", _("Why it changes"), "reason", _("The kitchen opens later.")),
            _link(_("Read and sign")),
            *_IT,
        ),
    ),
    Editable(
        "awards/amendment_rejected",
        _("A change of the grant is refused"),
        TO_SIGNATORIES,
        (
            Field("said", _("What the fund office writes"), "said", _("The project has ended."), is_required=True),
            _link(_("Open the grant")),
            *_IT,
        ),
    ),
    Editable(
        "awards/amendment_applied",
        _("A small change of the budget holds"),
        TO_SIGNATORIES,
        (Field("reason", _("Why it changes"), "reason", _("Food cost more.")), _link(_("Open the grant")), *_IT),
    ),
    Editable(
        "awards/unspent_to_return",
        _("Unspent money is to be returned"),
        TO_SIGNATORIES,
        (
            Field("left", _("What is to be returned"), "left", "$1,200", is_required=True),
            replace(_REFERENCE, is_required=True),
            _link(_("Open the grant")),
            _FUND,
            _TITLE,
        ),
    ),
    Editable(
        "awards/unspent_returned",
        _("Returned money has arrived"),
        TO_SIGNATORIES,
        (
            Field("returned", _("What has arrived"), "returned", "$1,200", is_required=True),
            _link(_("Open the grant")),
            *_IT,
        ),
    ),
)
