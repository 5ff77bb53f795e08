from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "grants.reviews"
    label = "reviews"
    verbose_name = _("Reviews")

    def ready(self) -> None:
        from fundportal import due
        from fundportal.audit import wording
        from fundportal.mail.editable import declare
        from fundportal.organisations.conflicts import on_declared
        from fundportal.waiting import register_waiting
        from grants.calls.cards import offer_on_call
        from grants.reviews.cards import of_call
        from grants.reviews.letters import LETTERS
        from grants.reviews.queries import waiting
        from grants.reviews.queries.reopening import reopenings_to_decide
        from grants.reviews.services.settling import recuse_everywhere
        from grants.reviews.wording import ACTIONS

        wording.register(ACTIONS)
        declare(*LETTERS)
        on_declared(recuse_everywhere)
        offer_on_call(of_call)
        self._offer_pages()
        for source in (
            waiting.invitations_to_answer,
            waiting.reviews_due,
            waiting.plans_to_approve,
            waiting.reviews_to_seal,
            reopenings_to_decide,
        ):
            register_waiting(source)
        due.register(_("Invitations to read end"), waiting.next_answer_at)

    def _offer_pages(self) -> None:
        from fundportal.context import my_page, office_page
        from grants.reviews.permissions import REVIEW, VIEW

        my_page(_("My reviews"), "reviews:desk", permission=REVIEW, position=15)
        office_page(_("Reviews"), "office_reviews:panels", permission=VIEW, position=25)
