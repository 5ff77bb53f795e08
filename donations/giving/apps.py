from django.apps import AppConfig


class GivingConfig(AppConfig):
    name = "donations.giving"
    label = "giving"
