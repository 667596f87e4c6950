"""Every component id, once."""

URL = "url"
PAGE = "page"
PROVIDER = "provider"
# The page and language the browser asks for, set only when they differ from what it shows.
PAGE_WANTED = "page-wanted"
RENDERED = "rendered"
# What the browser's tab says.
TAB = "tab"
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
# The query the map on the screen shows; what stands beside it follows once it is painted.
MAP_SHOWN = "map-shown"
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
# A failed callback, and a lost connection.
FAILURE = "failure"
CONNECTION = "connection"

# The targets page.
TARGETS_REGION = "targets-control-region"
TARGETS_PERIOD = "targets-control-period"
CONTROL_GROUP = "control-group"
CONTROL_SORT = "control-sort"
CONTROL_Q = "control-q"
TARGETS_SUMMARY = "targets-summary"
TARGETS_TABLE = "targets-table"
TARGETS_MORE = "targets-more"
TARGETS_NOTICES = "targets-notices"
TARGETS_SHARE_SLOT = "targets-share-slot"
TARGETS_OPENED = "targets-opened"

# The data page.
DATA_TABS = "control-table"
FIND = "control-find"
COVER = "control-cover"
DATA_BODY = "data-body"
DATA_NOTICES = "data-notices"
DATA_SHARE_SLOT = "data-share-slot"
# The grid of a table is {"type": DATA_GRID, "table": …}; the row chosen in it is told below it.
DATA_GRID = "data-grid"
DATA_DETAIL = "data-detail"

# The comparison page.
COMPARE_INDICATOR = "compare-control-indicator"
COMPARE_REGION = "compare-control-region"
COMPARE_LEVEL = "compare-control-level"
COMPARE_PERIOD = "compare-control-period"
COMPARE_SORT = "compare-control-sort"
COMPARE_SELECTED = "compare-control-selected"
CONTROL_REGIONS = "control-regions"
CONTROL_PERIODS = "control-periods"
COMPARE_NOTICES = "compare-notices"
COMPARE_SHARE_SLOT = "compare-share-slot"
COMPARE_HEADLINE = "compare-headline"
COMPARE_PLANS = "compare-plans"
COMPARE_TREND = "compare-trend"
COMPARE_AREA_TITLE = "compare-area-title"
COMPARE_STRIP = "compare-strip"
COMPARE_MAPS = "compare-maps"
# The maps as the server made them; drawn once the geometry they share has arrived.
COMPARE_MAPS_MADE = "compare-maps-made"
COMPARE_RANKING = "compare-ranking"
