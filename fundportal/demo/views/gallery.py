"""The living style guide: every component in every state, rendered by the components themselves."""

from datetime import UTC, date, datetime

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from fundportal.demo.views import assessment
from fundportal.documents.models import Upload
from fundportal.documents.states import UploadState
from fundportal.money import Money
from fundportal.templatetags.controls import Choice
from fundportal.templatetags.ledgers import Cell, Column, Ledger
from fundportal.templatetags.lists import Badge, Chip, Moment
from fundportal.templatetags.pictures import Bar, bar_of

THEMES = ("bicf", "gcf", "cla", "paris", "practice", "house")
EMAIL_SENTENCE = _("Enter your email address with a full ending, like name@example.org")


def purposes() -> list[tuple[str, str]]:
    most = Choice(_("Where it is needed most"), _("The office decides, in public."))
    kept = Choice(_("Safe City Baltimore"), _("Legal help. Kept apart in the books."))
    return [("most", most), ("safe", kept)]


class SpecimenForm(forms.Form):
    """One field of each kind; bound with mistakes it shows every error state."""

    amount = forms.ChoiceField(
        label=_("How much"),
        widget=forms.RadioSelect,
        help_text=_("In US dollars."),
        error_messages={"invalid_choice": _("Choose an amount, or choose Other and type your own.")},
        choices=[("25", "$25"), ("50", "$50"), ("100", "$100"), ("250", "$250"), ("other", _("Other"))],
    )
    own = forms.CharField(label=_("Another amount"), required=False, help_text=_("40, 40.00 or 1,200."))
    often = forms.ChoiceField(
        label=_("How often"),
        widget=forms.RadioSelect,
        choices=[("once", _("Once")), ("yearly", _("Yearly"))],
        error_messages={"required": _("Choose how often.")},
    )
    purpose = forms.ChoiceField(
        label=_("What it is for"),
        widget=forms.RadioSelect,
        choices=purposes,
        error_messages={"required": _("Choose what your gift is for.")},
    )
    covers_fee = forms.BooleanField(
        label=_("Add $3.30 so that the full $100 reaches the fund"),
        help_text=_("The card network takes 2.9% and 30 cents."),
        required=False,
    )
    name = forms.CharField(label=_("Name for the receipt"))
    email = forms.EmailField(
        label=_("Email address"),
        help_text=_("The receipt goes here. Nothing else does unless you ask."),
        error_messages={"invalid": EMAIL_SENTENCE, "required": EMAIL_SENTENCE},
    )
    country = forms.ChoiceField(label=_("Country"), required=False, choices=[("", _("All")), ("JO", "Jordan")])
    message = forms.CharField(label=_("A word to the office"), widget=forms.Textarea, required=False)

    def __init__(
        self, *, prefix: str, data: dict[str, str] | None = None, initial: dict[str, str] | None = None
    ) -> None:
        bound = {f"{prefix}-{name}": value for name, value in data.items()} if data is not None else None
        super().__init__(bound, prefix=prefix, initial=initial)


