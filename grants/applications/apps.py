from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApplicationsConfig(AppConfig):
    name = "grants.applications"
    label = "applications"
    verbose_name = _("Applications")

    def ready(self) -> None:
        from fundportal import due
        from fundportal.audit import wording
        from fundportal.ledger import invariants
        from fundportal.mail.editable import declare
        from fundportal.waiting import register_waiting
        from grants.applications import queries
        from grants.applications.letters import LETTERS
        from grants.applications.queries.proofs import PROOFS
        from grants.applications.services import IN_FLIGHT
        from grants.applications.wording import ACTIONS

        wording.register(ACTIONS)
        declare(*LETTERS)
        for name, check in PROOFS.items():
            invariants.register(name, check)
        for source in (
            queries.answers_asked,
            queries.drafts_to_send,
            queries.to_be_checked,
            queries.exclusions_to_decide,
        ):
            register_waiting(source)
        self._offer_pages()
        self._follow_calls()
        due.register(_("Drafts lapse and what arrived is counted"), partial(queries.next_count_at, IN_FLIGHT))

    def _offer_pages(self) -> None:
        from fundportal.context import my_page, office_page
        from fundportal.search import register_search
        from grants.applications.permissions import VIEW
        from grants.applications.search import APPLICATIONS

        office_page(_("Applications"), "applications:applications", permission=VIEW, position=20)
        my_page(_("My applications"), "my_applications:applications", position=10)
        register_search(APPLICATIONS, position=30)

    def _follow_calls(self) -> None:
        from grants.applications.cards import of_stage, tell_applicant, tell_office, when_the_call_is_cancelled
        from grants.applications.services import tell_of_cancelling
        from grants.calls.cards import offer_on_stage
        from grants.calls.services import when_cancelled

        offer_on_stage(of_stage)
        when_cancelled(tell_of_cancelling)
        tell_applicant(when_the_call_is_cancelled)
        tell_office(when_the_call_is_cancelled)
