"""The book: stories, chapters, paragraphs, pages, and where each person has got to."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReaderConfig(AppConfig):
    """Owns the models of DESIGN's reading side; imports nothing of the wiki."""

    name = "reader"
    verbose_name = _("Reading")
    default_auto_field = "django.db.models.BigAutoField"
