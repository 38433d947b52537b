"""A process that saves, and can be killed while it does: run as `python -m tests.wiki.editing.killed`.

It imports the site without touching the database, then forks a child for each line on its input: the child's number is
printed first, and the outcome when it is done.
"""

import json
import os
import sys
from pathlib import Path


def main() -> None:
    """Fork for each request."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    import wiki.editing.saving  # noqa: F401 - so that a child has nothing left to import

    print("ready", flush=True)
    while line := sys.stdin.readline():
        child = os.fork()
        if not child:
            print(f"saved {_save(json.loads(line))}", flush=True)
            os._exit(0)
        print(f"child {child}", flush=True)
        sys.stdin.readline()  # until it was killed, so that its number is nobody else's
        os.waitpid(child, 0)
        print("over", flush=True)


def _save(asked: dict[str, str]) -> str:
    from reader.models import Story, User
    from reader.text.points import parse_point
    from wiki.editing.forms import EntryForm
    from wiki.editing.rights import rights_of
    from wiki.editing.saving import Save, save

    story, user = Story.objects.get(slug=asked["story"]), User.objects.get(username=asked["user"])
    form = EntryForm.from_json(json.loads(asked["form"]))
    sent, rights = Save(asked["token"], form), rights_of(user, story)
    print("begun", flush=True)
    return save(story, sent, rights, horizon=parse_point(asked["horizon"])).sort


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    main()
