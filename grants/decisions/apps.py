from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DecisionsConfig(AppConfig):
    name = "grants.decisions"
    label = "decisions"
    verbose_name = _("Decisions")

    def ready(self) -> None:
        from fundportal import due
        from fundportal.audit import wording
        from fundportal.context import office_page
        from fundportal.ledger import holds, invariants
        from fundportal.mail.editable import declare
        from fundportal.waiting import register_waiting
        from grants.decisions.letters import LETTERS
        from grants.decisions.permissions import VIEW
        from grants.decisions.queries.appeals import appeals_to_answer
        from grants.decisions.queries.holds import held_by_purpose, holds_without_a_decision
        from grants.decisions.queries.invitations import to_invite
        from grants.decisions.queries.waiting import next_release_at, sent_back, to_approve, to_recommend
        from grants.decisions.wording import ACTIONS

        wording.register(ACTIONS)
        declare(*LETTERS)
        self._speak_in_other_rooms()
        holds.register("decisions", held_by_purpose)
        invariants.register("every budget hold stands for a decision", holds_without_a_decision)
        office_page(_("Decisions"), "decisions:decisions", permission=VIEW, position=40)
        for source in (to_recommend, to_approve, sent_back, to_invite, appeals_to_answer):
            register_waiting(source)
        due.register(_("Decisions are announced"), next_release_at)

    def _speak_in_other_rooms(self) -> None:
        from grants.applications.cards import tell_applicant, tell_office
        from grants.calls.cards import offer_on_call
        from grants.calls.services import when_cancelled
        from grants.decisions.cards import applicant_notes, of_call, office_notes
        from grants.decisions.services import refuse_to_cancel_what_is_decided

        offer_on_call(of_call)
        tell_applicant(applicant_notes)
        tell_office(office_notes)
        when_cancelled(refuse_to_cancel_what_is_decided)
