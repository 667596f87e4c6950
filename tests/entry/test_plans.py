"""A new city's plan, from a workbook or a folder of CSV files."""

import io

import openpyxl
import pytest

from indicators.entry.files import read_grids
from indicators.entry.findings import EntryError, Findings
from indicators.entry.grids import Cell, CellKind, Merged
from indicators.entry.plan_book import write_plan_book
from indicators.entry.plan_columns import PLAN_SHEETS, sheet_named
from indicators.entry.plan_folder import folder_sha256, is_plan_folder, read_plan_folder
from indicators.entry.plans import is_plan, propose_plan
from indicators.entry.text_files import read_text
from indicators.entry.uploads import Upload
from indicators.store.placing import WorkingTables
from indicators.tables import tables_of
from tests.entry.sheets import grid, number, text

# A made-up plan of a real city that has none among the shipped ones.
PLAN = grid(
    ["规划编号", "地区", "规划名称", "起始年", "结束年", "起止年份依据"],
    ["maoming", "茂名市", "试验用规划", 2030, "2035年", "试验"],
    name="规划",
)
TARGETS = grid(
    ["指标", "目标年", "比较", "目标值", "条款", "牵头部门"],
    ["产品质量监督抽查合格率", 2035, "≥", "95.50", "一", "市场监管局、统计局"],
    ["air_good_days_share", 2035, "不低于", 96, "一", ""],
    name="目标",
)
DEPARTMENTS = grid(["部门名称", "英文名称"], ["市场监管局", "Regulator"], ["统计局"], name="部门")
MILESTONES = grid(
    ["年份", "领域", "内容", "条款"],
    ["", "品牌", "名牌更多", "二"],
    [2035, "创新", "新", "二"],
    name="里程碑",
)
TASKS = grid(
    ["任务", "内容", "条款", "责任部门"], ["抓质量", "全面抓", "三", "统计局"], name="任务"
)
WHOLE = (PLAN, TARGETS, DEPARTMENTS, MILESTONES, TASKS)


@pytest.fixture
def propose(known, places):
    def run(*grids):
        return propose_plan(grids, known, places, Findings())

    return run


@pytest.fixture
def refused(propose):
    def run(*grids):
        with pytest.raises(EntryError) as error:
            propose(*grids)
        return error.value.faults

    return run


def rows_of(proposal, table):
    return [change.after for change in proposal.changes if change.table == table]


def test_a_whole_plan_becomes_rows_of_sound_tables(propose, known, places):
    proposal = propose(*WHOLE)
    assert proposal.counts == {
        "plans": (1, 0, 0),
        "departments": (2, 0, 0),
        "targets": (2, 0, 0),
        "milestones": (2, 0, 0),
        "tasks": (1, 0, 0),
    }
    working = WorkingTables(known.frames)
    working.apply(proposal.changes)
    tables = tables_of(working.frames(), known_adcodes=places.adcodes)
    assert "maoming" in {plan.plan_id for plan in tables.plans}


def test_what_other_cells_say_need_not_be_repeated(propose):
    proposal = propose(*WHOLE)
    (plan,) = rows_of(proposal, "plans")
    assert (plan["adcode"], plan["last_year"], plan["name_en"]) == ("440900", "2035", "试验用规划")
    first, second = rows_of(proposal, "targets")
    assert (first["plan_id"], first["adcode"]) == ("maoming", "440900")
    assert (first["indicator_id"], first["unit"], first["kind"]) == (
        "product_supervision_pass_rate", "%", "rate",
    )  # fmt: skip
    assert (first["value"], first["comparator"], second["comparator"]) == ("95.50", ">=", ">=")
    assert first["departments_lead"] == "市场监管局;统计局"
    assert first["audience"] == "public"
    ids = [row["milestone_id"] for row in rows_of(proposal, "milestones")]
    assert ids == ["maoming-m01", "maoming-m02"]
    (task,) = rows_of(proposal, "tasks")
    assert (task["task_id"], task["number"]) == ("maoming-t01", "1")


