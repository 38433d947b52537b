"""Input that is meant to harm: it stays words, and takes time in proportion to its length."""

import re
import sys
import time
from types import FrameType

import pytest

from tests.wiki.text.parts import Part
from tests.wiki.text.test_markup import Strip
from wiki.text.assembling import assemble
from wiki.text.blocks import cut, join
from wiki.text.markup import render, resolve

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)' hx-get=/x style=x>a</a>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](&#x6A&#x61vascript:alert(1))",
    "[a](javascript&colon;alert(1))",
    "[a](\x01javascript:alert(1))",
    "[a](<javascript:alert(1)>)",
    "[a]( javascript:alert(1))",
    "[a](vbscript:x) [a](data:text/html,<script>) [a](file:///etc/passwd)",
    "<javascript:alert(1)>",
    "[a][r]\n\n[r]: javascript:alert(1)",
    "[a][r]\n\n[r]: <java&#10;script:alert(1)>",
    '[a](https://x "onmouseover=alert(1)")',
    '[a](https://x"onmouseover=alert(1))',
    "![a](javascript:alert(1))",
    "![a](https://evil.example/pixel.gif)",
    '![a" onerror="alert(1)](image:a1)',
    '![a](image:a1" onerror="alert(1))',
    '![a](image:a1 "x<script>alert(1)</script>")',
    "[[<script>alert(1)</script>]]",
    '[[x|"><script>alert(1)</script>]]',
    "[[x|[y](javascript:alert(1))]]",
    "{6:120<script>}",
    "^[<script>alert(1)</script>]",
    '```"><script>alert(1)</script>\n</code></pre><script>alert(1)</script>\n```',
    "| <script> | [a](javascript:x) |\n|--|--|\n| <b onclick=x> | `</td><script>` |",
    "# <script>alert(1)</script>",
    "<math><mi//xlink:href='data:x,<script>'>",
    "<!--<script>--><![CDATA[<script>]]>",
    "`<script>`\\<script> &lt;script&gt; &#60;script&#62;",
    "</p></div><script>alert(1)</script>",
    "[a](//evil.example) [b](/\\evil.example)",
    "<a class=cite data-cite=6:1>forged</a> <a data-link=0>forged</a> <small class=note>forged</small>",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_stays_words(payload: str) -> None:
    for body in (payload, f"- > {payload}", f"x[^1]\n\n[^1]: {payload}"):
        for block in cut(body).blocks:
            Strip(render(block).html)  # which allows our own tags and attributes only


def test_safe_markup_beside_a_payload_is_kept() -> None:
    assert render(cut("<script> *a* [b](https://c.example)").blocks[0]).html == (
        '<p>&lt;script&gt; <em>a</em> <a href="https://c.example" rel="nofollow noopener ugc">b</a></p>'
    )


REPEATED = [
    *("[", "[[", "[a](", "![", "]]", "[[a|", "{", "{6:1,", "^[", "`", "``a ", "*a_", "<a", "&", "\\", "[a][", "~~"),
    *(
        "> ",
        "- ",
        "- a\n",
        " - a\n  - b\n",
        "# a\n",
        "```\n",
        ":::\n",
        "::: since 3\n",
        "|a\n|-|\n",
        "[a]: b\n",
        "[^a]: b\n",
    ),
    *("![a](image:3)\n\n", "x[^1] ", "a  \n", "(", "[x](<"),
]


def process(body: str) -> None:
    blocks = cut(body).blocks
    assemble([Part(block.kind, block.marks, resolve(render(block).html)) for block in blocks])
    join(blocks)


def calls(body: str) -> int:
    """How many functions are called for a body: the same on a busy machine as on an idle one."""
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        process(body)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", REPEATED, ids=repr)
def test_work_grows_with_length_only(piece: str) -> None:
    short, long = ((piece * size)[:size] for size in (2_000, 8_000))
    assert calls(long) < 1_000 + 5 * calls(short)


DEEP = ["[" * 10_000 + "]" * 10_000, "[a](" * 25_000, "> " * 10_000 + "x", "- " * 10_000 + "x", "```\n" + "[[" * 40_000]


@pytest.mark.parametrize("body", DEEP, ids=lambda body: body[:8])
def test_deep_nesting_is_fast_and_breaks_nothing(body: str) -> None:
    start = time.process_time()
    process(body)
    assert time.process_time() - start < 15  # about one second on an idle machine
    assert not re.search("<a|<img", "".join(render(block).html for block in cut(body).blocks))


def test_table_of_many_columns_is_not_filled_up() -> None:
    body = "|" * 301 + "\n|" + "-|" * 300 + "\n" + "a\n" * 5_000
    assert sum(len(render(block).html) for block in cut(body).blocks) < 100 * len(body)
