"""The wiki beside the stories. It fills the reader's seam; the reader knows nothing of it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WikiConfig(AppConfig):
    """Entries, names, facts and blocks, all of them behind one gate."""

    name = "wiki"
    verbose_name = _("Wiki")

    def ready(self) -> None:
        """Fill the reader's seam."""
        from reader.annotators import registry  # noqa: PLC0415  (models must be loaded first)
        from wiki.beside_text import annotator  # noqa: PLC0415

        registry.register(annotator)
