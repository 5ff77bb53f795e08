"""The three funds: two real ones with their published names, and the practice round where money moves."""

from collections.abc import Callable
from datetime import timedelta

from donations.campaigns.models import Campaign
from fundportal import clock
from fundportal.access import SYSTEM
from fundportal.funds.models import BankAccount, Fund, LegalDonee, Purpose, StripeAccount
from fundportal.ledger.queries import journal_of
from fundportal.ledger.services import Line, Memo, post
from fundportal.ledger.states import JournalKind
from fundportal.money import Money
from fundportal.organisations.models import Kind, Organisation

OPENING_BALANCE = Money(25_000_000, "USD")
OPENED_BEFORE = timedelta(days=330)
WORDINGS = {
    "en": "No goods or services were provided in exchange for this gift.",
    "fr": "Aucun bien ni service n’a été fourni en échange de ce don.",
}
REAL_FUNDS = (
    {
        "code": "bicf",
        "theme": "bicf",
        "time_zone": "America/New_York",
        "fiscal_year_start_month": 7,
        "names": {
            "en": "Baltimore Immigrant Community Fund",
            "fr": "Fonds communautaire pour les immigrants de Baltimore",
        },
    },
    {
        "code": "gcf",
        "theme": "gcf",
        "time_zone": "America/New_York",
        "names": {
            "en": "Global Cities Fund for Migrants and Refugees",
            "fr": "Fonds mondial des villes pour les migrants et les réfugiés",
        },
    },
)
PURPOSES = (
    {
        "code": "general",
        "is_unrestricted": True,
        "names": {"en": "Where it is needed most", "fr": "Là où le besoin est le plus grand"},
        "descriptions": {
            "en": "The fund’s council decides, in public.",
            "fr": "Le conseil du fonds décide, en public.",
        },
    },
    {
        "code": "legal-help",
        "names": {"en": "Free legal consultations", "fr": "Consultations juridiques gratuites"},
        "descriptions": {"en": "Kept apart in the books.", "fr": "Tenu à part dans les comptes."},
    },
    {
        "code": "help-line",
        "names": {"en": "The help line", "fr": "La ligne d’écoute"},
        "descriptions": {"en": "Kept apart in the books.", "fr": "Tenu à part dans les comptes."},
    },
)


def load(report: Callable[[str], None]) -> None:
    for facts in REAL_FUNDS:
        Fund.objects.get_or_create(code=facts["code"], defaults={**facts, "contact_email": "hello@example.org"})
    practice = _practice_fund()
    _opening_balance(practice)
    _campaign(practice)
    report("3 funds, 1 campaign that takes practice gifts, an opening balance to promise grants from")


def _practice_fund() -> Fund:
    donee, _made = LegalDonee.objects.get_or_create(
        name="Port Aurora Demo Sponsor",
        defaults={
            "organisation": _sponsor(),
            "address": "1 Example Street, Port Aurora 00000",
            "tax_identifier": "EIN 00-0000000",
        },
    )
    fund, _made = Fund.objects.get_or_create(
        code="practice",
        defaults={
            "names": {"en": "Port Aurora Welcome Fund", "fr": "Fonds d’accueil de Port Aurora"},
            "theme": "practice",
            "time_zone": "America/New_York",
            "legal_donee": donee,
            "is_practice": True,
            "receipt_wordings": WORDINGS,
            "contact_email": "hello@example.org",
        },
    )
    for position, facts in enumerate(PURPOSES):
        Purpose.objects.get_or_create(fund=fund, code=facts["code"], defaults={**facts, "position": position})
    StripeAccount.objects.get_or_create(account_id="acct_sandbox", defaults={"fund": fund})
    BankAccount.objects.get_or_create(
        fund=fund, code="main", defaults={"label": "Port Aurora Demo Bank", "currency": "USD", "last_digits": "0000"}
    )
    return fund


def _opening_balance(fund: Fund) -> None:
    """Made-up money at the made-up bank before the first call, to give from. It counts in no campaign."""
    source = ("opening", f"{fund.code}:USD")
    if journal_of(fund, source) is not None:
        return
    purpose = fund.purposes.get(is_unrestricted=True)
    with clock.at(clock.now() - OPENED_BEFORE):
        post(
            fund=fund,
            kind=JournalKind.OPENING,
            source=source,
            lines=[Line("bank:main", OPENING_BALANCE), Line("contributions", -OPENING_BALANCE, purpose)],
            by=SYSTEM,
            business_on=clock.today(fund.time_zone),
            texts=Memo("Practice money of the demo", "Practice money of the demo"),
        )


def _sponsor() -> Organisation:
    made, _is_new = Organisation.objects.get_or_create(
        name="Port Aurora Demo Sponsor",
        defaults={"kind": Kind.SPONSOR, "country": "US", "city": "Port Aurora", "is_fictional": True},
    )
    return made


def _campaign(fund: Fund) -> None:
    campaign, _made = Campaign.objects.get_or_create(
        code="port-aurora-welcome",
        defaults={
            "fund": fund,
            "titles": {"en": "Keep both help lines staffed", "fr": "Garder les deux lignes d’écoute ouvertes"},
            "ledes": {
                "en": "Practice campaign in the made-up city of Port Aurora. Only sandbox gifts count here.",
                "fr": "Campagne d’essai dans la ville fictive de Port Aurora. Seuls comptent ici les dons d’essai.",
            },
            "currency": "USD",
            "presets_minor": [2500, 5000, 10000, 25000, 50000],
            "minimum_minor": 500,
            "maximum_minor": 2500000,
            "goal_minor": 6000000,
        },
    )
    campaign.purposes.set(fund.purposes.all())
