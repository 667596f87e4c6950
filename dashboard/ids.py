"""Every component id, once."""

URL = "url"
PAGE = "page"
PROVIDER = "provider"
# The page and language the browser asks for, set only when they differ from what it shows.
PAGE_WANTED = "page-wanted"
RENDERED = "rendered"
# The query of exactly what is shown, after the server mended the asked one.
CANONICAL = "canonical"
SHARE_SLOT = "share-slot"

CONTROL_REGION = "control-region"
CONTROL_LEVEL = "control-level"
CONTROL_INDICATOR = "control-indicator"
CONTROL_PERIOD = "control-period"
CONTROL_VIEW = "control-view"
PLAY = "control-play"
PLAY_TIMER = "play-timer"

SEARCH = "search"
LANGUAGE = "control-language"
THEME = "control-theme"

MAP = "map"
TARGET = "target"
TREND = "trend"
RANKING = "ranking"

# What the map shows now, so that the server can answer with the difference only.
MAP_BOX = "map-box"
MAP_DRAWN = "map-drawn"
# A click or double click on the map: {"adcode", "drill"}.
MAP_EVENT = "map-event"
MAP_TITLE = "map-title"
MAP_FINDING = "map-finding"
MAP_HONESTY = "map-honesty"
MAP_LEGEND = "map-legend"
MAP_ATTRIBUTION = "map-attribution"
MAP_TABLE = "map-table"
# Whether the table is unfolded, and the query it is asked for.
TABLE_OPEN = "map-table-open"
TABLE_WANTED = "map-table-wanted"
MAP_TABLE_BOX = "map-table-box"

BREADCRUMB = "breadcrumb"
NOTICES = "notices"
REGION_CARD = "region-card"
EVIDENCE = "evidence"
SHARE = "share"
STATUS = "status"
