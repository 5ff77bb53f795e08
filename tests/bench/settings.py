"""Production's settings; but nothing leaves this machine, and files go where the bench throws them away."""

from fundportal.settings import environment, production
from fundportal.settings.production import *  # noqa: F403  (settings are one namespace by Django's design)

STATIC_ROOT = environment.text("BENCH_STATIC")
STATIC_FILES = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
STORAGES = production.STORAGES | {"staticfiles": STATIC_FILES}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
STRIPE_API_BASE = "http://127.0.0.1:1"
