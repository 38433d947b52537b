"""Everything about one's account lies under /account/: our pages first, then allauth's."""

from django.urls import include, path

from config.accounts import views

urlpatterns = [
    path("", views.overview, name="account-overview"),
    path("places/", views.place_list, name="account-places"),
    path("data/", views.download, name="account-data"),
    path("delete/", views.delete, name="account-delete"),
    path("2fa/totp/picture.svg", views.totp_picture, name="account-totp-picture"),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