def test_names_without_english_are_told(propose):
    assert any("英文" in notice.zh for notice in propose(*WHOLE).notices)


def test_the_same_plan_again_changes_nothing(propose, known, places):
    working = WorkingTables(known.frames)
    working.apply(propose(*WHOLE).changes)
    frames = working.frames()
    again = propose_plan(WHOLE, type(known)(frames, tables_of(frames)), places, Findings())
    assert again.changes == ()
    assert again.counts["targets"] == (0, 0, 2)


def test_targets_may_be_internal_and_stay_so(known, places):
    first = propose_plan(WHOLE, known, places, Findings(), "internal")
    assert {row["audience"] for row in rows_of(first, "targets")} == {"internal"}
    working = WorkingTables(known.frames)
    working.apply(first.changes)
    frames = working.frames()
    again = propose_plan(WHOLE, type(known)(frames, known.tables), places, Findings())
    assert again.changes == ()


def test_what_a_file_leaves_open_stays_as_it_is(propose, known):
    shipped = known.frames["plans.csv"].set_index("plan_id").loc["zhanjiang"]
    head = ["规划编号", "地区", "规划名称", "起始年", "结束年"]
    row = ["zhanjiang", "440800", shipped["name_zh"], 2018, 2021]
    (plan,) = rows_of(propose(grid(head, row, name="规划")), "plans")
    assert plan == {"plan_id": "zhanjiang", **shipped.to_dict(), "last_year": "2021"}


def test_english_of_another_chinese_name_is_not_kept(propose):
    row = ["zhanjiang", "440800", "新名称", 2018, 2020, "试验"]
    (plan,) = rows_of(propose(grid(PLAN.rows[0], row, name="规划")), "plans")
    assert plan["name_en"] == "新名称"


def test_a_plan_may_bring_its_own_indicators(propose):
    own = grid(
        ["指标编号", "指标名称", "领域", "单位", "方向", "类型", "可跨地区比较", "层级", "最小值"],
        ["tea_gardens", "标准茶园", "产品质量", "个", "越高越好", "存量", "否", "市、县", 0],
        name="指标",
    )
    targets = grid(
        ["指标", "目标年", "比较", "目标值", "条款"], ["标准茶园", 2035, ">", 5, "一"], name="目标"
    )
    proposal = propose(PLAN, own, targets)
    (row,) = rows_of(proposal, "indicators")
    assert (row["levels"], row["intensive"], row["kind"]) == ("prefecture;county", "false", "stock")
    assert rows_of(proposal, "targets")[0]["indicator_id"] == "tea_gardens"


@pytest.mark.parametrize(
    ("cells", "where"),
    [
        (["幸福感", 2035, "≥", 95, "一", ""], "目标!A2"),
        (["", 2035, "≥", 95, "一", ""], "目标!A2"),
        (["air_good_days_share", "九年后", "≥", 95, "一", ""], "目标!B2"),
        (["air_good_days_share", "2035-09", "≥", 95, "一", ""], "目标!B2"),
        (["air_good_days_share", 2035, "像", 95, "一", ""], "目标!C2"),
        (["air_good_days_share", 2035, "≥", "很多", "一", ""], "目标!D2"),
        (["air_good_days_share", 2035, "≥", "≥95", "一", ""], "目标!D2"),
        (["air_good_days_share", 2035, "≥", "", "一", ""], "目标!D2"),
        (["air_good_days_share", 2035, "≥", 195, "一", ""], "目标!D2"),
        (["air_good_days_share", 2035, "≥", 95, "", ""], "目标!E2"),
        (["air_good_days_share", 2035, "≥", 95, "一", "没有的局"], "目标!F2"),
    ],
)
def test_a_bad_cell_is_named_by_its_address(refused, cells, where):
    head = ["指标", "目标年", "比较", "目标值", "条款", "牵头部门"]
    faults = refused(PLAN, grid(head, cells, name="目标"))
    assert where in [fault.where for fault in faults]
    assert all(fault.expected.zh and fault.remedy.zh for fault in faults)


