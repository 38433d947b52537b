"""What a reader of the lodge finds, as plain values: titles, addresses, sentences of the page of results."""

import re

from tests.wiki.views.lodge import reader_at

PAGE, NAMES = "/search/", "/search/suggest/"
IN = "story=the-lodge"
HIT = re.compile(r'<h3><a href="([^"]*)"><bdi[^>]*>(.*?)</bdi>', re.DOTALL)
LINE = re.compile(r'<a class="line-found" href="([^"]*)">')
FACET = re.compile(
    r'<li[^>]*><a (?:class="narrow-kind" )?href="([^"]*)"( aria-current="true")?>.*?class="count">\s*([^<\s]+)\s*<'
)
TAG = re.compile(r"<[^>]+>")


def page(query: str, *, reader: str = "3") -> str:
    """The page of results, which always is one."""
    answer = reader_at(reader).get(f"{PAGE}?{query}")
    assert answer.status_code == 200, query
    return answer.content.decode()


def names(query: str, *, reader: str = "3") -> list[str]:
    """Titles as they are offered."""
    answer = reader_at(reader).get(f"{NAMES}?{query}")
    assert answer.status_code == 200, query
    return [one["name"] for one in answer.json()["results"]]


def hits(query: str, *, reader: str = "3") -> list[str]:
    """Titles of the entries on the page of results."""
    return [TAG.sub("", title) for _url, title in HIT.findall(page(query, reader=reader))]


def said(found: str, element: str) -> list[str]:
    """The text of each element (`h1`, or `p.search-said`), without its mark-up."""
    name, _, one = element.partition(".")
    start = rf'<{name} class="{one}"[^>]*>' if one else rf"<{name}[^>]*>"
    return [" ".join(TAG.sub("", text).split()) for text in re.findall(rf"{start}(.*?)</{name}>", found, re.DOTALL)]


def links(found: str) -> dict[str, str]:
    """The address behind each link of the page itself, by its words."""
    main = found[found.index("<main") :]
    found_links = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', main, re.DOTALL)
    return {" ".join(TAG.sub("", words).split()): url.replace("&amp;", "&") for url, words in found_links}
