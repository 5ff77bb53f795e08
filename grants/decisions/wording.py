"""What the record says of decisions."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "applications.recommend": _("Recommended by the panel"),
    "applications.reserve": _("Put on the reserve list"),
    "applications.not_recommend": _("Not recommended by the panel"),
    "applications.approve": _("Approved, not announced yet"),
    "applications.decline": _("Declined, not announced yet"),
    "applications.promote": _("Approved from the reserve list, not announced yet"),
    "applications.expire_reserve": _("Declined from the reserve list, not announced yet"),
    "applications.unstage": _("Decision taken back before the announcement"),
    "applications.invite": _("Invited to the next stage"),
    "decisions.propose_invitation": _("Proposed for the next stage"),
    "decisions.drop_invitation": _("Proposal for the next stage dropped"),
    "applications.uphold_appeal": _("Appeal upheld"),
    "decisions.file_appeal": _("Appeal filed"),
    "decisions.answer_appeal": _("Appeal answered by one of two people"),
    "decisions.settle_appeal": _("Appeal settled by two people"),
    "decisions.tell_appeal": _("Letter with the answer to the appeal written"),
    "decisions.prepare": _("List for the body prepared"),
    "decisions.change": _("Facts of the meeting changed"),
    "decisions.list": _("Application put on the list, or its line changed"),
    "decisions.unlist": _("Application taken off the list"),
    "decisions.submit_to_body": _("List put before the body"),
    "decisions.send_back": _("List sent back by the body"),
    "decisions.approve": _("List approved by one of two people"),
    "decisions.adopt": _("List adopted, money held"),
    "decisions.reject": _("List rejected by the body"),
    "decisions.release": _("Decisions announced, letters written"),
    "decisions.tell": _("Letter with the decision written"),
}
