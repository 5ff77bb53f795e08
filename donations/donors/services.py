from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from donations.donors.models import LONGEST_EMAIL, LONGEST_NAME, Donor
from fundportal.refusals import Refusal


def donor_for(fund_id: int, *, name: str, email: str) -> Donor:
    """The donor of this name at this address, made when the fund meets them for the first time.

    Spaces are tidied, control characters dropped, the address is kept in small letters. Raises Refusal (422) with the
    field to mend.
    """
    tidy_name, tidy_email = _tidy(name), _tidy(email).lower()
    if not tidy_name or len(tidy_name) > LONGEST_NAME:
        raise Refusal(_("Type the name that shall stand on the receipt."), status=422, field="donor_name")
    if not _is_address(tidy_email):
        sentence = _("Enter your email address with a full ending, like name@example.org")
        raise Refusal(sentence, status=422, field="donor_email")
    donor, _made = Donor.objects.get_or_create(fund_id=fund_id, email=tidy_email, name=tidy_name)
    return donor


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST_EMAIL


def _tidy(text: str) -> str:
    words = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(words.split())
