from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AwardsConfig(AppConfig):
    name = "grants.awards"
    label = "awards"
    verbose_name = _("Awards")

    def ready(self) -> None:
        from fundportal import due
        from fundportal.audit import wording
        from fundportal.ledger import holds, invariants
        from fundportal.mail.editable import declare
        from fundportal.search import register_search
        from grants.awards.desk import register
        from grants.awards.letters import LETTERS
        from grants.awards.queries.amendments import held_for_raises
        from grants.awards.queries.due import next_lapse_at, next_payment_at
        from grants.awards.queries.proofs import PROOFS
        from grants.awards.search import AWARDS
        from grants.awards.wording import ACTIONS

        wording.register(ACTIONS)
        declare(*LETTERS)
        for name, check in PROOFS.items():
            invariants.register(name, check)
        holds.register("approved changes of awards", held_for_raises)
        due.register(_("Offers nobody answered lapse"), next_lapse_at)
        due.register(_("Payments may be asked for"), next_payment_at)
        register()
        register_search(AWARDS, position=40)
