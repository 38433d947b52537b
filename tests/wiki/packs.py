"""Small packs for tests, and everything that a story's wiki holds as one value."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image as Picture

from reader.models import Story
from wiki.models import Block, Entry, Fact, Image, Kind, Link, Name, Slug, Wiki
from wiki.models import Picture as Portrait

WHY = "a test looks at all there is"


def entry(body: str = "", *, kind: str = "character", head: str = "", **names: str) -> str:
    """A file: names as `Ines="1:20"` (underscores are blanks), the first a title; `head` is more TOML."""
    tables = "".join(
        f'[[names]]\nname = "{name.replace("_", " ")}"\nsince = "{since}"\n' for name, since in names.items()
    )
    return f'+++\nkind = "{kind}"\n{tables}{head}+++\n{body}\n'


def write_pack(root: Path, files: Mapping[str, Any], *, story: str = "the-lamp", about: str = "") -> Path:
    """A pack in a folder; entries by name without `.md`, other files by their path."""
    for name, content in {"story.toml": f'story = "{story}"\n{about}', **files}.items():
        path = root / name if "." in name else root / "entries" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def png(colour: str = "red", size: tuple[int, int] = (700, 700), kind: str = "PNG") -> bytes:
    """A picture's bytes."""
    out = io.BytesIO()
    Picture.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def wiki_of(story: Story) -> dict[str, Any]:
    """All rows of a story's wiki, without what is random (ids, keys) and without versions, by the file of the entry."""
    images = {row.pk: row for row in Image.objects.whole(because=WHY).filter(story=story)}
    ids = {row.public_id: f"<{row.source_name}>" for row in images.values()}

    def named(value: Any) -> Any:
        if isinstance(value, str):
            for identity, name in ids.items():
                value = value.replace(identity, name)
            return value
        if isinstance(value, list):
            return [named(one) for one in value]
        return {key: named(one) for key, one in value.items()} if isinstance(value, dict) else value

    found: dict[str, Any] = {"kinds": [], "entries": {}, "premise": ""}
    found["premise"] = Wiki.objects.get(story=story).premise
    kinds = Kind.objects.filter(story=story).order_by("position")
    found["kinds"] = list(kinds.values_list("slug", "name", "plural", "icon", "hue", "labels"))
    found["images"] = sorted((one.source_name, one.digest, one.width, one.height, one.since) for one in images.values())
    for row in Entry.objects.whole(because=WHY).filter(story=story).select_related("kind").order_by("source_name"):
        own: dict[str, Any] = {"kind": row.kind.slug, "since": row.since}
        for model, names in (
            (Slug, ("slug", "since", "is_redirect")),
            (Name, ("text", "folded", "sort", "since", "until", "only_by_hand", "only_capital", "is_stamped")),
            (Fact, ("label", "source", "html", "text", "links", "since", "until", "is_many", "is_stamped")),
            (Portrait, ("image__source_name", "alt", "since", "until", "is_stamped")),
            (Block, ("kind", "shape", "source", "html", "text", "since", "until", "is_stamped")),
            (Link, ("number", "folded", "since", "until")),
        ):
            order = "position" if hasattr(model, "position") else "pk"
            rows = model.objects.whole(because=WHY).filter(entry=row).order_by(order)
            values = [tuple(named(value) for value in one) for one in rows.values_list(*names)]
            own[model.__name__] = values if order == "position" else sorted(values, key=str)
        found["entries"][row.source_name] = own
    return found


def rows_of(story: Story) -> dict[str, Any]:
    """Every row with its primary key and all its columns: equal only if nothing at all was written."""
    models = (Wiki, Kind, Entry, Slug, Name, Fact, Portrait, Block, Link, Image)
    managers = [(model, getattr(model.objects, "whole", None)) for model in models]
    return {
        model.__name__: sorted(
            (whole(because=WHY) if whole else model.objects.all()).filter(story=story).values_list(),
            key=str,
        )
        for model, whole in managers
    }


def gates(story: Story, file: str) -> list[tuple[str, int, str]]:
    """The source, the point and the key of every block of an entry."""
    rows = Block.objects.whole(because=WHY).filter(story=story, entry__source_name=f"{file}.md").order_by("position")
    return list(rows.values_list("source", "since", "key"))
