from django.apps import AppConfig


class FundsConfig(AppConfig):
    name = "fundportal.funds"
    label = "funds"
