from fundportal.access.urls import SIGNED_IN, guarded
from grants.reports.views import grantee, writing

ONE = "<slug:reference>/<int:number>/"

app_name = "my_reports"
urlpatterns = [
    guarded("", grantee.reports, policy=SIGNED_IN, name="reports"),
    guarded(ONE, grantee.report, policy=SIGNED_IN, name="report"),
    guarded(f"{ONE}write/<slug:key>/", writing.part, policy=SIGNED_IN, name="part"),
    guarded(f"{ONE}check/", grantee.check, policy=SIGNED_IN, name="check"),
    guarded(f"{ONE}send/", grantee.send, policy=SIGNED_IN, name="send"),
    guarded(f"{ONE}sent/<int:version>/", grantee.sent_version, policy=SIGNED_IN, name="sent"),
    guarded(f"{ONE}files/add/", writing.add_file, policy=SIGNED_IN, name="add_file"),
    guarded(f"{ONE}files/<uuid:token>/", grantee.file, policy=SIGNED_IN, name="file"),
]
