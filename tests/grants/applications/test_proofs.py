"""What `check_invariants` asks of applications is silent over everything that people may do."""

import pytest

from fundportal import clock
from grants.applications import services
from grants.applications.models import Application
from grants.applications.queries.proofs import received_applications_have_a_revision
from tests.factories.applications import make_application

pytestmark = pytest.mark.django_db


def test_a_draft_that_is_withdrawn_was_never_received_and_what_was_sent_has_to_be_kept():
    draft = make_application()
    services.withdraw(draft.pk, by=draft.started_by)
    assert list(received_applications_have_a_revision()) == []

    Application.objects.filter(pk=draft.pk).update(submitted_at=clock.now())
    assert list(received_applications_have_a_revision()) == [f"{draft} counts as received and nothing was kept"]
