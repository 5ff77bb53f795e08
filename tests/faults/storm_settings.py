"""Production, as a server of a storm runs it: only that static files need not be collected first."""

from fundportal.settings.production import *  # noqa: F403  (settings are one namespace by Django's design)
from fundportal.settings.production import LOGGING, STORAGES

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
LOGGING = {**LOGGING, "root": {"handlers": ["console"], "level": "ERROR"}}
