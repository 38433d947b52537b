"""Gated managers answer nothing before a horizon is said, whichever way they are asked."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Count

from reader.models import Story
from reader.text import points
from wiki.models import Block, Entry, Fact, Image, Link, Name, Picture, Slug, UngatedError

GATED = (Entry, Slug, Name, Fact, Block, Link, Image, Picture)
WAYS: dict[str, Callable[[Any], Any]] = {
    "list": list,
    "len": len,
    "bool": bool,
    "index": lambda rows: rows[0],
    "slice": lambda rows: list(rows[:3]),
    "get": lambda rows: rows.get(pk=1),
    "first": lambda rows: rows.first(),
    "last": lambda rows: rows.last(),
    "earliest": lambda rows: rows.earliest("since"),
    "latest": lambda rows: rows.latest("since"),
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "aggregate": lambda rows: rows.aggregate(Count("pk")),
    "iterator": lambda rows: list(rows.iterator()),
    "values": lambda rows: list(rows.values("pk")),
    "values_list": lambda rows: list(rows.values_list("pk", flat=True)),
    "in_bulk": lambda rows: rows.in_bulk([1]),
    "contains": lambda rows: rows.contains(rows.model(pk=1)),
    "union": lambda rows: list(rows.at(1).union(rows)),
    "intersection": lambda rows: list(rows.at(1).intersection(rows)),
    "difference": lambda rows: list(rows.difference(rows.at(1))),
    "or": lambda rows: list(rows.all() | rows.all()),
    "filter": lambda rows: list(rows.filter(pk=1).exclude(pk=2).order_by("pk").distinct()),
    "explain": lambda rows: rows.explain(),
    "update": lambda rows: rows.update(since=0),
    "delete": lambda rows: rows.delete(),
    "select_for_update": lambda rows: list(rows.select_for_update()),
}


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("model", GATED)
def test_gated_rows_need_a_horizon(model: Any, way: str) -> None:
    with pytest.raises(UngatedError):
        WAYS[way](model.objects.all())


@pytest.mark.parametrize("model", GATED)
def test_gated_rows_show_at_a_horizon(model: Any, story: Story) -> None:
    assert list(model.objects.at(points.EVERYTHING)) == []
    assert list(model.objects.filter(story=story).at(5).order_by("pk")) == []
    assert model.objects.at(1).union(model.objects.at(2)).count() == 0


@pytest.mark.django_db
def test_the_whole_needs_a_reason() -> None:
    with pytest.raises(UngatedError):
        Entry.objects.whole(because="")
