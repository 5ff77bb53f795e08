from fundportal.access.urls import SIGNED_IN, guarded
from grants.applications.views import applicant, writing

ONE = "<slug:reference>/"

app_name = "my_applications"
urlpatterns = [
    guarded("", applicant.applications, policy=SIGNED_IN, name="applications"),
    guarded("start/<int:stage_id>/", applicant.start, policy=SIGNED_IN, name="start"),
    guarded(ONE, applicant.application, policy=SIGNED_IN, name="application"),
    guarded(f"{ONE}write/<slug:key>/", writing.section, policy=SIGNED_IN, name="section"),
    guarded(f"{ONE}check/", applicant.check, policy=SIGNED_IN, name="check"),
    guarded(f"{ONE}send/", applicant.send, policy=SIGNED_IN, name="send"),
    guarded(f"{ONE}received/<int:number>/", applicant.received, policy=SIGNED_IN, name="acknowledgement"),
    guarded(f"{ONE}received/<int:number>.pdf", applicant.received_pdf, policy=SIGNED_IN, name="acknowledgement_pdf"),
    guarded(f"{ONE}files/add/", writing.add_file, policy=SIGNED_IN, name="add_file"),
    guarded(f"{ONE}files/<uuid:token>/", applicant.file, policy=SIGNED_IN, name="file"),
    guarded(f"{ONE}unlock/", applicant.unlock, policy=SIGNED_IN, name="unlock"),
    guarded(f"{ONE}withdraw/", applicant.withdraw, policy=SIGNED_IN, name="withdraw"),
    guarded(f"{ONE}people/", applicant.add_person, policy=SIGNED_IN, name="person_add"),
    guarded(f"{ONE}people/<int:collaborator>/remove/", applicant.remove_person, policy=SIGNED_IN, name="person_remove"),
]
