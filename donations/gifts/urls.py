from donations.gifts.permissions import APPROVE_REFUND, READ_AGAIN, REQUEST_REFUND, VIEW
from donations.gifts.views import finance, officer
from fundportal.access.urls import guarded

app_name = "gifts"
urlpatterns = [
    guarded("", officer.gifts, policy=VIEW, name="gifts"),
    guarded("<slug:reference>/", officer.gift, policy=VIEW, name="gift"),
    guarded("<slug:reference>/read/", officer.read_again, policy=READ_AGAIN, name="read_again"),
    guarded("<slug:reference>/refund/", finance.request_refund, policy=REQUEST_REFUND, name="refund_request"),
    guarded(
        "<slug:reference>/refunds/<uuid:refund>/approve/", finance.approve, policy=APPROVE_REFUND, name="refund_approve"
    ),
    guarded(
        "<slug:reference>/refunds/<uuid:refund>/refuse/", finance.refuse, policy=APPROVE_REFUND, name="refund_refuse"
    ),
]
