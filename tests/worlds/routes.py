"""Every address of reader, wiki and site, with arguments that are met, unmet and unknown."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tests.worlds.world import CHAPTERS, SLUG, World

# Name of the route → addresses. `{entry}`, `{kind}` and `{picture}` are replaced by each of those that a world holds.
ROUTES: dict[str, tuple[str, ...]] = {
    "reader:library": ("/",),
    "reader:reading-list": ("/read/",),
    "reader:story-detail": (f"/read/{SLUG}/", "/read/unknown/"),
    "reader:reached": (f"/read/{SLUG}/reached/", f"/read/{SLUG}/reached/?point=2"),
    "reader:bookmark-list": (f"/read/{SLUG}/bookmarks/", f"/read/{SLUG}/bookmarks/?at=1:2"),
    "reader:chapter-page": (
        *(f"/read/{SLUG}/{chapter}/" for chapter in range(1, CHAPTERS + 2)),
        f"/read/{SLUG}/1/1/?back={{entry}}",
    ),
    "reader:chapter-all": (f"/read/{SLUG}/1/all/", f"/read/{SLUG}/3/all/"),
    "reader:paragraph-detail": (f"/read/{SLUG}/1/p/2/", f"/read/{SLUG}/4/p/99/", f"/read/{SLUG}/2/p/1/?back={{entry}}"),
    "wiki:portal": (f"/wiki/{SLUG}/", f"/wiki/{SLUG}/?as=1:3", "/wiki/unknown/"),
    "wiki:kind-list": (
        f"/wiki/{SLUG}/-/kind/{{kind}}/",
        f"/wiki/{SLUG}/-/kind/{{kind}}/?order=recent",
        f"/wiki/{SLUG}/-/kind/spell/",
    ),
    "wiki:picture": (f"/wiki/{SLUG}/-/picture/{{picture}}/96.webp", f"/wiki/{SLUG}/-/picture/unknown/96.webp"),
    "wiki:entry-detail": (
        f"/wiki/{SLUG}/{{entry}}/",
        f"/wiki/{SLUG}/{{entry}}/?as=1:4",
        f"/wiki/{SLUG}/{{entry}}/?as=4",
        f"/wiki/{SLUG}/{{entry}}/?from=3:2",
        f"/wiki/{SLUG}/unknown-entry/",
        f"/wiki/{SLUG}/unknown-entry/?from=3:2",
    ),
    "look": ("/look/",),
    "about": ("/about/",),
    "colophon": ("/colophon/",),
    "healthz": ("/healthz/",),
    "robots": ("/robots.txt",),
}
# These move the visitor's place or change what is theirs; the posts of test_posts.py cover them.
NOT_FETCHED = {"reader:seen", "reader:forget", "reader:bookmark-remove"}


def addresses(worlds: tuple[World, ...], kinds: tuple[str, ...], pictures: tuple[str, ...]) -> list[str]:
    """All addresses to fetch, in a fixed order, for the entries of all these worlds (met, unmet, not yet there)."""
    entries = sorted({person.slug for world in worlds for person in world.people})
    found = []
    for templates in ROUTES.values():
        for template in templates:
            if "{entry}" in template:
                found += [template.replace("{entry}", entry) for entry in entries]
            elif "{kind}" in template:
                found += [template.replace("{kind}", kind) for kind in kinds]
            elif "{picture}" in template:
                found += [template.replace("{picture}", picture) for picture in pictures]
            else:
                found.append(template)
    return found


def named_routes() -> Iterator[str]:
    """The names of all routes of the site."""

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                name = f"{prefix}{pattern.app_name}:" if pattern.app_name else prefix
                yield from walk(pattern.url_patterns, name)
            elif pattern.name:
                yield prefix + pattern.name

    yield from walk(get_resolver().url_patterns, "")
