"""The site itself as an app: it owns the checks, the site's own commands and nothing in the database."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    """Registers the system checks of config/checks.py."""

    name = "config"
    label = "site"
    verbose_name = _("Story So Far")

    def ready(self) -> None:
        """Importing the module registers its checks."""
        from config import checks  # noqa: F401, PLC0415  (the app registry must be ready first)