def test_a_target_twice_is_refused(refused):
    twice = grid(*TARGETS.rows, TARGETS.rows[1], name="目标")
    (fault,) = refused(PLAN, twice, DEPARTMENTS)
    assert fault.where == "目标!B4"


@pytest.mark.parametrize("region", ["", "鼓楼区", "月球"])
def test_a_plan_needs_one_region(refused, region):
    plan = grid(PLAN.rows[0], ["x", region, "名", 2030, 2035, "据"], name="规划")
    assert [fault.where for fault in refused(plan)] == ["规划!B2"]


def test_without_a_plan_there_is_nothing_to_add_to(refused):
    (fault,) = refused(grid(PLAN.rows[0], name="规划"), TARGETS)
    assert fault.where == "规划" or "规划" in fault.expected.zh


def test_with_two_plans_each_row_has_to_say_which(refused):
    plans = grid(*PLAN.rows, ["other", "广州市", "另一个", 2030, 2035, "试验"], name="规划")
    faults = refused(plans, MILESTONES)
    assert {fault.where.partition("!")[0] for fault in faults} == {"里程碑"}


def test_merged_cells_and_missing_headers_are_refused(refused):
    merged = grid(*TARGETS.rows, name="目标", merged=(Merged("A2:A3", 1, 2),))
    assert refused(PLAN, merged, DEPARTMENTS)[0].where == "目标!A2:A3"
    assert refused(PLAN, grid(["甲"], ["乙"], name="目标"))[0].where == "目标"


def test_hidden_rows_are_refused(refused):
    hidden = grid(*DEPARTMENTS.rows, name="部门", hidden_rows=frozenset({2}))
    assert refused(PLAN, hidden)[0].where == "部门!3:3"


def test_columns_and_sheets_that_are_not_used_are_told(propose):
    more = grid(["部门名称", "英文名称", "电话"], ["统计局", "Statistics", "1"], name="部门")
    notices = propose(PLAN, more, grid(["杂"], name="杂记")).notices
    assert any("电话" in notice.zh for notice in notices)
    assert any("杂记" in notice.zh for notice in notices)


# ---------------------------------------------------------------- workbook and folder


@pytest.fixture(scope="module")
def empty_book():
    out = io.BytesIO()
    write_plan_book(out)
    return out.getvalue()


def test_the_workbook_has_every_sheet_and_column(empty_book):
    made = openpyxl.load_workbook(io.BytesIO(empty_book))
    assert made.sheetnames == [*(sheet.title for sheet in PLAN_SHEETS), "说明"]
    for sheet in PLAN_SHEETS:
        heads = [cell.value for cell in made[sheet.title][1]]
        assert [sheet.column_of(head) for head in heads] == list(sheet.table.columns)
        assert made[sheet.title].freeze_panes == "A2"


def test_lists_and_years_are_checked_by_excel_itself(empty_book):
    rules = openpyxl.load_workbook(io.BytesIO(empty_book))["目标"].data_validations.dataValidation
    assert {"list", "whole", "decimal"} == {rule.type for rule in rules}


def test_a_filled_in_workbook_is_read_as_it_was_filled_in(propose, empty_book):
    made = openpyxl.load_workbook(io.BytesIO(empty_book))
    made["规划"].cell(2, 1).value = "maoming"
    for column, value in enumerate(["440900", "试验用规划", "Test plan"], start=2):
        made["规划"].cell(2, column).value = value
    for column, value in ((6, 2030), (7, 2035), (8, "试验")):
        made["规划"].cell(2, column).value = value
    for column, value in ((3, "森林覆盖率"), (4, 2035), (5, "≥"), (6, 55.5), (10, "一")):
        made["目标"].cell(2, column).value = value
    out = io.BytesIO()
    made.save(out)
    grids = read_grids(Upload("规划.xlsx", out.getvalue()), Findings())
    assert is_plan(grids)
    proposal = propose(*grids)
    (target,) = rows_of(proposal, "targets")
    assert (target["indicator_id"], target["value"]) == ("forest_cover", "55.5")


