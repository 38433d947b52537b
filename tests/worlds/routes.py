"""Every address of reader, wiki and site, with arguments that are met, unmet and unknown."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tests.worlds.world import CHAPTERS, SLUG, World

# Name of the route → addresses. `{entry}`, `{kind}` and `{picture}` are replaced by each of those that a world holds,
# `{word}` by what may be looked for: words that all know, words that come later, begun or misspelt.
ROUTES: dict[str, tuple[str, ...]] = {
    "reader:library": ("/",),
    "reader:reading-list": ("/read/",),
    "reader:story-detail": (f"/read/{SLUG}/", "/read/unknown/"),
    "reader:reached": (f"/read/{SLUG}/reached/", f"/read/{SLUG}/reached/?point=2"),
    "reader:bookmark-list": (f"/read/{SLUG}/bookmarks/", f"/read/{SLUG}/bookmarks/?at=1:2"),
    "reader:people": (f"/read/{SLUG}/people/", "/read/unknown/people/"),
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
    "wiki:upload": (f"/wiki/{SLUG}/-/upload/",),
    "wiki:picture": (f"/wiki/{SLUG}/-/picture/{{picture}}/96.webp", f"/wiki/{SLUG}/-/picture/unknown/96.webp"),
    "wiki:entry-new": (f"/wiki/{SLUG}/-/new/", f"/wiki/{SLUG}/-/new/?name=Nobody&at=1:2", "/wiki/unknown/-/new/"),
    "wiki:note": (f"/wiki/{SLUG}/-/note/", f"/wiki/{SLUG}/-/note/?at=1:2", f"/wiki/{SLUG}/-/note/?at=9:9"),
    "wiki:preview": (f"/wiki/{SLUG}/-/preview/",),
    "wiki:suggest-names": (f"/wiki/{SLUG}/-/suggest/names/?q=", f"/wiki/{SLUG}/-/suggest/names/?q=a"),
    "wiki:suggest-paragraphs": (f"/wiki/{SLUG}/-/suggest/paragraphs/",),
    "wiki:entry-edit": (
        f"/wiki/{SLUG}/{{entry}}/edit/",
        f"/wiki/{SLUG}/{{entry}}/edit/?as=1:4",
        f"/wiki/{SLUG}/{{entry}}/edit/?section=unknown",
        f"/wiki/{SLUG}/unknown-entry/edit/",
    ),
    "wiki:entry-preview": (f"/wiki/{SLUG}/{{entry}}/preview/", f"/wiki/{SLUG}/unknown-entry/preview/"),
    "wiki:review-queue": (f"/wiki/{SLUG}/-/review/", "/wiki/unknown/-/review/"),
    "wiki:proposal-detail": (f"/wiki/{SLUG}/-/review/unknown/",),
    "wiki:report-queue": (f"/wiki/{SLUG}/-/reports/",),
    "wiki:act-log": (f"/wiki/{SLUG}/-/log/",),
    "wiki:wiki-settings": (f"/wiki/{SLUG}/-/settings/",),
    "wiki:deleted-list": (f"/wiki/{SLUG}/-/deleted/",),
    "wiki:ban-list": (f"/wiki/{SLUG}/-/bans/",),
    "wiki:ban-detail": (f"/wiki/{SLUG}/-/bans/reader/",),
    "wiki:watch-stop": ("/wiki/-/unwatch/",),
    "wiki:entry-more": (f"/wiki/{SLUG}/{{entry}}/more/", f"/wiki/{SLUG}/unknown-entry/more/"),
    "wiki:entry-rename": (f"/wiki/{SLUG}/{{entry}}/rename/", f"/wiki/{SLUG}/unknown-entry/rename/"),
    "wiki:entry-merge": (f"/wiki/{SLUG}/{{entry}}/merge/", f"/wiki/{SLUG}/unknown-entry/merge/"),
    "wiki:entry-delete": (f"/wiki/{SLUG}/{{entry}}/delete/", f"/wiki/{SLUG}/unknown-entry/delete/"),
    "wiki:entry-protect": (f"/wiki/{SLUG}/{{entry}}/protect/", f"/wiki/{SLUG}/unknown-entry/protect/"),
    "wiki:entry-undo": (f"/wiki/{SLUG}/{{entry}}/undo/", f"/wiki/{SLUG}/unknown-entry/undo/"),
    "wiki:entry-report": (f"/wiki/{SLUG}/{{entry}}/report/", f"/wiki/{SLUG}/unknown-entry/report/"),
    "wiki:entry-watch": (f"/wiki/{SLUG}/{{entry}}/watch/", f"/wiki/{SLUG}/unknown-entry/watch/"),
    "wiki:recent-changes": (
        f"/wiki/{SLUG}/-/recent/",
        f"/wiki/{SLUG}/-/recent/?as=1:3",
        f"/wiki/{SLUG}/-/recent/?page=x",
    ),
    "wiki:feed": (f"/wiki/{SLUG}/-/feed/", "/wiki/unknown/-/feed/"),
    "wiki:contributors": (f"/wiki/{SLUG}/-/people/", f"/wiki/{SLUG}/-/people/?as=1:3"),
    "wiki:contributor": (f"/wiki/{SLUG}/-/people/editor/", f"/wiki/{SLUG}/-/people/unknown/"),
    "wiki:wanted": (f"/wiki/{SLUG}/-/wanted/", f"/wiki/{SLUG}/-/wanted/?as=1:3"),
    "wiki:orphans": (f"/wiki/{SLUG}/-/orphans/", f"/wiki/{SLUG}/-/orphans/?as=1:3"),
    "wiki:who": (
        f"/wiki/{SLUG}/-/who/",
        *(f"/wiki/{SLUG}/-/who/?at={point}" for point in ("1:2", "2", "9:9", "x")),
        f"/wiki/{SLUG}/-/who/?at=3:4&q=a",
        f"/wiki/{SLUG}/-/who/?as=1:3",
        "/wiki/unknown/-/who/",
    ),
    "wiki:tag": (
        f"/wiki/{SLUG}/-/tag/",
        *(f"/wiki/{SLUG}/-/tag/?at={point}&start=0&end=6" for point in ("1:2", "2:3", "3", "9:9", "x")),
        f"/wiki/{SLUG}/-/tag/?at=1:2&words=a",
        "/wiki/unknown/-/tag/?at=1:2",
    ),
    "wiki:decide": (f"/wiki/{SLUG}/-/decide/",),
    "wiki:doubtful": (f"/wiki/{SLUG}/-/doubtful/", f"/wiki/{SLUG}/-/doubtful/?after=1", "/wiki/unknown/-/doubtful/"),
    "wiki:entry-tagging": (
        f"/wiki/{SLUG}/{{entry}}/tagging/",
        *(f"/wiki/{SLUG}/{{entry}}/tagging/?at={point}" for point in ("1:2", "2:3", "3", "9:9", "x")),
        f"/wiki/{SLUG}/unknown-entry/tagging/?at=1:2",
        f"/wiki/{SLUG}/unknown-entry/tagging/?at=9:9",
    ),
    "wiki:entry-face": (
        *(f"/wiki/{SLUG}/{{entry}}/face/?at={point}" for point in ("1:2", "2:3", "9:9", "x")),
        f"/wiki/{SLUG}/{{entry}}/face/",
        f"/wiki/{SLUG}/unknown-entry/face/?at=1:2",
        "/wiki/unknown/unknown-entry/face/?at=1:2",
    ),
    "wiki:entry-card": (
        f"/wiki/{SLUG}/{{entry}}/card/",
        *(f"/wiki/{SLUG}/{{entry}}/card/?at={point}" for point in ("1:2", "2:3", "3", "9:9", "x")),
        f"/wiki/{SLUG}/unknown-entry/card/?at=1:2",
        f"/wiki/{SLUG}/unknown-entry/card/?at=9:9",
        "/wiki/unknown/unknown-entry/card/?at=1:2",
    ),
    "wiki:entry-history": (
        f"/wiki/{SLUG}/{{entry}}/history/",
        f"/wiki/{SLUG}/{{entry}}/history/?as=1:4",
        f"/wiki/{SLUG}/{{entry}}/history/?page=x",
        f"/wiki/{SLUG}/unknown-entry/history/",
    ),
    "wiki:entry-diff": (
        f"/wiki/{SLUG}/{{entry}}/diff/",
        f"/wiki/{SLUG}/{{entry}}/diff/?as=1:4",
        f"/wiki/{SLUG}/{{entry}}/diff/?from=x&to=y",
        f"/wiki/{SLUG}/unknown-entry/diff/",
    ),
    "wiki:entry-restore": (f"/wiki/{SLUG}/{{entry}}/restore/", f"/wiki/{SLUG}/unknown-entry/restore/"),
    "wiki:entry-mentions": (
        f"/wiki/{SLUG}/{{entry}}/mentions/",
        *(f"/wiki/{SLUG}/{{entry}}/mentions/?chapter={chapter}" for chapter in ("1", "2", "3", "99", "x")),
        f"/wiki/{SLUG}/{{entry}}/mentions/?chapter=1&page=9",
        f"/wiki/{SLUG}/{{entry}}/mentions/?as=1:4",
        f"/wiki/{SLUG}/unknown-entry/mentions/",
        "/wiki/unknown/unknown-entry/mentions/",
    ),
    "wiki:entry-links": (f"/wiki/{SLUG}/{{entry}}/links/", f"/wiki/{SLUG}/unknown-entry/links/"),
    "wiki:entry-detail": (
        f"/wiki/{SLUG}/{{entry}}/",
        f"/wiki/{SLUG}/{{entry}}/?as=1:4",
        f"/wiki/{SLUG}/{{entry}}/?as=4",
        f"/wiki/{SLUG}/{{entry}}/?from=3:2",
        f"/wiki/{SLUG}/unknown-entry/",
        f"/wiki/{SLUG}/unknown-entry/?from=3:2",
    ),
    "search": (
        "/search/",
        f"/search/?q={{word}}&story={SLUG}",
        "/search/?q=character&as=1:4",
        f"/search/?q=%22goes+by+like%22+-nothing&story={SLUG}&to=3",
        f"/search/?story={SLUG}&with={{entry}}",
        f"/search/?story={SLUG}&q=paragraph&from=1&with={{entry}}&role=named",
        "/search/?q=zq&kind=character",
        f"/search/?story={SLUG}&q=zq&kind=film",
        "/search/?q=paragraph+-zqbarrelx&page=2",
        f"/search/?story={SLUG}&with=zqfirstx&add=zq&q=-zqcandlex",
        "/search/?q=zqb&story=unknown",
    ),
    "search-suggest": (
        "/search/suggest/",
        f"/search/suggest/?q={{word}}&story={SLUG}",
        *(f"/search/suggest/?q={said}" for said in ("z", "zq", "film", "character+zq", "character+zqfa", "paragraph")),
        "/search/suggest/?q=zq&story=unknown",
    ),
    "look": ("/look/",),
    "about": ("/about/",),
    "colophon": ("/colophon/",),
    "healthz": ("/healthz/",),
    "robots": ("/robots.txt",),
}
# These move the visitor's place or change what is theirs; the posts of test_posts.py cover them.
NOT_FETCHED = {"reader:seen", "reader:forget", "reader:bookmark-remove"}
# Pages of an account show nothing of any story's wiki; tests/config/accounts/ covers them.
OF_ACCOUNTS = ("account", "mfa_", "usersessions_")


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
            elif "{word}" in template:
                found += [template.replace("{word}", word) for word in looked_for(worlds)]
            else:
                found.append(template)
    return found


def looked_for(worlds: tuple[World, ...]) -> list[str]:
    """What somebody may type: a word of the first world and some that the others have more; whole, begun, misspelt."""
    first, *others = worlds
    known = sorted(first.all_words())
    more = sorted({word for world in others for word in world.all_words()} - set(known))
    chosen = [*known[:1], *more[:: max(1, len(more) // 2)][:2]]
    forms = [(word, word[:5], word[:-2] + word[-1] + word[-2]) for word in chosen]
    return [form for at, its in enumerate(forms) for form in (its[at], its[(at + 1) % 3])]


def named_routes() -> Iterator[str]:
    """The names of all routes of the site but those of accounts."""

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                name = f"{prefix}{pattern.app_name}:" if pattern.app_name else prefix
                yield from walk(pattern.url_patterns, name)
            elif pattern.name and not (prefix + pattern.name).startswith(OF_ACCOUNTS):
                yield prefix + pattern.name

    yield from walk(get_resolver().url_patterns, "")
