"""The book: stories, chapters, paragraphs, pages, and where each person has got to."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ReaderConfig(AppConfig):
    """Owns the models of DESIGN's reading side; imports nothing of the wiki."""

    name = "reader"
    verbose_name = _("Reading")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Every app's `jobs` module names the kinds of jobs that it does; throttling.py has one of its own."""
        autodiscover_modules("jobs")
        from reader import throttling  # noqa: F401, PLC0415  (models must be loaded first)