@pytest.fixture
def folder(tmp_path):
    for sheet, stem in zip(
        WHOLE, ("plan", "targets", "departments", "milestones", "tasks"), strict=True
    ):
        lines = [",".join(f'"{cell.text}"' for cell in row) for row in sheet.rows]
        (tmp_path / f"{stem}.csv").write_text("\n".join(lines) + "\n", encoding="gb18030")
    (tmp_path / "readme.txt").write_text("x")
    return tmp_path


def test_a_folder_is_read_like_a_workbook(propose, folder):
    assert is_plan_folder(folder)
    uploads = read_plan_folder(folder)
    proposal = propose(*(read_text(upload, Findings()) for upload in uploads))
    assert proposal.changes == propose(*_in_order(uploads, WHOLE)).changes


def _in_order(uploads, sheets):
    by_stem = {sheet_named(sheet.name).stem: sheet for sheet in sheets}
    return [by_stem[sheet_named(upload.name).stem] for upload in uploads]


def test_the_fingerprint_of_a_folder_is_that_of_its_files(folder):
    before = folder_sha256(read_plan_folder(folder))
    (folder / "readme.txt").write_text("y")
    assert folder_sha256(read_plan_folder(folder)) == before
    (folder / "tasks.csv").write_text("x")
    assert folder_sha256(read_plan_folder(folder)) != before


def test_a_folder_without_a_plan_is_none(tmp_path):
    assert not is_plan_folder(tmp_path)
    assert not is_plan_folder(tmp_path / "none")


# ---------------------------------------------------------------- rows that are known already


def after(proposal, known):
    """Return the state of the tables with a proposal in them."""
    working = WorkingTables(known.frames)
    working.apply(proposal.changes)
    return type(known)(working.frames(), known.tables)


@pytest.fixture
def zhanjiang(known):
    """Return the sheet with the shipped plan of Zhanjiang, as it is stored."""
    frame = known.frames["plans.csv"]
    rows = frame[frame["plan_id"] == "zhanjiang"].to_numpy().tolist()
    return grid(list(frame.columns), *rows, name="规划")


def test_a_task_without_an_id_follows_the_known_ones(propose, zhanjiang):
    tasks = grid(
        ["任务", "内容", "条款"], ["抓质量", "全面抓", "三"], ["管质量", "都管", "三"], name="任务"
    )
    rows = rows_of(propose(zhanjiang, tasks), "tasks")
    assert [(row["task_id"], row["number"]) for row in rows] == [
        ("zhanjiang-t31", "31"),
        ("zhanjiang-t32", "32"),
    ]


def test_a_task_without_an_id_follows_those_of_the_file(propose):
    head = ["编号", "序号", "任务", "内容", "条款"]
    rows = [["", "", "甲", "甲", "三"], ["maoming-t07", 9, "乙", "乙", "三"]]
    first, _ = rows_of(propose(PLAN, grid(head, *rows, name="任务")), "tasks")
    assert (first["task_id"], first["number"]) == ("maoming-t08", "10")


def test_a_milestone_without_an_id_is_the_known_one_with_its_title(propose, known, places):
    state = after(propose(PLAN, MILESTONES), known)
    head = MILESTONES.rows[0]
    swapped = grid(head, [2035, "创新", "新", "三"], ["", "品牌", "名牌多", "二"], name="里程碑")
    proposal = propose_plan((PLAN, swapped), state, places, Findings())
    assert [(row["milestone_id"], row["clause"]) for row in rows_of(proposal, "milestones")] == [
        ("maoming-m02", "三"),
        ("maoming-m03", "二"),
    ]


def test_the_same_title_in_two_years_is_two_milestones(propose, known, places):
    state = after(propose(PLAN, MILESTONES), known)
    rows = [[2033, "创新", "新", "二"], [2035, "创新", "新", "二"]]
    again = grid(MILESTONES.rows[0], *rows, name="里程碑")
    proposal = propose_plan((PLAN, again), state, places, Findings())
    (row,) = rows_of(proposal, "milestones")
    assert (row["milestone_id"], row["year"]) == ("maoming-m03", "2033")


