"""Draws the pictures of this pack into images/: the shapes of drawing/, through a headless Chromium, in few colours."""

import io
import os
import shutil
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER))  # so that it runs from any folder

from drawing import PICTURES, palette, sheet  # noqa: E402

SIZE = 704  # units of the sheet and pixels of the picture


def draw(stems: list[str]) -> None:
    """Write images/<stem>.png for each of the stems; the same shapes give the same pixels."""
    from PIL import Image  # noqa: PLC0415 - only this needs the tools, the shapes do not
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    folder = FOLDER / "images"
    folder.mkdir(exist_ok=True)
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"))
        page = browser.new_page(viewport={"width": SIZE, "height": SIZE})
        for stem in stems:
            kind, shapes = PICTURES[stem]
            page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{sheet(kind, shapes())}")
            with Image.open(io.BytesIO(page.screenshot())) as shot:
                inks = Image.new("P", (1, 1))
                inks.putpalette(palette(kind))
                small = shot.convert("RGB").quantize(palette=inks, dither=Image.Dither.NONE)
                small.save(folder / f"{stem}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    draw(sys.argv[1:] or sorted(PICTURES))
