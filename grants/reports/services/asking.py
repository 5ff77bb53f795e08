"""Forms that ask for a report. A call publishes its own forms; these are published here."""

from django.db import transaction

from fundportal.accounts.models import User
from grants.questionnaires.models import FormVersion, Questionnaire
from grants.questionnaires.services import create_questionnaire, freeze, save_definition
from grants.reports.starter import starter


@transaction.atomic
def start_report_form(fund_id: int, *, name: str, by: User) -> Questionnaire:
    """With the questions most funds start from. Raises NotAllowed."""
    form = create_questionnaire(fund_id, name=name, by=by)
    return save_definition(form.pk, definition=starter(), version=form.version, by=by)


def publish_report_form(questionnaire_id: int, *, by: User) -> FormVersion:
    """From now on offers may name it; awards that name an older version keep that. Raises Refusal (409), NotAllowed."""
    return freeze(questionnaire_id, by=by)
