"""Everything from the environment; refuses to start when a secret is missing."""

from fundportal.settings import environment
from fundportal.settings.base import *  # noqa: F403  (settings are one namespace by Django's design)
from fundportal.settings.base import BASE_DIR
from fundportal.settings.stores import stores

SECRET_KEY = environment.text("SECRET_KEY")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SITE_ORIGIN = environment.text("SITE_ORIGIN")
WAGTAILADMIN_BASE_URL = SITE_ORIGIN
DATABASE_URL = environment.text("DATABASE_URL")
DATABASES = {"default": environment.database(DATABASE_URL)}
CELERY_BROKER_URL = environment.text("CELERY_BROKER_URL")
CACHES = {  # where sign-in counts its tries, for all processes together
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": environment.cache(CELERY_BROKER_URL),
    }
}
VAR_DIR = BASE_DIR / "var"
STORAGES = stores(str(VAR_DIR / "media"))
BACKUP_DIR = environment.text("BACKUP_DIR", str(VAR_DIR / "backups"))
EMAIL_HOST = environment.text("EMAIL_HOST")
EMAIL_PORT = int(environment.text("EMAIL_PORT", "587"))
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_SSL = environment.flag("EMAIL_USE_SSL", default=False)
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", default=not EMAIL_USE_SSL)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL")
STRIPE_API_KEY = environment.text("STRIPE_API_KEY")
STRIPE_WEBHOOK_SECRETS = environment.words("STRIPE_WEBHOOK_SECRETS")
STRIPE_OWN_ACCOUNT = environment.text("STRIPE_OWN_ACCOUNT", "")
STRIPE_LIVEMODE = STRIPE_API_KEY.startswith(("sk_live_", "rk_live_"))
PROXY_HOPS = int(environment.text("PROXY_HOPS", "1"))
TRUST_REQUEST_START = environment.flag("TRUST_REQUEST_START", default=False)
ALLAUTH_TRUSTED_PROXY_COUNT = PROXY_HOPS
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