def target_of(known, **cells):
    """Return the sheet with one shipped target of Zhanjiang, some of its cells exchanged."""
    frame = known.frames["targets.csv"]
    rows = frame[(frame["plan_id"] == "zhanjiang") & (frame["kind"] == "additions")]
    row = {**rows.iloc[0].to_dict(), **cells}
    return grid(list(row), list(row.values()), name="目标")


def test_empty_cells_of_a_known_target_stay_as_they_are(propose, zhanjiang, known):
    proposal = propose(zhanjiang, target_of(known, unit="", kind="", adcode="", audience=""))
    assert proposal.changes == ()


def test_a_number_written_otherwise_is_no_change(propose, zhanjiang, known):
    value = target_of(known).rows[1][5].text
    assert propose(zhanjiang, target_of(known, value=f"{value}.0")).changes == ()


def test_brackets_are_kept_as_they_are_written(propose, zhanjiang, known):
    proposal = propose(zhanjiang, target_of(known, clause="一（三）：总目标；\u200b 甲\u3000乙"))
    assert rows_of(proposal, "targets")[0]["clause"] == "一（三）：总目标； 甲 乙"
    departments = grid(["部门名称", "英文名称"], ["各区（县）政府"], name="部门")
    assert rows_of(propose(PLAN, departments), "departments")[0]["name_zh"] == "各区（县）政府"


@pytest.mark.parametrize(
    ("stated", "said", "expected"),
    [
        (None, "", "public"),
        ("internal", "", "internal"),
        ("internal", "公开", "public"),
        ("public", "内部", "internal"),
    ],
)
def test_a_stated_audience_holds_for_known_targets_too(
    zhanjiang, known, places, stated, said, expected
):
    target = target_of(known, value="123", audience=said)
    proposal = propose_plan((zhanjiang, target), known, places, Findings(), stated)
    assert rows_of(proposal, "targets")[0]["audience"] == expected


def test_another_audience_alone_is_a_change(zhanjiang, known, places):
    target = target_of(known, audience="")
    proposal = propose_plan((zhanjiang, target), known, places, Findings(), "internal")
    assert proposal.counts["targets"] == (0, 1, 0)
    state = after(proposal, known)
    assert propose_plan((zhanjiang, target), state, places, Findings()).changes == ()
    back = propose_plan((zhanjiang, target), state, places, Findings(), "public")
    assert rows_of(back, "targets")[0]["audience"] == "public"


# ---------------------------------------------------------------- cells that cannot be meant

TARGET_HEAD = ["指标", "目标年", "比较", "目标值", "目标上限", "条款"]


def one_target(indicator, value, upper=""):
    return grid(TARGET_HEAD, [indicator, 2035, ">=", value, upper, "一"], name="目标")


@pytest.mark.parametrize("value", ["95%", "95％", number("0.95", percent=True)])
def test_a_percent_sign_needs_an_indicator_in_percent(propose, refused, value):
    (fault,) = refused(PLAN, one_target("qms_certified_firms", value))
    assert fault.where == "目标!D2"
    (row,) = rows_of(propose(PLAN, one_target("air_good_days_share", value)), "targets")
    assert row["value"] == "95"


@pytest.mark.parametrize(("value", "upper", "where"), [("0.95", "", "D2"), ("0", "1", "E2")])
def test_a_bare_share_is_refused_where_percent_is_meant(refused, value, upper, where):
    (fault,) = refused(PLAN, one_target("air_good_days_share", value, upper))
    assert fault.where == f"目标!{where}"
    assert "95%" in fault.remedy.en


def test_a_share_written_with_its_sign_is_taken_and_known_from_then_on(propose, known, places):
    proposal = propose(PLAN, one_target("air_good_days_share", "0.5%"))
    state = after(proposal, known)
    again = (PLAN, one_target("air_good_days_share", "0.5"))
    assert propose_plan(again, state, places, Findings()).changes == ()


