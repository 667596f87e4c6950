"""A new city's plan, from a workbook or a folder of CSV files."""

import io

import openpyxl
import pytest

from indicators.entry.files import read_grids
from indicators.entry.findings import EntryError, Findings
from indicators.entry.grids import Merged
from indicators.entry.plan_book import write_plan_book
from indicators.entry.plan_columns import PLAN_SHEETS, sheet_named
from indicators.entry.plan_folder import folder_sha256, is_plan_folder, read_plan_folder
from indicators.entry.plans import is_plan, propose_plan
from indicators.entry.text_files import read_text
from indicators.entry.uploads import Upload
from indicators.store.placing import WorkingTables
from indicators.tables import tables_of
from tests.entry.sheets import grid

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
