"""Which of rival observations counts."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.choice import choose, choose_all
from indicators.periods import parse_period
from indicators.records import Observation, Qualifier, Quality

OFFICIAL, PRESS = Quality.OFFICIAL, Quality.PRESS


def observation(
    value: float,
    note: str = "",
    quality: Quality = OFFICIAL,
    qualifier: Qualifier = Qualifier.EXACT,
    source_id: str = "s",
) -> Observation:
    """Build an observation of one fixed region, indicator and period."""
    period = parse_period("2023")
    return Observation("450000", "x", period, value, qualifier, quality, source_id, note)


@dataclass(frozen=True)
class Pair:
    """Two rows that contradict each other in the tables, the expected one first."""

    name: str
    chosen: Observation
    passed_over: Observation
    rule: str


PAIRS = [
    Pair(
        "360000 invention_patents_per_10k 2024",
        observation(
            10.72,
            "original lists both figures: 10.72件和3.5件, up 17.4% and 27.3%; year end 2024 as "
            "of the April 2025 press conference; page in traditional characters",
            source_id="be2f745063",
        ),
        observation(
            9.85,
            "mid-2024 (end of June), not year end; year-end figure 10.72 in a separate row",
            source_id="7538cb80d9",
        ),
        "note",
    ),
    Pair(
        "440300 little_giants_national 2023",
        observation(754, "另一转述为752家(香港商报)", PRESS, source_id="3a0555368f"),
        observation(752, "原文称“超过一半”与1525家不符,数字照录", PRESS, source_id="52cad3b961"),
        "source_id",
    ),
    Pair(
        "440000 pm25_mean 2023",
        observation(21.1, source_id="044b310ab5"),
        observation(21, "rounded form of 21.1", source_id="b8ca93fb63"),
        "note",
    ),
    Pair(
        "450000 surface_water_good_share 2024",
        observation(99.1, "national sections, annual target 98.2", source_id="aa1e4d00e2"),
        observation(
            98.2,
            'the 2024 bulletin gives 99.1, which is likelier; this one only says "over 98.2"',
            PRESS,
            Qualifier.AT_LEAST,
            "d2bdadaf77",
        ),
        "quality",
    ),
    Pair(
        "450000 urban_sewage_treatment 2013",
        observation(75, "cities and county towns; rounded figure", source_id="083ea7790a"),
        observation(
            73,
            "state at early July 2013; the housing department gives 75% for the whole of 2013, "
            "which is likelier for the year",
            source_id="586a073fe4",
        ),
        "note",
    ),
    Pair(
        "450000 waste_harmless_treatment 2013",
        observation(75, "cities and county towns; 处理率, rounded figure", source_id="083ea7790a"),
        observation(
            78.6,
            "state at early July 2013; another source gives 75% (处理率) for 2013 - conflicting, "
            "this one names 无害化 explicitly",
            source_id="586a073fe4",
        ),
        "note",
    ),
]

STEPS = [
    Pair("press beats paper", observation(1, "", PRESS), observation(1.5, "", Quality.PAPER),
         "quality"),
    Pair("quality before note", observation(1, "rounded"), observation(1.5, "", PRESS), "quality"),
    Pair("exact beats about", observation(1), observation(1.5, qualifier=Qualifier.ABOUT),
         "qualifier"),
    Pair("about beats a bound", observation(1, qualifier=Qualifier.ABOUT),
         observation(1.5, qualifier=Qualifier.AT_LEAST), "qualifier"),
    Pair("qualifier before note", observation(1, "mid-2023"),
         observation(1.5, qualifier=Qualifier.ABOUT), "qualifier"),
    Pair("note before precision", observation(1), observation(1.5, "四舍五入"), "note"),
    Pair("not the annual figure", observation(1), observation(1.5, "not the annual figure"),
         "note"),
    Pair("not year end", observation(1), observation(1.5, "Not the year-end"), "note"),
    Pair("praise of itself is no fault", observation(788, "788 is likelier for May"),
         observation(138.5, "788 is likelier for May"), "note"),
    Pair("innocent words", observation(1.5, "stated at the middle school; midland; surrounded"),
         observation(1), "precision"),
    Pair("more decimals", observation(21.1, source_id="z"), observation(21, source_id="a"),
         "precision"),
    Pair("round hundreds have no decimals", observation(100, source_id="a"),
         observation(101, source_id="b"), "source_id"),
    Pair("one source twice", observation(100), observation(101), "source_id"),
]  # fmt: skip


@pytest.mark.parametrize("pair", [pytest.param(pair, id=pair.name) for pair in PAIRS + STEPS])
def test_the_rule_decides_whatever_the_order(pair: Pair) -> None:
    for rivals in ([pair.chosen, pair.passed_over], [pair.passed_over, pair.chosen]):
        choice = choose(rivals)
        assert choice.chosen == pair.chosen
        assert choice.rivals == (pair.passed_over,)
        assert choice.rule == pair.rule


def test_one_observation_has_no_rival() -> None:
    choice = choose([observation(1)])
    assert (choice.chosen, choice.rivals, choice.rule) == (observation(1), (), "only")


def test_only_rivals_are_compared() -> None:
    with pytest.raises(ValueError, match="exactly one"):
        choose([])
    with pytest.raises(ValueError, match="exactly one"):
        choose([observation(1), replace(observation(1), adcode="450100")])


def test_choose_all_groups_by_region_indicator_and_period() -> None:
    month = replace(observation(3), period=parse_period("2023-05"))
    rows = [observation(2), month, observation(2.5), replace(observation(4), adcode="450100")]
    choices = choose_all(iter(rows))
    assert {key: choice.chosen.value for key, choice in choices.items()} == {
        ("450000", "x", "2023"): 2.5,
        ("450000", "x", "2023-05"): 3,
        ("450100", "x", "2023"): 4,
    }


NOTES = ["", "rounded figure", "mid-2024", "which is likelier", "state at early July"]
RIVALS = st.lists(
    st.builds(
        observation,
        st.sampled_from([1.0, 1.5, 20.0, 21.25, 0.0]),
        st.sampled_from(NOTES),
        st.sampled_from(Quality),
        st.sampled_from(Qualifier),
        st.sampled_from("abc"),
    ),
    min_size=1,
    max_size=6,
)


@given(RIVALS, st.data())
def test_the_order_of_rows_never_matters(rivals: list[Observation], data: st.DataObject) -> None:
    assert choose(data.draw(st.permutations(rivals))) == choose(rivals)


@given(RIVALS)
def test_nothing_is_lost_and_the_best_quality_wins(rivals: list[Observation]) -> None:
    choice = choose(rivals)
    found = sorted([choice.chosen, *choice.rivals], key=repr)
    assert found == sorted(rivals, key=repr)
    qualities = list(Quality)
    assert qualities.index(choice.chosen.quality) == min(
        qualities.index(rival.quality) for rival in rivals
    )
