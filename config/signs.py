"""NUL, which the database takes from nobody: refused in the addresses of the wiki, left out of its forms.

Other pages each say what is wrong with what they were asked.
"""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, QueryDict

WHERE = "/wiki/"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class WithoutNul:
    """Middleware: a path that holds NUL is not found (404), a question a bad one (400); fields are read without it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing yet: what a refusal looks like depends on who asks, which later middleware finds out."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        """Look at address and form, before the view or the check of the form's token does."""
        if not request.path_info.startswith(WHERE):
            return
        if "\0" in request.path_info:
            raise Http404
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("An address holds NUL.")
        if request.method == "POST" and request.content_type in FORMS:
            fields = request.POST
            if any("\0" in value for _name, values in fields.lists() for value in values):
                request.POST = _without_nul(fields)  # type: ignore[assignment]


def _without_nul(fields: QueryDict) -> QueryDict:
    kept = QueryDict(mutable=True, encoding=fields.encoding)
    for name, values in fields.lists():
        kept.setlist(name, [str(value).replace("\0", "") for value in values])
    return kept
