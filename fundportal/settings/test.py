"""The suite: SQLite in a file of its own, or whatever DATABASE_URL names; nothing leaves the process."""

from fundportal.settings import environment
from fundportal.settings.base import *  # noqa: F403  (settings are one namespace by Django's design)
from fundportal.settings.base import BASE_DIR, CONTENT_SECURITY_POLICY, INSTALLED_APPS

DEMO = True
SECRET_KEY = "tests-only-and-not-a-secret-at-all-000000000000000000"  # noqa: S105  (no secret: tests only)
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["fundportal.demo", *INSTALLED_APPS]
VAR_DIR = BASE_DIR / "var" / "test"
DATABASE_URL = environment.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'unused.sqlite3'}")
DATABASES = {"default": environment.database(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
else:
    DATABASES["default"]["TEST"] = {"NAME": "fundportal_test"}
    DATABASES["default"]["CONN_MAX_AGE"] = 0
CELERY_BROKER_URL = environment.text("CELERY_BROKER_URL", "memory://")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "quarantine": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = VAR_DIR / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
SITE_ORIGIN = "http://testserver"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
GIVE_FASTEST_SECONDS = 0
STRIPE_API_KEY = "sk_test_sandbox"
STRIPE_WEBHOOK_SECRETS = ["whsec_sandbox"]
STRIPE_API_BASE = "http://127.0.0.1:1"
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] = ["'self'", "http://127.0.0.1:*", "http://localhost:*"]
