from donations.stripe.permissions import RETRY, VIEW
from donations.stripe.views import officer
from fundportal.access.urls import guarded

app_name = "stripe"
urlpatterns = [
    guarded("", officer.inbox, policy=VIEW, name="inbox"),
    guarded("calls/", officer.calls, policy=VIEW, name="calls"),
    guarded("<int:event_id>/", officer.event, policy=VIEW, name="event"),
    guarded("<int:event_id>/retry/", officer.retry, policy=RETRY, name="event_retry"),
]
