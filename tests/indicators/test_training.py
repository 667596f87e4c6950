"""Generated values: plausible, repeatable, and never to be taken for real ones."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.codes import NATION, Level
from indicators import schemas
from indicators.errors import TablesInvalidError
from indicators.periods import year_period
from indicators.records import Audience, Direction, Kind
from indicators.references import reference_faults
from indicators.reserved import STAMP_EN, STAMP_ZH, carries_stamp, reserved_faults
from indicators.tables import load_tables
from indicators.thresholds import Thresholds
from indicators.training import TrainingAtlas
from indicators.training_values import Place, generate
from indicators.verdicts import State
from tests import builders
from tests.builders import PROVINCE, table_frame, table_frames, table_row, write_tables

PLACES = [
    Place(region.adcode, region.level, region.parent)
    for level in Level
    for region in builders.regions().all(level)
]
TARGET = builders.target(PROVINCE, "2020 >= 92")
SHARE = builders.indicator()


def training(audience=Audience.PUBLIC, **given):
    given.setdefault("targets", [TARGET])
    given.setdefault("observations", builders.series("110100", "2019:90.7777"))
    tables = builders.tables(**given)
    return TrainingAtlas(tables, builders.lineage, Thresholds(), PLACES, audience)


def values(*indicators, targets=(TARGET,), seed="seed"):
    plans = [builders.plan(item.adcode) for item in targets]
    return generate(indicators or (SHARE,), plans, targets, PLACES, seed)


@pytest.fixture(scope="module")
def shipped(bundle):
    places = [
        Place(region.adcode, region.level, region.parent)
        for level in Level
        for region in bundle.regions.all(level)
    ]
    atlas = bundle.atlas

    def lineage(adcode):
        return tuple(region.adcode for region in reversed(bundle.regions.ancestors(adcode)))

    return TrainingAtlas(atlas.tables, lineage, atlas.thresholds, places)


# ---------------------------------------------------------------- what is generated


def test_the_same_data_give_the_same_values():
    np.testing.assert_array_equal(values().numbers, values().numbers)


def test_other_data_give_other_values():
    assert not np.array_equal(values().numbers, values(seed="other").numbers)


def test_every_region_has_a_value_for_every_year():
    made = values()

    assert set(made.regions) == {place.adcode for place in PLACES}
    assert np.isfinite(made.numbers).all()


def test_a_city_without_counties_is_one_region():
    codes = [place.adcode for place in PLACES]

    assert codes.count("110400") == 2
    assert len(values().regions) == len(set(codes))


def test_levels_without_meaning_stay_empty():
    made = values(builders.indicator(levels=frozenset({Level.PROVINCE})))

    filled = {
        code for code, column in made.regions.items() if np.isfinite(made.numbers[0, column, 0])
    }
    assert filled == {NATION, PROVINCE, "120000"}


@settings(max_examples=25)
@given(
    seed=st.text(max_size=8),
    promise=st.floats(0, 100),
    comparator=st.sampled_from((">=", ">", "<=", "<", "~")),
)
def test_values_stay_within_the_bounds_of_the_indicator(seed, promise, comparator):
    share = builders.bounded_indicator(0, 100)
    target = builders.target(PROVINCE, f"2020 {comparator} {promise}")
    numbers = values(share, targets=[target], seed=seed).numbers

    assert ((numbers >= 0) & (numbers <= 100)).all()


def test_things_that_are_counted_are_whole():
    firms = builders.indicator(unit="家", kind=Kind.STOCK, intensive=False)
    numbers = values(firms, targets=[builders.target(PROVINCE, "2020 >= 40", unit="家")]).numbers

    np.testing.assert_array_equal(numbers, np.round(numbers))


def test_children_scatter_around_their_parent():
    share = builders.bounded_indicator(0, 100)
    made = values(share)
    above = made.numbers[0, made.regions[PROVINCE]]
    below = [made.numbers[0, made.regions[code]] for code in builders.PREFECTURES]

    assert all(np.abs(child - above).max() < 15 for child in below)
    assert len({tuple(child) for child in below}) == len(below)


def test_a_count_is_divided_among_the_children():
    firms = builders.indicator(unit="亿元", kind=Kind.STOCK, intensive=False)
    made = values(firms, targets=[builders.target(PROVINCE, "2020 >= 4000", unit="亿元")])
    above = made.numbers[0, made.regions[PROVINCE]]
    below = sum(made.numbers[0, made.regions[code]] for code in builders.PREFECTURES)

    np.testing.assert_allclose(below, above, rtol=0.1)


@pytest.mark.parametrize(("text", "way"), [("2020 >= 92", 1), ("2020 <= 35", -1)])
def test_a_path_leads_towards_its_target(text, way):
    direction = Direction.HIGHER if way > 0 else Direction.LOWER
    made = values(
        builders.indicator(direction=direction), targets=[builders.target(PROVINCE, text)]
    )
    path = made.numbers[0, made.regions[PROVINCE]]

    assert (path[-1] - path[0]) * way > 0


def test_some_targets_are_met_and_some_are_behind(shipped, bundle):
    verdicts = [
        shipped.verdict(
            target.adcode,
            bundle.regions.get(target.adcode).level,
            target.indicator_id,
            year_period(2024),
            target,
        )
        for target in shipped.tables.targets
    ]
    states = {verdict.state for verdict in verdicts}

    assert {State.MET, State.ON_COURSE, State.BEHIND, State.FAR_BEHIND, State.NOT_MET} <= states
    assert State.NO_ACTUAL not in states


def test_every_shipped_region_has_every_indicator_at_its_levels(shipped, bundle):
    for level in (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY):
        codes = [region.adcode for region in bundle.regions.all(level)]
        for indicator in shipped.tables.indicators:
            if level in indicator.levels:
                counts = shipped.periods(indicator.indicator_id, codes)
                assert set(counts.values()) == {len(codes)}


def test_shipped_values_stay_within_their_bounds(shipped):
    for indicator in shipped.tables.indicators:
        for adcode in ("440000", "440800", "440802", "110000"):
            for item in shipped.series(adcode, indicator.indicator_id):
                assert indicator.minimum is None or item.value >= indicator.minimum
                assert indicator.maximum is None or item.value <= indicator.maximum


# ---------------------------------------------------------------- nothing real is left


def test_published_values_are_gone():
    atlas = training()

    assert all(item.source_id == "training" for item in atlas.observations())
    assert 90.7777 not in [item.value for item in atlas.observations("share")]
    assert [source.source_id for source in atlas.tables.sources] == ["training"]


def test_every_value_says_that_it_is_not_real():
    items = list(training().observations("share"))

    assert items
    assert {item.note for item in items} == {STAMP_ZH}
    assert training().note(STAMP_ZH) == (STAMP_ZH, STAMP_EN)


def test_targets_stay_as_promised():
    assert training().tables.targets == (TARGET,)


def test_the_version_is_not_that_of_the_real_data():
    assert training().tables.version != builders.tables().version


def test_what_is_shaped_by_internal_targets_is_internal():
    items = training(audience=Audience.INTERNAL).observations("share")

    assert {item.audience for item in items} == {Audience.INTERNAL}


# ---------------------------------------------------------------- questions to the atlas


def test_a_value_is_the_same_object_wherever_it_is_asked_for():
    atlas = training()
    for adcode in (PROVINCE, "110101"):
        (first, *_) = atlas.series(adcode, "share")
        choice = atlas.choice(adcode, "share", str(first.period))

        assert choice.chosen is first
        assert choice.rivals == ()


def test_a_period_without_value_has_no_choice():
    assert training().choice("110101", "share", "1950") is None


def test_an_indicator_nobody_uses_stays_empty():
    atlas = training(indicators=[SHARE, builders.indicator("other")])

    assert atlas.series(PROVINCE, "other") == ()
    assert atlas.periods("other", [PROVINCE]) == {}


def test_periods_are_counted_as_series_have_them():
    atlas = training()
    counts = atlas.periods("share", ["110101", "110102", "999999"])

    assert counts == {str(item.period): 2 for item in atlas.series("110101", "share")}


def test_without_plans_there_is_nothing_to_break():
    atlas = training(targets=[])

    assert len(atlas.series("110101", "share")) >= 5


# ---------------------------------------------------------------- reserved


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (schemas.SOURCES, "source_id"),
        (schemas.OBSERVATIONS, "source_id"),
        (schemas.BREAKS, "source_id"),
        (schemas.CORRECTIONS, "evidence_source_id"),
    ],
    ids=lambda item: getattr(item, "file", item),
)
def test_the_source_of_generated_values_is_reserved(table, column):
    frame = table_frame(table, table_row(table, **{column: "training"}))
    frames = table_frames(**{table.file.removesuffix(".csv"): frame})

    (fault,) = reserved_faults(frames)

    assert (fault.file, fault.row, fault.column) == (table.file, 2, column)
    assert "training data cannot be kept" in fault.remedy
    assert fault in reference_faults(frames, None)


def test_the_stamp_is_found_in_any_cell():
    frame = table_frame(schemas.OBSERVATIONS, table_row(schemas.OBSERVATIONS, note=STAMP_ZH))

    (fault,) = reserved_faults(table_frames(observations=frame))

    assert fault.column == "note"


def test_real_tables_hold_nothing_reserved():
    assert reserved_faults(table_frames()) == []


def test_tables_with_generated_rows_do_not_load(tmp_path):
    rows = [table_row(schemas.SOURCES), table_row(schemas.SOURCES, source_id="training")]

    with pytest.raises(TablesInvalidError, match="generated training data are not real"):
        load_tables(write_tables(tmp_path, sources=rows))


@pytest.mark.parametrize(
    "text",
    [
        STAMP_ZH,
        STAMP_EN,
        "training data · NOT real",
        "演练数据·非真实",
        "演练数据-observations.csv",
        f"内部 {STAMP_ZH} / {STAMP_EN}",
    ],
)
def test_a_stamp_is_recognised_however_it_is_spaced(text):
    assert carries_stamp(["plain", text])


@pytest.mark.parametrize("texts", [[], [""], ["演练", "training", "数据.xlsx"]])
def test_other_texts_carry_no_stamp(texts):
    assert not carries_stamp(texts)