class FilterForm(forms.Form):
    words = forms.CharField(label=_("City or words"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False, choices=[("", _("All countries"))])


class FilesForm(forms.Form):
    letter = forms.FileField(
        label=_("Letter from the mayor"),
        help_text=_("Signed, on one page."),
        error_messages={"required": _("Add the letter, or say in a word why there is none.")},
    )


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    started = {"amount": "100", "often": "once", "purpose": "most"}
    mistaken = {"amount": "7", "own": "5", "name": "Dana Demo", "email": "dana@example"}
    context = {
        "themes": THEMES,
        "rest": SpecimenForm(prefix="rest", initial=started),
        "bad": SpecimenForm(prefix="bad", data=mistaken),
        "filter_form": FilterForm(),
        "sums": {name: Money(minor, "USD") for name, minor in SUMS.items()},
        "bars": lines(),
        "moments": moments(),
        "sheet": sheet(),
        "loose_sheet": loose_sheet(),
        "facts": [(_("From"), "Dana Demo"), (_("Gift"), Money(10000, "USD")), (_("For"), _("Where it is needed most"))],
        "money_facts": [(_("Gift"), Money(10000, "USD")), (_("Card cost"), Money(330, "USD"))],
        "chips": chips(),
        "page": page(),
        "uploads": uploads(),
        "files_form": FilesForm(prefix="files"),
        "bad_files_form": FilesForm({"bad-files-letter": ""}, prefix="bad-files"),
        "moment": datetime(2026, 11, 22, 21, 58, tzinfo=UTC),
        "assessment": assessment.parts(),
    }
    return render(request, "demo/components.html", context)


SUMS = {"goal": 6_000_000, "below": 4_126_500, "at": 6_000_000, "above": 6_720_000, "minus": -330}


def lines() -> list[Bar]:
    spent = {_("Homes and repairs"): 94, _("Help desk"): 118, _("Rooms"): 60, _("Learning"): None}
    plan = {_("Homes and repairs"): 110, _("Help desk"): 105, _("Rooms"): 60, _("Learning"): 40}
    return [
        bar_of(label, _("not published") if done is None else done, reached=done, plan=plan[label], most=120)
        for label, done in spent.items()
    ]


def moments() -> list[Moment]:
    paid = datetime(2026, 11, 22, 21, 58, tzinfo=UTC)
    return [
        Moment(_("Paid by card"), _("The bank said yes."), paid, zone="America/New_York"),
        Moment(_("Receipt sent"), _("To dana@example.org."), date(2026, 11, 22), "now"),
        Moment(_("In the fund's account"), _("Paid out by Stripe."), _("within a week"), "later"),
    ]


def sheet() -> Ledger:
    columns = [Column(_("Donor")), Column(_("Where it stands")), Column(_("Amount"), is_number=True)]
    rows = [
        [Cell("Dana Demo", "#ledger", _("new today")), Cell(Badge(_("Paid"), "ok")), Cell(Money(10330, "USD"))],
        [Cell("Noor Demo"), Cell(Badge(_("Waiting"), "wait")), Cell(Money(2500, "USD"))],
    ]
    foot = [Cell(_("All gifts")), Cell(""), Cell(Money(12830, "USD"))]
    return Ledger(_("Gifts of the day"), columns, rows, foot)


def loose_sheet() -> Ledger:
    columns = [Column(_("Programme")), Column(_("Figure"), is_number=True)]
    rows = [
        [Cell(_("Workshops")), Cell(176, sure="reported")],
        [Cell(_("Visits")), Cell(_("hundreds"), sure="estimate")],
    ]
    return Ledger(
        _("What partners reported"), columns, rows, [Cell(_("Together")), Cell(_("more than 276"))], is_loose=True
    )


def chips() -> list[Chip]:
    return [
        Chip(_("All"), "?", count=31, is_current=True),
        Chip(_("Waiting"), "?state=waiting", count=4),
        Chip("2026", "?", is_removable=True),
    ]


def page() -> Page:
    return Paginator(range(54), 9).page(2)


def uploads() -> list[Upload]:
    """One file at each state, and one whose check was given up; none of them is stored."""
    password = _("This file is protected with a password. Save it without one and add it again.")
    return [
        Upload(name="tres-presupuestos.pdf", size=812_000, state=UploadState.CLEAN),
        Upload(name="carta-intendencia-firmada.pdf", size=2_140_000, state=UploadState.SCANNING),
        Upload(name="خطة-الترحيب.docx", size=96_000, state=UploadState.REJECTED, reason=str(password)),
        Upload(name="budget.xlsx", size=48_000, state=UploadState.ERROR, attempts=1),
        Upload(name="budget-2.xlsx", size=48_000, state=UploadState.ERROR, attempts=Upload.MOST_ATTEMPTS),
    ]
