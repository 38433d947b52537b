"""The wiki beside the stories. It fills the reader's seam; the reader knows nothing of it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WikiConfig(AppConfig):
    """Has no models yet: entries, names and the gate come with the next release."""

    name = "wiki"
    verbose_name = _("Wiki")
