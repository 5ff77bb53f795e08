"""What is the same everywhere. Imports no application code and creates nothing."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parents[2]
DEMO = False
DEBUG = False
ALLOWED_HOSTS: list[str] = []

OUR_APPS = [
    "fundportal",
    "fundportal.access",
    "fundportal.audit",
    "fundportal.organisations",
    "fundportal.funds",
    "fundportal.accounts",
    "fundportal.documents",
    "fundportal.mail",
    "fundportal.knocks",
    "fundportal.ledger",
    "fundportal.office",
    "fundportal.my",
    "donations.stripe",
    "donations.campaigns",
    "donations.donors",
    "donations.gifts",
    "donations.receipts",
    "donations.giving",
    "grants.pledges",
    "grants.questionnaires",
    "grants.calls",
    "grants.applications",
    "grants.reviews",
    "grants.decisions",
    "grants.awards",
    "grants.payments",
    "grants.reports",
    "cms",
]
INSTALLED_APPS = [
    *OUR_APPS,
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_fsm",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "grants.applications.arrival.ArrivalMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "fundportal.accounts.middleware.SecondFactorMiddleware",
    "fundportal.audit.middleware.RefusedMovesMiddleware",
    "fundportal.access.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "fundportal.urls"
WSGI_APPLICATION = "fundportal.wsgi.application"
ASGI_APPLICATION = "fundportal.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fundportal.context.site",
            ],
            "libraries": {"components": "fundportal.templatetags.components"},
        },
    },
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "fundportal.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "fundportal.accounts.forms.SignInForm",
    "request_login_code": "fundportal.accounts.forms.AskForCodeForm",
    "confirm_login_code": "fundportal.accounts.forms.TypeCodeForm",
    "reset_password": "fundportal.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "fundportal.accounts.forms.NewPasswordForm",
    "set_password": "fundportal.accounts.forms.FirstPasswordForm",
    "change_password": "fundportal.accounts.forms.ChangePasswordForm",
    "reauthenticate": "fundportal.accounts.forms.ConfirmPasswordForm",
}
MFA_ADAPTER = "fundportal.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "fundportal.accounts.forms.SecondFactorForm",
    "reauthenticate": "fundportal.accounts.forms.ConfirmFactorForm",
    "activate_totp": "fundportal.accounts.forms.SetUpFactorForm",
    "add_webauthn": "fundportal.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "fundportal.accounts.forms.RenamePasskeyForm",
}
LOGIN_REDIRECT_URL = "office:desk"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
LOGIN_URL = "account_login"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
WAGTAIL_SITE_NAME = "Fund portal"
WAGTAILADMIN_BASE_URL = "http://localhost:8000"
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAIL_ENABLE_UPDATE_CHECK = False
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
MEDIA_ROOT = BASE_DIR / "var" / "media"
MEDIA_URL = "/media/"
BACKUP_DIR = str(BASE_DIR / "var" / "backups")
APP_ROLE = ""

SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
FILE_UPLOAD_HANDLERS = [
    "fundportal.documents.handlers.EnoughHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
PROXY_HOPS = 0
TRUST_REQUEST_START = False
GIVE_FASTEST_SECONDS = 2
STRIPE_CHECKOUT_ORIGIN = "https://checkout.stripe.com"
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/cms/",),
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF, STRIPE_CHECKOUT_ORIGIN],
    },
}

STRIPE_API_BASE: str | None = None
STRIPE_API_VERSION = "2026-10-28.endive"
STRIPE_LIVEMODE = False
STRIPE_OWN_ACCOUNT = ""
EMAIL_SUBJECT_PREFIX = ""
DEFAULT_FROM_EMAIL = "Fund portal <receipts@example.org>"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # Each saved page would write ten lines about its index of references.
    "loggers": {name: {"level": "WARNING"} for name in ("wagtail", "django_tasks")},
}
