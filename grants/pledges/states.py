"""Every fixed word of the register: who files an action, under which compact, for which of the eight priorities."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Submitter(TextChoices):
    CITY = "city", _("City")
    REGION = "region", _("Region")
    NETWORK = "network", _("Network")
    NATIONAL_GOVERNMENT = "national_government", _("National government")
    NGO = "ngo", _("Association")


class Kind(TextChoices):
    """Which global compact an action answers to; a mirror pledge answers to both."""

    MIRROR = "mirror", _("Mirror pledge")
    MIGRATION = "gcm", _("Migration pledge")
    REFUGEES = "gcr", _("Refugee pledge")
    INTERNAL_DISPLACEMENT = "idp", _("Internal displacement")
    UNKNOWN = "unknown", _("Kind not published")


class Reach(TextChoices):
    """An action belongs to countries, or to no single one."""

    COUNTRIES = "countries", _("In the countries named")
    EUROPE = "europe", _("Europe")
    WORLD = "world", _("Worldwide")


class Priority(IntegerChoices):
    """The eight priorities of the Call to Local Action, as its second report prints them."""

    GOVERNANCE = 1, _("Improve migration governance and the protection of forcibly displaced people")
    DRIVERS = 2, _("Minimise the drivers of forced displacement, including climate change and environmental factors")
    PROTECTION = 3, _("Protect the most vulnerable")
    SERVICES = 4, _("Provide access to urban infrastructure, social services and education regardless of status")
    INCLUSION = 5, _("Realise socio-economic inclusion")
    DISCOURSE = 6, _("Eliminate all forms of discrimination and promote evidence-based public discourse")
    WELCOME = 7, _("Support welcoming and advance community sponsorship initiatives")
    PARTNERSHIP = 8, _("Engage in regional and multilateral partnerships and strengthen city-to-city cooperation")
