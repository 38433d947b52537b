"""The reader's addresses (DESIGN §6)."""

from django.urls import path

from reader.views import bookmarks, library, people, places, reading

app_name = "reader"

urlpatterns = [
    path("", library.library, name="library"),
    path("read/", places.reading_list, name="reading-list"),
    path("read/-/forget/", places.forget, name="forget"),
    path("read/<slug:slug>/", library.story_detail, name="story-detail"),
    path("read/<slug:slug>/reached/", places.reached, name="reached"),
    path("read/<slug:slug>/seen.gif", places.seen, name="seen"),
    path("read/<slug:slug>/bookmarks/", bookmarks.bookmark_list, name="bookmark-list"),
    path("read/<slug:slug>/bookmarks/<slug:public_id>/remove/", bookmarks.bookmark_remove, name="bookmark-remove"),
    path("read/<slug:slug>/people/", people.people, name="people"),
    path("read/<slug:slug>/<int:chapter>/", reading.chapter_page, name="chapter-page"),
    path("read/<slug:slug>/<int:chapter>/all/", reading.chapter_all, name="chapter-all"),
    path("read/<slug:slug>/<int:chapter>/p/<str:number>/", reading.paragraph_detail, name="paragraph-detail"),
    path("read/<slug:slug>/<int:chapter>/<int:page>/", reading.chapter_page, name="chapter-page"),
]
