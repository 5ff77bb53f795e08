"""What a fund may say itself in the letters about payments; those about bank details are always said the same."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from fundportal.mail.editable import Editable, Field, Kind

TO_SIGNATORIES: Final = _("To everybody who signs for the grantee.")
_REFERENCE: Final = Field("reference", _("Reference of the grant"), "award.reference", "PW27-0001")
_TITLE: Final = Field("title", _("Title of the project"), "award.title", _("A kitchen for newcomers"))
_AMOUNT: Final = Field("amount", _("Amount of the payment"), "amount", "$14,000", is_required=True)
_ACCOUNT: Final = Field("account", _("The account, masked but for its end"), "account", "•••• 4321", is_required=True)
_NUMBER: Final = Field("number", _("Number of the payment"), "number", "1", Kind.COUNT)
_LINK: Final = Field(
    "link",
    _("Address of the payments"),
    "url",
    "https://example.org/my/payments/",
    Kind.LINK,
    is_required=True,
    label=_("See the payments"),
)

LETTERS: Final = (
    Editable("payments/accepted", _("A grant is under way"), TO_SIGNATORIES, (_LINK, _REFERENCE, _TITLE)),
    Editable(
        "payments/sent",
        _("A payment was made"),
        TO_SIGNATORIES,
        (
            _AMOUNT,
            _ACCOUNT,
            Field(
                "obligation", _("What it is called on a statement"), "obligation", "PW27-0001-T1-1", is_required=True
            ),
            _LINK,
            _NUMBER,
            _REFERENCE,
            _TITLE,
        ),
    ),
    Editable(
        "payments/came_back",
        _("A payment came back"),
        TO_SIGNATORIES,
        (
            _AMOUNT,
            _ACCOUNT,
            _LINK,
            _NUMBER,
            Field("reason", _("What the bank says; may be empty"), "reason", _("The account is closed.")),
            _REFERENCE,
            _TITLE,
        ),
    ),
)
