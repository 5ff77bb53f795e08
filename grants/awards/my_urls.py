from fundportal.access.urls import SIGNED_IN, guarded
from grants.awards.views import grantee, my_amending

ONE = "<slug:reference>/"
CHANGED = f"{ONE}changes/<int:number>/"
AGREEMENT = f"{ONE}agreement/<int:number>/"

app_name = "my_grants"
urlpatterns = [
    guarded("", grantee.grants, policy=SIGNED_IN, name="grants"),
    guarded(ONE, grantee.grant, policy=SIGNED_IN, name="grant"),
    guarded(AGREEMENT, grantee.agreement, policy=SIGNED_IN, name="agreement"),
    guarded(f"{AGREEMENT}approve/", grantee.approve, policy=SIGNED_IN, name="approve"),
    guarded(f"{AGREEMENT}change/", grantee.change, policy=SIGNED_IN, name="change"),
    guarded(f"{AGREEMENT}sign/", grantee.sign, policy=SIGNED_IN, name="sign"),
    guarded(f"{ONE}changes/new/", my_amending.amend, policy=SIGNED_IN, name="amend"),
    guarded(CHANGED, my_amending.amendment, policy=SIGNED_IN, name="amendment"),
    guarded(f"{CHANGED}edit/", my_amending.edit, policy=SIGNED_IN, name="amendment_edit"),
    guarded(f"{CHANGED}submit/", my_amending.submit, policy=SIGNED_IN, name="amendment_submit"),
    guarded(f"{CHANGED}withdraw/", my_amending.withdraw, policy=SIGNED_IN, name="amendment_withdraw"),
    guarded(f"{ONE}decline/", grantee.decline, policy=SIGNED_IN, name="decline"),
    guarded(f"{ONE}payments/<int:number>/ask/", grantee.request_payment, policy=SIGNED_IN, name="request_payment"),
]
