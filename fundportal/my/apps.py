from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MyConfig(AppConfig):
    name = "fundportal.my"
    label = "my"

    def ready(self) -> None:
        from fundportal.context import my_page
        from fundportal.my.queries import invitations_to_answer
        from fundportal.waiting import register_waiting

        my_page(_("My page"), "my:desk", position=0)
        my_page(_("My account"), "my:account", position=90)
        register_waiting(invitations_to_answer)
