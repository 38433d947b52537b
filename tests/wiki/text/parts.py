"""What tests of an entry's body share: bodies drawn by hypothesis, a page from blocks, names that a writer has met."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from wiki.text.assembling import Page, assemble
from wiki.text.blocks import Block
from wiki.text.gating import Printed
from wiki.text.markup import render

FRAGMENTS = (
    *(
        "a",
        "word",
        "Ann",
        "\n",
        "\n",
        "\n\n",
        "- ",
        "* ",
        "1. ",
        "2) ",
        "  ",
        "    ",
        "> ",
        "# ",
        "## ",
        "\n> ",
        "\n- ",
    ),
    *("```", "~~~", "```\n", "|", "| a | b |\n|---|:-:|\n", "---", "===", "***", "\n  - ", "\t", "  \n"),
    *("[[Ann]]", "[[A|b c]]", "[^1]", "[^1]: note ", "[r]", "[r]: http://x ", "[x](http://y)", "![p](image:3)"),
    *("{6:1}", "{since 3}", "{until 9}", "{6:}", "^[", "^[n]", "~~", "!", "`", "``", "\\", "*", "**", "_"),
    *(
        "::: since 4\n",
        ":::\n",
        ":::: since 5\n",
        "::::\n",
        "::: x\n",
        "[",
        "]",
        "(",
        ")",
        "<b>",
        "&amp;",
        "<http://z>",
    ),
)
bodies = st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join)
"""Any text at all, most of it wrong."""

_words = st.text("abc ", min_size=1, max_size=12).map(lambda text: " ".join(text.split()) or "a")
_inline = st.builds("{}{}{}".format, _words, st.sampled_from(["", " *b*", " [[Ann]]", " [[Ann|her]]"]), st.just(""))
_dated = st.builds("{}{}".format, _inline, st.sampled_from(["", " {6:120}", " {2}", " {since 3:40}"]))


def _prefixed(first: str, rest: str, text: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *((rest + line).rstrip() for line in lines[1:])])


_leaves = st.one_of(
    _dated,
    _dated.map(lambda text: f"## {text}"),
    st.builds("| {} | b |\n| --- | --: |\n| {} | {} |".format, _words, _dated, _dated),
    st.builds("```\n{}\n```".format, _words),
    st.just("___"),
)
simple_bodies = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.builds(_prefixed, st.just("- "), st.just("  "), inner),
        st.builds(_prefixed, st.just("1. "), st.just("   "), inner),
        st.builds(_prefixed, st.just("> "), st.just("> "), inner),
        st.lists(inner, min_size=1, max_size=4).map("\n\n".join),
    ),
    max_leaves=12,
)
"""Bodies without fault: paragraphs, headings, tables, code, rules, in lists and quotes."""


@dataclass(frozen=True, slots=True)
class Part:
    """A block with its HTML, as a page is made from."""

    kind: str
    marks: str
    html: str


def page_of(blocks: Sequence[Block]) -> Page:
    """The page of these blocks, their links left open; without those that are hidden."""
    return assemble([Part(block.kind, block.marks, "" if block.hidden else render(block).html) for block in blocks])


@dataclass(frozen=True, slots=True)
class Met:
    """The names that a writer has met, found wherever their letters stand."""

    points: Mapping[str, int]
    only_by_hand: frozenset[str] = frozenset()

    def find(self, text: str) -> Iterable[Printed]:
        return [
            Printed(text.index(name), text.index(name) + len(name), name, point)
            for name, point in self.points.items()
            if name in text and name not in self.only_by_hand
        ]

    def known(self, name: str) -> int | None:
        return self.points.get(name)
