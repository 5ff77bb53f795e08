from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "fundportal.organisations"
    label = "organisations"

    def ready(self) -> None:
        from fundportal.audit import wording
        from fundportal.audit.queries import keep_out
        from fundportal.organisations.record import entries_kept_from

        words = {
            "organisations.register": _("Organisation registered"),
            "organisations.edit": _("Profile of an organisation changed"),
            "organisations.invite": _("Member invited"),
            "organisations.withdraw_invitation": _("Invitation taken back"),
            "organisations.join": _("Member joined"),
            "organisations.decline": _("Invitation declined"),
            "organisations.change_member": _("Right to sign changed"),
            "organisations.end_membership": _("Membership ended"),
            "conflicts.declare": _("Conflict of interest declared"),
            "conflicts.end": _("Conflict of interest ended"),
        }
        wording.register(words)
        keep_out(entries_kept_from)
