from fundportal.access.urls import guarded
from grants.questionnaires.permissions import EDIT as EDIT_FORMS
from grants.questionnaires.permissions import VIEW as VIEW_FORMS
from grants.reports.permissions import PUBLISH, REVIEW, VIEW, WAIVE
from grants.reports.views import asking, moves, officer

ONE = "<slug:reference>/<int:number>/"

app_name = "reports"
urlpatterns = [
    guarded("", officer.reports, policy=VIEW, name="reports"),
    guarded("forms/", asking.forms, policy=VIEW_FORMS, name="forms"),
    guarded("forms/start/", asking.start, policy=EDIT_FORMS, name="form_start"),
    guarded("forms/publish/<int:pk>/", asking.publish, policy=EDIT_FORMS, name="form_publish"),
    guarded(ONE, officer.report, policy=VIEW, name="report"),
    guarded(f"{ONE}files/<uuid:token>/", officer.file, policy=VIEW, name="file"),
    guarded(f"{ONE}ask/", moves.ask, policy=REVIEW, name="ask"),
    guarded(f"{ONE}accept/", moves.accept, policy=REVIEW, name="accept"),
    guarded(f"{ONE}waive/", moves.waive, policy=WAIVE, name="waive"),
    guarded(f"{ONE}publish/", moves.publish, policy=PUBLISH, name="publish"),
    guarded(f"{ONE}publish/end/", moves.unpublish, policy=PUBLISH, name="unpublish"),
]
