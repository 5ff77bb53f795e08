"""Texts of letters in a fund's own words: written here without their services."""

from typing import Any

from fundportal.accounts.models import User
from fundportal.funds.models import Fund
from fundportal.mail.models import LetterText
from tests.factories.people import make_person

LETTER = "decisions/approved"


def make_text(fund: Fund, *, by: User | None = None, **facts: Any) -> LetterText:
    """Version 1 of the letter that says yes, in English."""
    defaults = {
        "template": LETTER,
        "language": "en",
        "number": 1,
        "subject": "Good news on {reference}",
        "heading": "Yes: {amount} for {grantee}",
        "body": "Dear people of {grantee},\n\nwe are glad.\n\n{link}",
    }
    words = {"subject": "", "heading": "", "body": ""} if facts.get("is_standard") else {}
    return LetterText.objects.create(fund=fund, written_by=by or make_person(), **(defaults | words | facts))
