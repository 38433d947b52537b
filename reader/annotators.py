"""The seam: what other apps may add to the text, to the list of a page, and to a story's page.

A registry that is empty until somebody fills it in `AppConfig.ready()`; with it empty the reader works as it is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from reader.models import Paragraph, Story
from reader.text.annotate import Span

SpansHook = Callable[[Story, Sequence[Paragraph]], dict[int, list[Span]]]
ListHook = Callable[[Story, Sequence[Paragraph], Mapping[int, Sequence[Span]]], "PageList | None"]
ToolHook = Callable[[Story, int], SafeString]
PanelHook = Callable[[HttpRequest, Story, int], SafeString]
BarHook = Callable[[HttpRequest, Story, int], SafeString]
OpenedHook = Callable[[HttpRequest, Story], None]
TextHook = Callable[[Story], None]


@dataclass(frozen=True, slots=True)
class PageList:
    """What stands in the margin of a page, and what opens it from the bar at the foot of small screens."""

    html: SafeString
    opener: SafeString = field(default_factory=lambda: mark_safe(""))


@dataclass(frozen=True, slots=True)
class Annotator:
    """Eight hooks, each optional.

    `spans`: links to set into paragraphs, by paragraph id, the same for every visitor.
    `page_list`: the list beside a page, the same for every visitor; it is given the spans too.
    `tool`: a quiet button among the tools of a page that ends at a point, the same for every visitor.
    `panel`: a panel of the story's page, for one request at one horizon (a point).
    `bar`: the bar over a page that was opened from elsewhere (`?back=…`), for one request at one horizon.
    `opened`: is told when a visitor switches “show everything” on.
    `text_changed`: is told, in its transaction, of an import that changed a story's text.
    `language_changed`: is told, likewise, of one that says that the text is in another language.
    """

    name: str
    spans: SpansHook | None = None
    page_list: ListHook | None = None
    tool: ToolHook | None = None
    panel: PanelHook | None = None
    bar: BarHook | None = None
    opened: OpenedHook | None = None
    text_changed: TextHook | None = None
    language_changed: TextHook | None = None


@dataclass(slots=True)
class Registry:
    """The annotators, in the order in which they were registered."""

    annotators: list[Annotator] = field(default_factory=list)

    def register(self, annotator: Annotator) -> None:
        """Add one; registering the same name again replaces it."""
        self.annotators = [one for one in self.annotators if one.name != annotator.name] + [annotator]

    def spans(self, story: Story, paragraphs: Sequence[Paragraph]) -> dict[int, list[Span]]:
        """All spans by paragraph id; of two that overlap the earlier annotator's stays."""
        merged: dict[int, list[Span]] = {}
        for hook in [one.spans for one in self.annotators if one.spans is not None]:
            for key, spans in hook(story, paragraphs).items():
                kept = merged.setdefault(key, [])
                kept.extend(
                    new for new in spans if not any(new.start < old.end and old.start < new.end for old in kept)
                )
        return merged

    def page_lists(
        self, story: Story, paragraphs: Sequence[Paragraph], spans: Mapping[int, Sequence[Span]]
    ) -> list[PageList]:
        """What stands beside the page."""
        found = (one.page_list(story, paragraphs, spans) for one in self.annotators if one.page_list is not None)
        return [one for one in found if one is not None]

    def tools(self, story: Story, point: int) -> list[SafeString]:
        """What stands among the tools of a page that ends at this point."""
        return [one.tool(story, point) for one in self.annotators if one.tool is not None]

    def panels(self, request: HttpRequest, story: Story, horizon: int) -> list[SafeString]:
        """What stands beside the contents."""
        return [one.panel(request, story, horizon) for one in self.annotators if one.panel is not None]

    def bar(self, request: HttpRequest, story: Story, horizon: int) -> SafeString:
        """The first bar that somebody has to offer, or nothing."""
        found = (one.bar(request, story, horizon) for one in self.annotators if one.bar is not None)
        return next((bar for bar in found if bar), mark_safe(""))

    def opened(self, request: HttpRequest, story: Story) -> None:
        """Tell all who want to know that this visitor switched “show everything” on."""
        for hook in [one.opened for one in self.annotators if one.opened is not None]:
            hook(request, story)

    def text_changed(self, story: Story) -> None:
        """Tell all who want to know that a story's text was changed."""
        for hook in [one.text_changed for one in self.annotators if one.text_changed is not None]:
            hook(story)

    def language_changed(self, story: Story) -> None:
        """Tell all who want to know that a story's text is in another language than was said before."""
        for hook in [one.language_changed for one in self.annotators if one.language_changed is not None]:
            hook(story)


registry = Registry()
