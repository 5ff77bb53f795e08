from fundportal.access.urls import SIGNED_IN, guarded
from grants.decisions.views import applicant

app_name = "my_decisions"
urlpatterns = [guarded("<slug:reference>/appeal/", applicant.appeal, policy=SIGNED_IN, name="appeal")]
