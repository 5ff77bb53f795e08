"""Pages made from records; Wagtail serves all others after these. Mounted below the language."""

from cms import call_views, grant_views, views
from fundportal.access.urls import PUBLIC, guarded

urlpatterns = [
    guarded("actions/local-actions.csv", views.table, policy=PUBLIC, name="actions_table"),
    guarded("actions/<slug:reference>/", views.action, policy=PUBLIC, name="action"),
    guarded("calls/", call_views.call_list, policy=PUBLIC, name="call_list"),
    guarded("calls/<slug:code>/", call_views.call, policy=PUBLIC, name="call"),
    guarded("calls/<slug:code>.ics", call_views.call_calendar, policy=PUBLIC, name="call_calendar"),
    guarded("calls/<slug:code>.json", call_views.call_data, policy=PUBLIC, name="call_data"),
    guarded("grants/", grant_views.grant_list, policy=PUBLIC, name="grant_list"),
    guarded("grants/<slug:reference>/", grant_views.grant, policy=PUBLIC, name="grant"),
    guarded("grants/<slug:reference>.json", grant_views.grant_data, policy=PUBLIC, name="grant_data"),
]
