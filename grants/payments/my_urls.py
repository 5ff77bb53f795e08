from fundportal.access.urls import SIGNED_IN, guarded
from grants.payments.views import my

app_name = "my_payments"
urlpatterns = [
    guarded("", my.payments, policy=SIGNED_IN, name="payments"),
    guarded("bank/<int:organisation_id>/", my.bank, policy=SIGNED_IN, name="bank"),
    guarded("bank/<int:organisation_id>/propose/", my.propose, policy=SIGNED_IN, name="propose"),
    # the same page from where only the grant is at hand
    guarded("bank/<slug:reference>/", my.bank_of_award, policy=SIGNED_IN, name="bank"),
    guarded("grants/<slug:reference>/accept/", my.accept, policy=SIGNED_IN, name="accept"),
]
