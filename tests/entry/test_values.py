"""From a file of values to the changes it proposes, or to every reason to refuse it."""

import hashlib
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.entry.findings import EntryError
from indicators.entry.grids import Cell, CellKind, Merged
from indicators.entry.known import Known
from indicators.entry.sources import Citation
from indicators.periods import PeriodKind
from indicators.records import Quality
from indicators.store.placing import WorkingTables
from indicators.tables import tables_of
from tests.entry.sheets import AIR, CITED, FIRMS, LONG, csv, grid, number, propose


@pytest.fixture
def read(known, places):
    """Return a function that reads a CSV file of rows, or sheets as they are given."""

    def run(*rows, **options):
        content = rows if hasattr(rows[0], "where") else csv(*rows)
        return propose(known, places, content, **options)

    return run


@pytest.fixture
def refused(read):
    """Return a function that reads what is refused and gives back the faults."""

    def run(*rows, **options):
        with pytest.raises(EntryError) as error:
            read(*rows, **options)
        return error.value.faults

    return run


def after(proposal):
    """Return the rows of observations a proposal wants, without what tests seldom ask about."""
    return [
        (line.after["adcode"], line.after["period"], line.after["value"]) for line in proposal.lines
    ]


# ---------------------------------------------------------------- shapes of tables


def test_a_long_table(read):
    proposal = read(LONG, ("湛江市", AIR, "2031", "95.5"), ("440900", AIR, "2031", "96"))
    assert after(proposal) == [("440800", "2031", "95.5"), ("440900", "2031", "96")]


def test_a_wide_table_with_the_indicator_in_a_column(read):
    proposal = read(("地区", "指标", "2031年", "2032"), ("湛江市", AIR, "95.5", "96"))
    assert after(proposal) == [("440800", "2031", "95.5"), ("440800", "2032", "96")]


def test_a_wide_table_with_the_indicator_in_its_title(read):
    sheet = grid(["环境空气质量优良天数比例"], ["地区", 2031], ["湛江市", 95.5], name="表1")
    assert after(read(sheet)) == [("440800", "2031", "95.5")]


def test_a_wide_table_with_the_indicator_as_the_name_of_its_sheet(read):
    sheet = grid(["地区", 2031], ["湛江市", 95.5], name="环境空气质量优良天数比例")
    assert after(read(sheet)) == [("440800", "2031", "95.5")]


def test_the_caller_may_name_the_indicator(read):
    assert after(read(("地区", "2031"), ("湛江市", "95.5"), indicator=AIR))


def test_without_an_indicator_a_table_is_refused(refused):
    (fault,) = refused(("地区", "2031"), ("湛江市", "95.5"))
    assert "--indicator" in fault.remedy.zh


def test_english_headers_and_names(read):
    rows = (("region", "indicator", "period", "value"), ("Zhanjiang", AIR, "2031", "9"))
    assert after(read(*rows)) == [("440800", "2031", "9")]


def test_months_and_quarters_may_have_columns_of_their_own(read):
    rows = (("地区", "指标", "年份", "月份", "数值"), ("湛江市", AIR, "2031", "9月", "95.5"))
    assert after(read(*rows)) == [("440800", "2031-09", "95.5")]


def test_the_region_above_may_have_a_column_of_its_own(read):
    rows = (("上级", "地区", "指标", "年份", "数值"), ("徐州市", "鼓楼区", AIR, "2031", "9"))
    assert after(read(*rows)) == [("320302", "2031", "9")]


def test_several_sheets_are_all_read(read):
    first = grid(LONG, ["湛江市", AIR, 2031, 95], name="一")
    second = grid(LONG, ["茂名市", AIR, 2031, 96], name="二")
    assert len(read(first, second).lines) == 2


def test_a_sheet_that_is_no_table_is_told(read):
    proposal = read(grid(LONG, ["湛江市", AIR, 2031, 95]), grid(["杂记"], ["哈"], name="杂"))
    assert any("“杂”" in notice.zh for notice in proposal.notices)


def test_columns_that_are_not_used_are_told(read):
    rows = ((*LONG, "心情"), ("湛江市", AIR, "2031", "95", "好"))
    assert any("心情" in notice.zh for notice in read(*rows).notices)


# ---------------------------------------------------------------- cells


def test_cells_without_a_value_are_left_out_and_counted(read):
    rows = [
        ("湛江市", AIR, str(2031 + index), sign) for index, sign in enumerate(["", "-", "…", "无"])
    ]
    proposal = read(LONG, ("茂名市", AIR, "2031", "95"), *rows)
    assert (len(proposal.lines), proposal.blank) == (1, 4)


