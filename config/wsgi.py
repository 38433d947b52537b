"""The web application. Each worker process hears from the database when a story changes."""

import os
import sys
from pathlib import Path

from config import database, env
from config.errors import ConfigError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
try:
    database.start(env.folder("VAR", "var", base=Path(__file__).resolve().parent.parent))
except ConfigError as error:
    sys.exit(str(error))

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from reader import pagecache, parenting  # noqa: E402  (the app registry must be ready)

pagecache.listen()
# Only below `manage.py serve`: another server's parent may well be a shell that is closed.
if os.environ.get("SERVER_PID") == str(os.getppid()):
    parenting.end_with(os.getppid())
