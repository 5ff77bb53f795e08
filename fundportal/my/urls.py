from fundportal.access.urls import SIGNED_IN, guarded
from fundportal.my.views import account, conflicts, desk, members, organisations

app_name = "my"
urlpatterns = [
    guarded("", desk.desk, policy=SIGNED_IN, name="desk"),
    guarded("account/", account.account, policy=SIGNED_IN, name="account"),
    guarded("account/keys/<int:reset_id>/withdraw/", account.keep_keys, policy=SIGNED_IN, name="reset_withdraw"),
    guarded("absence/", account.absence, policy="conflicts.own", name="absence"),
    guarded("conflicts/", conflicts.conflicts, policy="conflicts.own", name="conflicts"),
    guarded("organisations/add/", organisations.add, policy=SIGNED_IN, name="organisation_add"),
    guarded("organisations/<int:organisation_id>/", organisations.page, policy=SIGNED_IN, name="organisation"),
    guarded(
        "organisations/<int:organisation_id>/edit/", organisations.edit, policy=SIGNED_IN, name="organisation_edit"
    ),
    guarded("organisations/<int:organisation_id>/invite/", members.invite, policy=SIGNED_IN, name="invite"),
    guarded("members/<int:membership_id>/signs/", members.signs, policy=SIGNED_IN, name="member_signs"),
    guarded("members/<int:membership_id>/writes/", members.writes, policy=SIGNED_IN, name="member_writes"),
    guarded("members/<int:membership_id>/end/", members.end, policy=SIGNED_IN, name="member_end"),
    guarded("invitations/<int:invitation_id>/", members.invitation, policy=SIGNED_IN, name="invitation"),
    guarded("invitations/<int:invitation_id>/accept/", members.accept, policy=SIGNED_IN, name="invitation_accept"),
    guarded("invitations/<int:invitation_id>/decline/", members.decline, policy=SIGNED_IN, name="invitation_decline"),
    guarded(
        "invitations/<int:invitation_id>/withdraw/", members.withdraw, policy=SIGNED_IN, name="invitation_withdraw"
    ),
]
