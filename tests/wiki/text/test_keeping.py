"""`{kept …}`: written at the end of any kind of block, and taken off again."""

import pytest

from reader.errors import PointError
from reader.text.points import point
from wiki.text.blocks import cut, join
from wiki.text.keeping import take_kept, write_kept
from wiki.text.shape import Block

BODY = """# Heading

Words. {6:1}

- item
- two

> quoted

| A | B |
| --- | --- |
| a | b |

![A](image:abc) {6:2}

```text
code {kept 1:1}
```
"""


def test_write_kept_is_taken_back_from_every_kind_of_block() -> None:
    blocks = cut(BODY).blocks

    kept = cut(join([write_kept(block, point(3, 40)) for block in blocks])).blocks

    assert {block.kind for block in blocks} == {"heading", "paragraph", "head", "row", "image", "code"}
    assert [take_kept(block) for block in kept] == [(block, point(3, 40)) for block in blocks]


def test_take_kept_leaves_other_blocks_alone() -> None:
    rule, words = Block("rule", "___"), Block("paragraph", "Say {kept 1} aloud.")

    assert (take_kept(rule), take_kept(words), write_kept(rule, 5)) == ((rule, None), (words, None), rule)


def test_take_kept_refuses_what_is_no_point() -> None:
    with pytest.raises(PointError, match=r"“\{kept soon\}” keeps no gate"):
        take_kept(Block("paragraph", "Words. {kept soon}"))
