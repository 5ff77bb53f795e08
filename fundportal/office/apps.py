from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficeConfig(AppConfig):
    name = "fundportal.office"
    label = "office"

    def ready(self) -> None:
        from fundportal.context import office_page
        from fundportal.office.access import resets_to_approve
        from fundportal.office.queries import failed_letters, roles_in_force, roles_to_approve
        from fundportal.office.search import ORGANISATIONS, PEOPLE
        from fundportal.search import register_search
        from fundportal.waiting import register_changes, register_waiting

        office_page(_("My desk"), "office:desk", permission="office.open", position=0)
        office_page(_("People and roles"), "office:people", permission="roles.view", position=80)
        office_page(_("Conflicts"), "office:conflicts", permission="conflicts.view", position=82)
        office_page(_("Letters"), "office:letters", permission="mail.view", position=85)
        office_page(_("Record"), "office:record", permission="audit.view", position=90)
        register_search(PEOPLE, position=10)
        register_search(ORGANISATIONS, position=20)
        register_waiting(roles_to_approve)
        register_waiting(resets_to_approve)
        register_waiting(failed_letters)
        register_changes(roles_in_force)
