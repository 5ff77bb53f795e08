from donations.campaigns.permissions import MANAGE, VIEW
from donations.campaigns.views import manager
from fundportal.access.urls import guarded

app_name = "campaigns"
urlpatterns = [
    guarded("", manager.campaigns, policy=VIEW, name="campaigns"),
    guarded("<slug:code>/close/", manager.close, policy=MANAGE, name="close"),
    guarded("<slug:code>/reopen/", manager.reopen, policy=MANAGE, name="reopen"),
]
