"""Production's settings; but nothing leaves this machine, and files go where the bench throws them away."""

from fundportal.settings import environment
from fundportal.settings.production import *  # noqa: F403  (settings are one namespace by Django's design)

STATIC_ROOT = environment.text("BENCH_STATIC")
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
STRIPE_API_BASE = "http://127.0.0.1:1"
