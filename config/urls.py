"""All addresses: the reader's at the root, and the few pages of the site itself."""

from django.conf import settings
from django.urls import include, path

from config import views
from wiki.views import searching

urlpatterns = [
    path("", include("reader.urls")),
    path("wiki/", include("wiki.urls")),
    path("search/", searching.search, name="search"),
    path("search/suggest/", searching.search_suggest, name="search-suggest"),
    path("account/", include("config.accounts.urls")),
    path("look/", views.look, name="look"),
    path("about/", views.about, name="about"),
    path("colophon/", views.colophon, name="colophon"),
    path("healthz/", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
]
if settings.DEBUG:
    urlpatterns += [path("style-guide/", views.style_guide, name="style-guide")]

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler429 = "config.views.too_many_requests"
handler500 = "config.views.server_error"
