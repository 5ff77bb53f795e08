"""The whole site. Composition root: it knows every room, and no room knows it."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language
from wagtail import urls as wagtail_urls

from fundportal.access.urls import PUBLIC, guarded
from fundportal.health import healthz, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    guarded("healthz", healthz, policy=PUBLIC, name="healthz"),
    guarded("readyz", readyz, policy=PUBLIC, name="readyz"),
    guarded("language/", set_language, policy=PUBLIC, name="set_language"),
    path("stripe/", include("donations.stripe.webhook_urls")),
    path("cms/", include("cms.admin_urls")),
    path("", include("cms.root_urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("fundportal.demo.urls")))
urlpatterns += i18n_patterns(
    path("accounts/", include("fundportal.accounts.urls")),
    path("office/", include("fundportal.office.urls")),
    path("files/", include("fundportal.documents.urls")),
    path("office/campaigns/", include("donations.campaigns.urls")),
    path("office/gifts/", include("donations.gifts.urls")),
    path("office/stripe/", include("donations.stripe.urls")),
    path("office/forms/", include("grants.questionnaires.urls")),
    path("office/calls/", include("grants.calls.urls")),
    path("office/applications/", include("grants.applications.office_urls")),
    path("office/reviews/", include("grants.reviews.office_urls")),
    path("office/decisions/", include("grants.decisions.urls")),
    path("office/awards/", include("grants.awards.office_urls")),
    path("office/payments/", include("grants.payments.office_urls")),
    path("office/reports/", include("grants.reports.office_urls")),
    path("review/", include("grants.reviews.urls")),
    path("my/applications/", include("grants.applications.my_urls")),
    path("my/applications/", include("grants.decisions.my_urls")),
    path("my/grants/", include("grants.awards.my_urls")),
    path("my/payments/", include("grants.payments.my_urls")),
    path("my/reports/", include("grants.reports.my_urls")),
    path("my/", include("fundportal.my.urls")),
    path("give/", include("donations.giving.urls")),
    path("", include("donations.receipts.urls")),
    path("", include("cms.urls")),
    path("", include(wagtail_urls)),
)
