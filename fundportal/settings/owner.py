"""Production as the owner of the tables: for migrate, backup and restore. No web or worker process runs with it."""

from fundportal.settings import environment
from fundportal.settings.production import *  # noqa: F403  (settings are one namespace by Django's design)
from fundportal.settings.production import DATABASE_URL

OWNER_DATABASE_URL = environment.text("OWNER_DATABASE_URL", DATABASE_URL)
DATABASES = {"default": environment.database(OWNER_DATABASE_URL)}
APP_ROLE = environment.other_user(DATABASE_URL, than=OWNER_DATABASE_URL)
