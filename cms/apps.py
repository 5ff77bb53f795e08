from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from cms.headers import header_links
        from cms.navigation import footer_links
        from cms.permissions import EDIT
        from fundportal import context

        context.main_nav.offer(header_links)
        context.footer_links.offer(footer_links)
        context.office_page(_("Pages"), "wagtailadmin_home", permission=EDIT, position=75)
