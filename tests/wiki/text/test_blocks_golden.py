"""Golden bodies: what each is cut into, what its blocks render to, and the page that they make. A folder is a case."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from reader.text.points import format_point
from tests.wiki.text.parts import page_of
from wiki.text.blocks import Block, cut, join
from wiki.text.markup import render

CASES = sorted((Path(__file__).parents[2] / "golden" / "blocks").iterdir())


def described(block: Block) -> dict[str, Any]:
    """A block and its rendering, without what is empty, points as people write them."""
    rendered = render(block)
    values = {field.name: getattr(block, field.name) for field in fields(block)}
    values |= {field.name: getattr(rendered, field.name) for field in fields(rendered)}
    for name in ("container", "since", "until"):
        values[name] = None if values[name] is None else format_point(values[name])
    values["citations"] = [format_point(point) for point in rendered.citations]
    values["links"] = [f"{link.target} = {link.shown}{'' if link.prints_name else ' |'}" for link in rendered.links]
    return {name: value for name, value in values.items() if value not in (None, "", [], ())}


def describe(body: str) -> dict[str, Any]:
    """All of a case, as its file has it."""
    found = cut(body)
    return json.loads(  # type: ignore[no-any-return]
        json.dumps(
            {
                "blocks": [described(block) for block in found.blocks],
                "problems": [f"{problem.line}: {problem.text}" for problem in found.problems],
                "page": page_of(found.blocks).html,
                "joined": join(found.blocks).splitlines(),
            }
        )
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_golden_body_is_cut_and_rendered_as_expected(case: Path) -> None:
    with (case / "input.md").open(encoding="utf-8", newline="") as file:
        body = file.read()
    assert describe(body) == json.loads((case / "expected.json").read_text(encoding="utf-8"))