def test_qualifiers_come_from_the_value_or_from_their_column(read):
    head = (*LONG, "限定词")
    proposal = read(head, ("湛江市", AIR, "2031", "≥95", ""), ("茂名市", AIR, "2031", "95", "约"))
    assert [line.after["qualifier"] for line in proposal.lines] == [">=", "~"]


def test_two_different_qualifiers_are_refused(refused):
    (fault,) = refused((*LONG, "限定词"), ("湛江市", AIR, "2031", "≥95", "约"))
    assert fault.where == "a.csv!E2"


def test_units_are_converted_and_that_is_told(read):
    head = (*LONG, "单位")
    proposal = read(
        head,
        ("湛江市", FIRMS, "2031", "1.2", "万家"),
        ("茂名市", "tech_upgrade_investment", "2031", "35000", "万元"),
    )
    assert [line.after["value"] for line in proposal.lines] == ["12000", "3.5000"]
    assert sum("换算" in notice.zh for notice in proposal.notices) == 2


def test_a_unit_of_something_else_is_refused_at_its_cell(refused):
    (fault,) = refused((*LONG, "单位"), ("湛江市", FIRMS, "2031", "12", "%"))
    assert fault.where == "a.csv!E2"


def test_every_fault_of_a_file_is_listed_with_its_cell(refused):
    faults = refused(
        LONG,
        ("鼓楼区", AIR, "2031", "95"),
        ("湛江市", "幸福感", "2031", "95"),
        ("湛江市", AIR, "2031.5", "95"),
        ("湛江市", AIR, "2031", "很好"),
        ("湛江市", AIR, "2032", "195"),
        ("", AIR, "2031", "95"),
    )
    assert [fault.where for fault in faults] == [
        "a.csv!A2", "a.csv!B3", "a.csv!C4", "a.csv!D5", "a.csv!D6", "a.csv!A7",
    ]  # fmt: skip
    for fault in faults:
        assert all((fault.found.zh, fault.expected.zh, fault.remedy.zh, fault.remedy.en))


def test_at_most_a_hundred_faults_are_told_and_the_rest_counted(read):
    with pytest.raises(EntryError) as error:
        read(LONG, *[("湛江市", AIR, "2031", f"约莫{index}") for index in range(130)])
    assert len(error.value.faults) == 130
    *told, rest = str(error.value).splitlines()
    assert len(told) == 100
    assert "30" in rest


def test_a_code_and_a_name_that_disagree_are_refused(refused):
    head = ("区划代码", "地区名称", "指标", "年份", "数值")
    (fault,) = refused(head, ("440800", "茂名市", AIR, "2031", "95"))
    assert fault.where == "a.csv!B2"


def test_an_id_and_a_name_of_indicators_that_disagree_are_refused(refused):
    head = ("地区", "指标编号", "指标名称", "年份", "数值")
    (fault,) = refused(head, ("440800", AIR, "森林覆盖率", "2031", "95"))
    assert fault.where == "a.csv!B2"


def test_an_indicator_without_a_meaning_at_a_level_is_refused(refused):
    (fault,) = refused(LONG, ("麻章区", "one_stop_county_coverage", "2031", "95"))
    assert fault.where == "a.csv!A2"


def test_dates_formula_errors_and_bare_formulas_are_refused(refused):
    faults = refused(
        grid(
            LONG,
            ["湛江市", AIR, Cell("2024-01-01", CellKind.DATE), 95],
            ["湛江市", AIR, 2031, Cell("#REF!", CellKind.ERROR)],
            ["湛江市", AIR, 2032, Cell("=…", CellKind.UNCALCULATED)],
        )
    )
    assert [fault.where for fault in faults] == ["表!C2", "表!D3", "表!D4"]


def test_formulas_with_a_result_are_read_and_told(read):
    proposal = read(grid(LONG, ["湛江市", AIR, 2031, number(95, formula=True)]))
    assert any("公式" in notice.zh for notice in proposal.notices)


def test_merged_cells_among_the_data_are_refused_by_their_range(refused):
    sheet = grid(LONG, ["湛江市", AIR, 2031, 95], merged=(Merged("A2:A3", 1, 2),))
    assert refused(sheet)[0].where == "表!A2:A3"


def test_merged_cells_in_a_title_do_no_harm(read):
    rows = (["标题"], LONG, ["湛江市", AIR, 2031, 95])
    assert read(grid(*rows, merged=(Merged("A1:D1", 0, 0),))).lines


def test_values_in_hidden_rows_are_refused(refused):
    sheet = grid(LONG, ["湛江市", AIR, 2031, 95], hidden_rows=frozenset({1}))
    assert refused(sheet)[0].where == "表!2:2"


