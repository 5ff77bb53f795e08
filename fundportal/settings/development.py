"""One machine, SQLite, the sandbox beside it: what `./run demo` and `./run manage` use."""

from fundportal.settings import environment
from fundportal.settings.base import *  # noqa: F403  (settings are one namespace by Django's design)
from fundportal.settings.base import BASE_DIR, CONTENT_SECURITY_POLICY, INSTALLED_APPS

DEMO = True
DEBUG = environment.flag("DEBUG")
SECRET_KEY = environment.text("SECRET_KEY", "development-only-and-not-a-secret-at-all-0000000000")
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["fundportal.demo", *INSTALLED_APPS]
VAR_DIR = BASE_DIR / "var"
DATABASE_URL = environment.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'demo.sqlite3'}")
DATABASES = {"default": environment.database(DATABASE_URL)}
CELERY_BROKER_URL = environment.text("CELERY_BROKER_URL", "filesystem://")
if CELERY_BROKER_URL == "filesystem://":
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR_DIR / "broker"),
        "data_folder_out": str(VAR_DIR / "broker"),
        "control_folder": str(VAR_DIR / "broker-control"),
    }
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(VAR_DIR / "documents")},
    },
    "quarantine": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(VAR_DIR / "quarantine")},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
SITE_ORIGIN = environment.text("SITE_ORIGIN", "http://localhost:8000")
WAGTAILADMIN_BASE_URL = SITE_ORIGIN
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
STRIPE_API_KEY = environment.text("STRIPE_API_KEY", "sk_test_sandbox")
STRIPE_WEBHOOK_SECRETS = environment.words("STRIPE_WEBHOOK_SECRETS", "whsec_sandbox")
STRIPE_API_BASE = environment.text("STRIPE_API_BASE", "http://localhost:8001")
STRIPE_CHECKOUT_ORIGIN = environment.text("STRIPE_CHECKOUT_ORIGIN", STRIPE_API_BASE)
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] = ["'self'", STRIPE_CHECKOUT_ORIGIN]
SILENCED_SYSTEM_CHECKS: list[str] = []
