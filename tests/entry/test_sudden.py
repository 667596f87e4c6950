"""Sudden changes: warned of where the past or the neighbours show what is usual."""

import pytest

from indicators.entry.known import Known
from indicators.entry.sudden import SUDDEN_TIMES, sudden_changes, usual_range
from indicators.store.placing import WorkingTables
from indicators.tables import tables_of
from tests.entry.sheets import AIR, FIRMS, LONG, csv, propose

CITY, BESIDE = "440800", ("440900", "440700", "440600")


@pytest.fixture
def with_history(known, places):
    """Return a function that puts yearly values of the future into the tables."""

    def build(indicator, *values):
        rows = [(adcode, indicator, year, value) for adcode, year, value in values]
        working = WorkingTables(known.frames)
        working.apply(propose(known, places, csv(LONG, *rows)).changes)
        frames = working.frames()
        return Known(frames, tables_of(frames))

    return build


def warnings_of(history, places, indicator, year, value, adcode=CITY):
    row = (adcode, indicator, year, value)
    return propose(history, places, csv(LONG, row)).warnings


YEARS = [(CITY, 2040, 90), (CITY, 2041, 91), (CITY, 2042, 90), (CITY, 2043, 91)]


@pytest.mark.parametrize(
    ("value", "warned"), [(91.5, False), (96, False), (96.1, True), (80, True)]
)
def test_a_leap_beyond_the_usual_yearly_change_is_a_warning(with_history, places, value, warned):
    assert bool(warnings_of(with_history(AIR, *YEARS), places, AIR, 2044, value)) is warned


def test_years_in_between_allow_for_more(with_history, places):
    assert not warnings_of(with_history(AIR, *YEARS), places, AIR, 2045, 99)


def test_the_words_name_cell_region_and_how_many_times(with_history, places):
    (warning,) = warnings_of(with_history(AIR, *YEARS), places, AIR, 2044, 81)
    assert all(part in warning.zh for part in ("a.csv!D2", "湛江市", "91（2043）", "10.0 倍"))


def test_a_series_that_never_moved_allows_for_a_hundredth(with_history, places):
    still = with_history(FIRMS, *[(CITY, year, 1000) for year in range(2040, 2044)])
    assert not warnings_of(still, places, FIRMS, 2044, 1000 + 10 * SUDDEN_TIMES)
    assert warnings_of(still, places, FIRMS, 2044, 1001 + 10 * SUDDEN_TIMES)


def test_a_short_series_is_held_against_the_regions_beside_it(with_history, places):
    beside = [
        (adcode, year, 1000 + 20 * (year - 2040)) for adcode in BESIDE for year in (2040, 2041)
    ]
    history = with_history(FIRMS, (CITY, 2040, 500), *beside)
    assert not warnings_of(history, places, FIRMS, 2041, 549)
    assert warnings_of(history, places, FIRMS, 2041, 551)


def test_without_anything_to_compare_with_there_is_no_warning(with_history, places):
    assert not warnings_of(with_history(FIRMS, (CITY, 2040, 5)), places, FIRMS, 2041, 5000)
    assert not warnings_of(with_history(FIRMS, (CITY, 2040, 5)), places, FIRMS, 2031, 5000)


def test_months_are_not_compared_with_years(with_history, places):
    assert not warnings_of(with_history(AIR, *YEARS), places, AIR, "2044-01", 40)


def test_a_break_in_definition_starts_anew(with_history, places):
    history = with_history("forest_cover", (CITY, 2020, 26), (CITY, 2021, 26), (CITY, 2022, 26))
    assert not warnings_of(history, places, "forest_cover", 2024, 70)


def test_a_correction_is_held_against_the_earlier_years_only(with_history, places):
    history = with_history(AIR, *YEARS, (CITY, 2044, 30))
    assert not warnings_of(history, places, AIR, 2044, 91)


def test_the_usual_range_is_where_no_warning_is_raised(with_history, places):
    history = with_history(AIR, *YEARS)
    low, high = usual_range((CITY, AIR), 2044, history, places)
    assert (low, high) == (86, 96)
    assert usual_range((CITY, FIRMS), 1960, history, places) is None


def test_nothing_new_raises_no_warning(known, places):
    assert sudden_changes([], known, places) == ()
