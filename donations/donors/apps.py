from django.apps import AppConfig


class DonorsConfig(AppConfig):
    name = "donations.donors"
    label = "donors"
