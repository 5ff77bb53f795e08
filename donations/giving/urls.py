from donations.giving.views.give import back, give
from donations.giving.views.thanks import again, thanks
from fundportal.access.urls import PUBLIC, guarded

app_name = "giving"
urlpatterns = [
    guarded("<slug:code>/", give, policy=PUBLIC, name="give"),
    guarded("<slug:code>/back/<uuid:uuid>/", back, policy=PUBLIC, name="back"),
    guarded("<slug:code>/thanks/<uuid:uuid>/", thanks, policy=PUBLIC, name="thanks"),
    guarded("<slug:code>/again/<uuid:uuid>/", again, policy=PUBLIC, name="again"),
]
