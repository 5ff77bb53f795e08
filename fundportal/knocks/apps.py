from django.apps import AppConfig


class KnocksConfig(AppConfig):
    name = "fundportal.knocks"
    label = "knocks"
