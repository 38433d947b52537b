"""The wiki's addresses (DESIGN §6). What is not an entry stands under `-`, so that no slug can clash."""

from django.urls import path

from wiki.views import entries, pictures

app_name = "wiki"

urlpatterns = [
    path("<slug:story>/", entries.portal, name="portal"),
    path("<slug:story>/-/kind/<slug:kind>/", entries.kind_list, name="kind-list"),
    path("<slug:story>/-/picture/<str:public_id>/<int:width>.webp", pictures.picture, name="picture"),
    path("<slug:story>/<str:slug>/", entries.entry_detail, name="entry-detail"),
]
