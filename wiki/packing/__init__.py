"""Packs: a story's wiki as a folder of Markdown files that people write, keep and send each other."""

from wiki.packing.exporting import export_pack
from wiki.packing.importing import Report, import_pack

__all__ = ["Report", "export_pack", "import_pack"]