@pytest.mark.parametrize(
    "cell",
    [
        Cell("#REF!", CellKind.ERROR),
        Cell("=…", CellKind.UNCALCULATED, formula=True),
        *map(text, ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#n/a")),
    ],
)
@pytest.mark.parametrize("column", range(5))
def test_formulas_without_a_result_are_refused_in_every_cell(refused, cell, column):
    row = ["maoming-t01", 1, "抓质量", "全面抓", "三"]
    row[column] = cell
    tasks = grid(["编号", "序号", "任务", "内容", "条款"], row, name="任务")
    assert [fault.where for fault in refused(PLAN, tasks)] == [f"任务!{'ABCDE'[column]}2"]


def test_a_clause_that_became_a_date_is_refused(refused):
    tasks = grid(
        ["任务", "内容", "条款"],
        ["抓质量", "全面抓", Cell("2026-01-02 00:00:00", CellKind.DATE)],
        name="任务",
    )
    assert [fault.where for fault in refused(PLAN, tasks)] == ["任务!C2"]


INDICATOR_HEAD = [
    "指标编号",
    "指标名称",
    "英文名称",
    "领域",
    "单位",
    "方向",
    "类型",
    "可跨地区比较",
    "层级",
]
REST = ["环境质量", "%", "越高越好", "比率", "是", "市"]


@pytest.mark.parametrize(
    ("names", "where"),
    [
        (["new_air", "产品质量监督抽查 合格率", "New"], "指标!B2"),
        (["new_air", "新", "Pass rate of product quality Supervision checks"], "指标!C2"),
        (["airgooddaysshare", "新", "New"], "指标!A2"),
    ],
)
def test_an_indicator_that_exists_under_another_id_is_refused(refused, names, where):
    (fault,) = refused(PLAN, grid(INDICATOR_HEAD, [*names, *REST], name="指标"))
    assert fault.where == where


def test_two_new_indicators_of_one_name_are_refused(refused):
    rows = [["one", "新指标（一）", "One", *REST], ["two", "新指标(一)", "Two", *REST]]
    (fault,) = refused(PLAN, grid(INDICATOR_HEAD, *rows, name="指标"))
    assert fault.where == "指标!B3"


def test_a_department_keeps_one_spelling(propose, known, places):
    departments = grid(["部门名称", "英文名称"], ["各区（县）政府", "Counties"], name="部门")
    tasks = grid(
        ["任务", "内容", "条款", "牵头部门"], ["甲", "乙", "三", "各区(县)政府"], name="任务"
    )
    proposal = propose(PLAN, departments, tasks)
    assert rows_of(proposal, "tasks")[0]["departments_lead"] == "各区（县）政府"
    narrow = grid(["部门名称", "英文名称"], ["各区(县)政府", "Counties"], name="部门")
    again = propose_plan((PLAN, narrow), after(proposal, known), places, Findings())
    assert again.changes == ()


def test_every_changed_cell_and_every_new_row_is_listed(propose, zhanjiang, known):
    target = target_of(known, value="123", clause="新")
    tasks = grid(["任务", "内容", "条款"], ["抓质量", "全面抓", "三"], name="任务")
    changed, new = propose(zhanjiang, target, tasks).lines
    assert [(cell.where, cell.column, cell.new) for cell in changed.cells] == [
        ("目标!F2", "value", "123"),
        ("目标!J2", "clause", "新"),
    ]
    assert changed.key.startswith("zhanjiang ")
    assert (new.is_new, new.table, new.title) == (True, "tasks", "抓质量")


@pytest.mark.parametrize("cell", ["5%", number("0.05", percent=True), "1.5"])
def test_a_task_is_numbered_in_whole_numbers(refused, cell):
    tasks = grid(["序号", "任务", "内容", "条款"], [cell, "甲", "乙", "三"], name="任务")
    assert [fault.where for fault in refused(PLAN, tasks)] == ["任务!A2"]
