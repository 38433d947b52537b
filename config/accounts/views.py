"""Our own pages under /account/: the overview, the one question about places, the download and the farewell."""

from urllib.parse import urlencode

from allauth.account.decorators import reauthentication_required
from allauth.account.models import EmailAddress
from allauth.core.internal.httpkit import authenticated_user
from allauth.mfa.adapter import get_adapter as codes_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from config.accounts import deletion, personal, questions
from config.accounts.adapter import AccountAdapter
from reader import places
from reader.models import User


@login_required
@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """“Your account”: what there is, and where to change it."""
    user = _user(request)
    types = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    context = {
        "email": EmailAddress.objects.get_primary(user) or EmailAddress.objects.filter(user=user).first(),
        "has_codes": Authenticator.Type.TOTP in types,
        "passkey_count": types.count(Authenticator.Type.WEBAUTHN),
        "session_count": len(UserSession.objects.purge_and_list(user)),
        "question_count": len(places.undecided(request, user)),
        "memberships": user.memberships.select_related("story").order_by("story__title"),
    }
    return render(request, "account/overview.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def place_list(request: HttpRequest) -> HttpResponse:
    """Which of two places is yours? POST keeps one, for one story or for all; until then the account's holds."""
    user = _user(request)
    asked = questions.open_questions(request, user)
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    next_url = wanted if AccountAdapter(request).is_safe_url(wanted) else reverse("reader:library")
    if request.method != "POST":
        return render(request, "account/places.html", {"questions": asked, "next_url": next_url})
    response = HttpResponseRedirect(next_url)
    answers = {one.story: request.POST.get(f"keep-{one.story.slug}") or request.POST.get("keep") for one in asked}
    for story, answer in answers.items():
        if answer in {"account", "browser"}:
            places.settle(request, response, story, keep="account" if answer == "account" else "browser")
    if not all(answers.values()):
        response["Location"] = f"{reverse('account-places')}?{urlencode({'next': next_url})}"
    return response


@login_required
@never_cache
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """All that the site knows of the person, as one JSON file."""
    user = _user(request)
    found = {"site": request.get_host(), "made": timezone.now()} | personal.everything(user)
    response = JsonResponse(found, json_dumps_params={"indent": 2, "ensure_ascii": False})
    name = slugify(user.get_username()) or "account"
    response["Content-Disposition"] = f'attachment; filename="story-so-far-{name}.json"'
    return response


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]
def delete(request: HttpRequest) -> HttpResponse:
    """The farewell: says what goes and what stays, and asks for one tick."""
    user = _user(request)
    if request.method == "POST" and request.POST.get("sure") == "yes":
        deletion.delete_account(user)
        logout(request)
        return render(request, "account/deleted.html")
    context = {
        "stories_left_alone": deletion.stories_left_alone(user),
        "form_error": request.method == "POST",
    }
    return render(request, "account/delete.html", context, status=400 if request.method == "POST" else 200)


@login_required
@never_cache
@require_safe
def totp_picture(request: HttpRequest) -> HttpResponse:
    """The secret that is being set up, as a square to point a phone at; only while it is being set up."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    adapter = codes_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(_user(request), secret))
    response = HttpResponse(picture, content_type="image/svg+xml")
    response["Cache-Control"] = "private, no-store"
    return response


def _user(request: HttpRequest) -> User:
    user = authenticated_user(request)
    assert isinstance(user, User)
    return user