def test_hidden_rows_without_a_value_do_no_harm(read):
    rows = (LONG, ["湛江市", AIR, 2031, 95], ["茂名市", AIR, 2031, ""])
    assert read(grid(*rows, hidden_rows=frozenset({2}))).lines


def test_hidden_columns_that_count_are_refused(refused):
    sheet = grid(LONG, ["湛江市", AIR, 2031, 95], hidden_columns=frozenset({2}))
    assert refused(sheet)[0].where == "表!C1"


@pytest.mark.parametrize("rows", [(LONG,), (("甲", "乙"), ("1", "2"))])
def test_a_header_alone_and_no_header_are_refused(refused, rows):
    (fault,) = refused(*rows)
    assert fault.where == "a.csv"


def test_only_one_kind_of_period_may_be_let_in(refused):
    rows = (LONG, ("湛江市", AIR, "2031", "95"), ("湛江市", AIR, "2031-09", "95"))
    (fault,) = refused(*rows, period_kind=PeriodKind.YEAR)
    assert fault.where == "a.csv!C3"


# ---------------------------------------------------------------- shares


def test_shares_become_percentages_where_known_values_show_it(read):
    proposal = read(LONG, ("湛江市", AIR, "2031", "0.955"), ("茂名市", AIR, "2031", "1"))
    assert [line.after["value"] for line in proposal.lines] == ["95.5", "100"]
    assert any("乘以 100" in notice.zh for notice in proposal.notices)


def test_a_percent_sign_settles_it(read):
    proposal = read(LONG, ("湛江市", AIR, "2031", "95.5%"), ("茂名市", AIR, "2031", "0.5%"))
    assert [line.after["value"] for line in proposal.lines] == ["95.5", "0.5"]


def test_a_mixture_is_refused_at_the_doubtful_cells(refused):
    rows = (LONG, ("湛江市", AIR, "2031", "0.955"), ("茂名市", AIR, "2031", "96"))
    (fault,) = refused(*rows)
    assert fault.where == "a.csv!D2"
    assert "a.csv!D3" in fault.found.zh


def test_a_share_with_nothing_to_compare_it_with_is_refused(refused, known):
    seen = {indicator for _, indicator in known.latest}
    unseen = next(
        item
        for item in known.indicators.values()
        if item.unit == "%" and item.indicator_id not in seen
    )
    (fault,) = refused(LONG, ("湛江市", unseen.indicator_id, "2031", "0.5"))
    assert "%" in fault.remedy.zh


def test_zero_is_zero(read):
    assert after(read(LONG, ("湛江市", AIR, "2031", "0"))) == [("440800", "2031", "0")]


def test_counts_between_zero_and_one_stay_as_they_are(read):
    assert after(read(LONG, ("湛江市", FIRMS, "2031", "1"))) == [("440800", "2031", "1")]


# ---------------------------------------------------------------- sources and what is known


def test_a_new_source_is_added_before_its_values(read):
    first, second = read(LONG, ("湛江市", AIR, "2031", "95")).changes
    assert (first.table, second.table) == ("sources", "observations")
    assert first.after["publisher"] == CITED.publisher
    expected = hashlib.sha256(f"{CITED.publisher}\x1f{CITED.title}\x1f".encode()).hexdigest()[:10]
    assert first.after["source_id"] == second.after["source_id"] == expected


def test_a_source_that_is_known_is_used_again(read, known):
    source = next(iter(known.sources.values()))
    cited = Citation(source.publisher, source.title, source.url)
    (change,) = read(LONG, ("湛江市", AIR, "2031", "95"), citation=cited).changes
    assert change.after["source_id"] == source.source_id


def test_columns_of_the_file_name_the_source(read):
    proposal = read((*LONG, "发布单位", "标题"), ("湛江市", AIR, "2031", "95", "某局", "某公报"))
    assert proposal.changes[0].after["publisher"] == "某局"


def test_without_a_source_the_file_is_the_source_and_its_quality_uncertain(read):
    proposal = read(LONG, ("湛江市", AIR, "2031", "95"), citation=Citation())
    source, value = proposal.changes
    assert source.after["title"] == "a.csv"
    assert value.after["quality"] == "uncertain"
    assert any("来源" in notice.zh for notice in proposal.notices)


def test_a_named_publisher_is_official_unless_something_else_is_said(read):
    row = ("湛江市", AIR, "2031", "95")
    assert read(LONG, row).lines[0].after["quality"] == "official"
    assert read(LONG, row, quality=Quality.PRESS).lines[0].after["quality"] == "press"
    stated = read((*LONG, "质量"), (*row, "论文"))
    assert stated.lines[0].after["quality"] == "paper"


