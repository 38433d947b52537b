"""How often one person may do something: counted in the database, so that all processes count together.

Who it was is kept only as a keyed hash. Counts what was allowed; what was refused costs no write.
"""

import ipaddress
import math
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any, ParamSpec, cast

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from reader import jobs
from reader.models import Tally, User
from reader.refusing import refused, spoken_wait

NEW_ACCOUNT = timedelta(days=1)
NEW_ACCOUNT_SHARE = 4  # a new account may do a quarter

# The window before counts with the part of it that still lies within the last `seconds`.
COUNT = """
    WITH earlier AS (
        SELECT coalesce(sum(count), 0) * %(share)s::float8 AS weight FROM reader_tally
        WHERE key = %(key)s AND starts_at = %(previous)s
    )
    INSERT INTO reader_tally AS tally (key, starts_at, expires_at, count)
    SELECT %(key)s, %(starts_at)s, %(expires_at)s, 1 FROM earlier WHERE weight + 1 <= %(limit)s
    ON CONFLICT (key, starts_at) DO UPDATE SET count = tally.count + 1
    WHERE tally.count + 1 + (SELECT weight FROM earlier) <= %(limit)s
    RETURNING count
"""

P = ParamSpec("P")


def allowed(*, what: str, who: str, limit: int, seconds: int, now: datetime | None = None) -> bool:
    """Count one more, and say whether it is within `limit` in about the last `seconds`; one statement.

    Call it outside of transactions: inside one, others who do the same as the same person wait for its end.
    """
    window = _Window(what, who, seconds, now or timezone.now())
    values: dict[str, str | int | float | datetime] = {
        "key": window.key,
        "starts_at": window.starts_at,
        "previous": window.previous,
        "expires_at": window.starts_at + 2 * window.length,
        "share": 1 - window.part,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values)
        return cursor.fetchone() is not None


def seconds_to_wait(*, what: str, who: str, limit: int, seconds: int, now: datetime | None = None) -> int:
    """After how many seconds the next one is allowed, if nothing is counted meanwhile; at least 1."""
    window = _Window(what, who, seconds, now or timezone.now())
    rows = Tally.objects.filter(key=window.key, starts_at__in=[window.starts_at, window.previous])
    counts = dict(rows.values_list("starts_at", "count"))
    before, here = counts.get(window.previous, 0), counts.get(window.starts_at, 0)
    if limit < 1:
        return seconds
    part = 0.0
    if here >= limit:  # the next window has to come, and this one to be far enough behind
        part = 2 - (limit - 1) / here
    elif before:  # only what is left of the window before is too much
        part = 1 - (limit - here - 1) / before
    return max(1, math.ceil((part - window.part) * seconds))


class _Window:
    """The window of `seconds`, aligned to the clock, in which a moment lies; `part` of it (0 to 1) is over."""

    def __init__(self, what: str, who: str, seconds: int, now: datetime) -> None:
        self.key = salted_hmac("reader.tally", f"{what}\0{seconds}\0{who}", algorithm="sha256").hexdigest()
        number, over = divmod(now.timestamp(), seconds)
        self.length = timedelta(seconds=seconds)
        self.part = over / seconds
        self.starts_at = datetime.fromtimestamp(number * seconds, tz=UTC)
        self.previous = self.starts_at - self.length


def throttled(
    what: str, *, limit: int | None = None, seconds: int | None = None, methods: Collection[str] = ("POST",)
) -> Callable[[Callable[P, HttpResponse]], Callable[P, HttpResponse]]:
    """Decorator for views: beyond the limit (settings.THROTTLES[what] unless both are given) answer 429, do nothing.

    Counts per account, or per client address when signed out; an account younger than a day has a quarter.
    Raises LookupError for something that the settings do not know.
    """
    if (limit is None or seconds is None) and what not in settings.THROTTLES:
        raise LookupError(f"settings.THROTTLES does not say how often “{what}” may be done.")

    def decorate(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
        @wraps(view)
        def counted(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            request = cast("HttpRequest", args[0])
            if request.method not in methods:
                return view(*args, **kwargs)
            most, span = settings.THROTTLES[what] if limit is None or seconds is None else (limit, seconds)
            now, who = timezone.now(), who_asks(request)
            most = _share_of(request, most, now)
            if allowed(what=what, who=who, limit=most, seconds=span, now=now):
                return view(*args, **kwargs)
            wait = seconds_to_wait(what=what, who=who, limit=most, seconds=span, now=now)
            sentence = _(
                "This is as much as the site takes from one person in so short a time; nothing was lost: "
                "go back, and send it again in %(wait)s."
            ) % {"wait": spoken_wait(wait)}
            return refused(request, template="429.html", sentence=sentence, status=429, seconds=wait)

        return counted

    return decorate


def who_asks(request: HttpRequest) -> str:
    """The account, or the client's address; of IPv6 the network, since one subscriber has all of its addresses."""
    if isinstance(request.user, User):
        return f"account {request.user.pk}"
    return f"address {client_network(request)}"


def client_network(request: HttpRequest) -> str:
    """Where the request comes from, as far as our own proxies vouch for it."""
    address = request.META.get("REMOTE_ADDR", "")
    hops = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    passed = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    if hops and passed:
        address = passed[-min(hops, len(passed))]
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return str(address)[:64]
    if isinstance(found, ipaddress.IPv6Address):
        return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def _share_of(request: HttpRequest, limit: int, now: datetime) -> int:
    is_new = isinstance(request.user, User) and request.user.date_joined > now - NEW_ACCOUNT
    return max(1, limit // NEW_ACCOUNT_SHARE) if is_new else limit


@jobs.job("expire_tallies")
def expire_tallies(payload: dict[str, Any], *, now: datetime) -> None:
    """Drop the tallies that no decision looks at any more."""
    Tally.objects.expired(at=now).delete()


jobs.every("expire_tallies", 3600)
