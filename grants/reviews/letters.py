"""What a fund may say itself in the letters to its reviewers."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from fundportal.mail.editable import Editable, Field, Kind

_NAME: Final = Field("name", _("First name of the reviewer"), "first_name", "Rosa")


def _link(words: object, label: object) -> Field:
    return Field("link", words, "url", "https://example.org/review/", Kind.LINK, is_required=True, label=label)


LETTERS: Final = (
    Editable(
        "reviews/invitation",
        _("A reviewer is asked to read"),
        _("To each reviewer, once a plan of who reads what is approved."),
        (
            _NAME,
            _link(_("Address of the reviewer’s desk"), _("See what waits")),
            Field(
                "answer_by", _("Last day to say yes or no"), "answer_by", _("1 June 2027"), Kind.DAY, is_required=True
            ),
            Field("review_by", _("Last day to hand in"), "review_by", _("20 June 2027"), Kind.DAY, is_required=True),
            Field("count", _("How many applications"), "count", "6", Kind.COUNT),
            Field("call", _("Title of the call"), "call", _("Welcome to our city")),
        ),
    ),
    Editable(
        "reviews/handed_back",
        _("A review comes back with a question"),
        _("To the reviewer whose review the fund office sends back."),
        (
            _NAME,
            Field(
                "question",
                _("What the fund office asks"),
                "question",
                _("Does your remark on costs concern the whole project?"),
                is_required=True,
            ),
            _link(_("Address of the review"), _("Open the review")),
        ),
    ),
)