def test_keys_of_sources_lead_to_the_sheet_of_sources(read, refused):
    listed = grid(
        ["来源编号", "发布单位", "标题"],
        ["1", "甲局", "甲报"],
        ["2", "乙局", "乙报"],
        ["3"],
        name="来源",
    )
    head = (*LONG, "来源编号")
    proposal = read(
        grid(head, ["湛江市", AIR, 2031, 95, "2"], ["茂名市", AIR, 2031, 95, ""]),
        listed,
        citation=Citation(),
    )
    assert {change.after["publisher"] for change in proposal.changes[:2]} == {"甲局", "乙局"}
    for key in ("3", "9"):
        (fault,) = refused(grid(head, ["湛江市", AIR, 2031, 95, key]), listed)
        assert fault.where == "表!E2"


def test_a_table_with_columns_for_its_sources_is_no_list_of_sources(read):
    head = ("地区", "指标", "发布单位", "来源编号", "2031")
    assert after(read(head, ("湛江市", AIR, "某局", "", "95"))) == [("440800", "2031", "95")]


def test_audience_is_public_unless_something_else_is_said(read):
    row = ("湛江市", AIR, "2031", "95")
    assert read(LONG, row).lines[0].after["audience"] == "public"
    assert read(LONG, row, audience="internal").lines[0].after["audience"] == "internal"
    assert read((*LONG, "公开范围"), (*row, "内部")).lines[0].after["audience"] == "internal"


def test_a_key_twice_in_a_file_is_refused_with_both_cells(refused):
    rows = (LONG, ("湛江市", AIR, "2031", "95"), ("440800", AIR, "2031年", "96"))
    (fault,) = refused(*rows)
    assert fault.where == "a.csv!D3"
    assert "a.csv!D2" in fault.found.zh


def test_the_same_value_from_two_sources_is_no_repetition(read):
    head = (*LONG, "发布单位")
    rows = (("湛江市", AIR, "2031", "95", "甲局"), ("湛江市", AIR, "2031", "95", "乙局"))
    assert len(read(head, *rows).lines) == 2


@pytest.fixture
def imported(known, read):
    """Return the tables with one value imported: 95.50 with a note."""
    proposal = read((*LONG, "备注"), ("湛江市", AIR, "2031", "95.50", "初步数"))
    working = WorkingTables(known.frames)
    working.apply(proposal.changes)
    frames = working.frames()
    return Known(frames, tables_of(frames))


def test_the_same_file_again_changes_nothing(imported, places):
    content = csv((*LONG, "备注"), ("湛江市", AIR, "2031", "95.50", "初步数"))
    proposal = propose(imported, places, content)
    assert (proposal.changes, proposal.unchanged) == ((), 1)


@pytest.mark.parametrize("value", ["95.5", "95.500", "９５．５"])
def test_the_same_number_written_differently_changes_nothing(imported, places, value):
    assert not propose(imported, places, csv(LONG, ("湛江市", AIR, "2031", value))).changes


def test_another_value_is_a_change_from_old_to_new(imported, places):
    proposal = propose(imported, places, csv(LONG, ("湛江市", AIR, "2031", "96")))
    (line,) = proposal.lines
    assert (line.before["value"], line.after["value"]) == ("95.50", "96")
    assert line.after["note"] == "初步数"


def test_a_note_alone_is_a_change(imported, places):
    content = csv((*LONG, "备注"), ("湛江市", AIR, "2031", "95.5", "终核数"))
    (line,) = propose(imported, places, content).lines
    assert (line.after["value"], line.after["note"]) == ("95.50", "终核数")


def test_values_of_others_are_told_as_rivals(imported, places):
    cited = Citation("另一家", "另一报")
    content = csv(LONG, ("湛江市", AIR, "2031", "96"))
    (line,) = propose(imported, places, content, citation=cited).lines
    assert [(rival.publisher, rival.value) for rival in line.rivals] == [("测试统计局", "95.5")]


def test_a_proposal_leaves_sound_tables(known, places, read):
    proposal = read(LONG, ("湛江市", AIR, "2031", "95.5"), ("襄樊市", AIR, "2031-09", "97.10"))
    working = WorkingTables(known.frames)
    working.apply(proposal.changes)
    assert tables_of(working.frames(), known_adcodes=places.adcodes)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["440800", "440900", "450700"]), st.integers(2030, 2060)),
        st.decimals("1.001", "100", places=3),
        min_size=1,
        max_size=12,
    )
)
@settings(max_examples=25)
def test_every_value_arrives_exactly_once(known, places, values):
    rows = [(adcode, AIR, year, value) for (adcode, year), value in values.items()]
    proposal = propose(known, places, csv(LONG, *rows))
    arrived = {
        (line.after["adcode"], int(line.after["period"])): Decimal(line.after["value"])
        for line in proposal.lines
    }
    assert arrived == values
