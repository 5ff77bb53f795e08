from django.apps import AppConfig

from fundportal import clock
from fundportal.demo.moving import offset


class DemoConfig(AppConfig):
    name = "fundportal.demo"
    label = "demo"

    def ready(self) -> None:
        clock.move_by(offset)
