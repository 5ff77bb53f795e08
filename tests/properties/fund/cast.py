"""A fund before anything has happened to it: who works there, who may apply, what money it has, what it asks."""

from dataclasses import dataclass
from datetime import UTC, datetime

from donations.campaigns.models import Campaign
from fundportal import clock
from fundportal.access import Role
from fundportal.accounts.models import User
from fundportal.funds.models import BankAccount, Fund, Purpose
from fundportal.organisations.models import Organisation
from grants.questionnaires.definition import Definition
from grants.questionnaires.models import FormVersion, Questionnaire
from tests.factories.gifts import make_campaign, make_purpose
from tests.factories.organisations import make_member, make_organisation, make_signatory
from tests.factories.payments import make_account
from tests.factories.people import make_fund, make_person
from tests.factories.questionnaires import make_form_version, make_questionnaire
from tests.factories.reports import LEARNT, STORY

START = datetime(2027, 1, 4, 9, tzinfo=UTC)
AT_THE_BANK = 4_500_000  # $45,000.00: a little more than one call of the fund gives
APPLICANTS = 3
ROLES = {
    "officers": Role.OFFICER,
    "managers": Role.MANAGER,
    "chairs": Role.CHAIR,
    "clerks": Role.CLERK,
    "reviewers": Role.REVIEWER,
    "makers": Role.FINANCE_MAKER,
    "checkers": Role.FINANCE_CHECKER,
    "editors": Role.EDITOR,
}
SEVERAL = {"officers": 2, "managers": 2, "clerks": 2, "reviewers": 3, "checkers": 2}


@dataclass(frozen=True)
class Cast:
    """`everybody` also has an auditor, a stranger, a superuser without roles, and somebody `mighty` who has each."""

    fund: Fund
    purpose: Purpose
    campaign: Campaign
    account: BankAccount
    form: Questionnaire
    report_form: FormVersion
    organisations: list[Organisation]
    office: dict[str, list[int]]
    mighty: int
    everybody: list[int]


def gather() -> Cast:
    """Written by factories: what follows is told through the services alone."""
    with clock.at(START):
        fund = make_fund("storm")
        purpose = make_purpose(fund, "welcome", is_unrestricted=True)
        office = {name: hire(role, SEVERAL.get(name, 1), fund) for name, role in ROLES.items()}
        report_form = make_questionnaire(fund, form=Definition((STORY, LEARNT)))
        return Cast(
            fund=fund,
            purpose=purpose,
            campaign=make_campaign(fund, purposes=[purpose], code="storm"),
            account=make_account(fund, held=AT_THE_BANK),
            form=make_questionnaire(fund),
            report_form=make_form_version(report_form),
            organisations=[found(number) for number in range(APPLICANTS)],
            office=office,
            mighty=make_person("Uma Everything", *Role, fund=fund).pk,
            everybody=with_others(fund),
        )


def hire(role: Role, number: int, fund: Fund) -> list[int]:
    return [make_person(f"{role.label} {place}", role, fund=fund).pk for place in range(number)]


def found(number: int) -> Organisation:
    """Somebody signs for it, somebody else writes."""
    organisation = make_organisation(f"City {number}")
    make_signatory(organisation, f"Signs {number}")
    make_member(organisation, f"Writes {number}")
    return organisation


def with_others(fund: Fund) -> list[int]:
    make_person("Ada Auditor", Role.AUDITOR, fund=fund)
    make_person("Stan Stranger")
    make_person("Root", is_superuser=True)
    return list(User.objects.order_by("pk").values_list("pk", flat=True))
