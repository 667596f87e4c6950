"""Entry point for WSGI servers: ``gunicorn dashboard.wsgi:server``."""

from dashboard.app import create_app
from dashboard.live import live_data
from dashboard.settings import Settings

_settings = Settings.from_env()
_live, _watcher = live_data(_settings)

server = create_app(_settings, live=_live).server
# Not at once: whoever runs this may fork later, and threads do not follow a fork.
server.before_request(_watcher.start)
