from fundportal.organisations.services.conflicts import declare_conflict, end_conflict
from fundportal.organisations.services.invitations import (
    accept_invitation,
    decline_invitation,
    invite_member,
    withdraw_invitation,
)
from fundportal.organisations.services.members import change_member, end_membership
from fundportal.organisations.services.profiles import Profile, edit_organisation, register_organisation

__all__ = [
    "Profile",
    "accept_invitation",
    "change_member",
    "declare_conflict",
    "decline_invitation",
    "edit_organisation",
    "end_conflict",
    "end_membership",
    "invite_member",
    "register_organisation",
    "withdraw_invitation",
]
