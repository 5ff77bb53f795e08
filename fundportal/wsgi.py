import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import reverse
from django.utils import translation

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fundportal.settings.production")

application = get_wsgi_application()


def read_what_every_request_needs() -> None:
    """Addresses and texts in each language, before the first request asks for them.

    Under `gunicorn --preload` that is before the workers part from each other: they share it, also later, since the
    collector leaves it alone.
    """
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            reverse("healthz")
    gc.collect()
    gc.freeze()


read_what_every_request_needs()
