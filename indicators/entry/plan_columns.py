"""The sheets of a plan workbook: their names, their columns, and what those are called."""

from dataclasses import dataclass

from indicators import schemas
from indicators.entry.plain import folded
from indicators.schemas import Table


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a plan's table, with its Chinese header and what to write into it."""

    name: str
    label: str
    hint: str = ""
    also: tuple[str, ...] = ()

    @property
    def header(self) -> str:
        """The header in Chinese and, as the tables name it, in English."""
        return f"{self.label}\n{self.name}"


# Compared by identity: there is one of each.
@dataclass(frozen=True, eq=False)
class PlanSheet:
    """One sheet of a plan workbook, or one file of a plan folder."""

    table: Table
    title: str
    also: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def stem(self) -> str:
        """The name of the table."""
        return self.table.file.removesuffix(".csv")

    def column_of(self, header: str) -> str | None:
        """Return the column a header names, in either language or in both."""
        names = {
            folded(name): column.name
            for column in self.columns
            for name in (column.name, column.label, column.header, *column.also)
        }
        return names.get(folded(header))


_LEAD = Column("departments_lead", "牵头部门", "多个部门用分号或顿号分开")
_OTHERS = Column("departments_participating", "配合部门", "同上", ("参与部门", "责任部门"))
_PLAN_ID = Column("plan_id", "规划编号", "可空：与“规划”表相同")
_ADCODE = Column("adcode", "区划代码", "可空：与“规划”表相同", ("地区", "行政区划代码"))
_CLAUSE = Column("clause", "条款", "出自哪一章节")
_KIND = Column("kind", "类型", "比率 rate、存量 stock、新增 additions")
_DOMAIN = Column("domain", "领域", "八个领域之一，从下拉列表选择")
_TITLE_EN = Column("title_en", "英文标题", "可空")

PLAN = PlanSheet(
    schemas.PLANS,
    "规划",
    ("plan", "plans"),
    (
        Column("plan_id", "规划编号", "字母和数字，如 zhanjiang"),
        Column("adcode", "区划代码", "六位代码或地区名称", ("地区", "行政区划代码")),
        Column("name_zh", "规划名称", "文件标题", ("名称",)),
        Column("name_en", "英文名称", "可空"),
        Column("published", "发布年份", "可空", ("发布年",)),
        Column("first_year", "起始年", "目标路径的起点", ("起始年份",)),
        Column("last_year", "结束年", "", ("结束年份",)),
        Column("period_basis_zh", "起止年份依据", "从文件何处得知"),
        Column("period_basis_en", "起止年份依据英文", "可空"),
        Column("map_number", "审图号", "可空"),
    ),
)
INDICATORS = PlanSheet(
    schemas.INDICATORS,
    "指标",
    ("indicator", "indicators"),
    (
        Column("indicator_id", "指标编号", "小写字母、数字和下划线"),
        Column("name_zh", "指标名称", "", ("名称",)),
        Column("name_en", "英文名称", "可空"),
        _DOMAIN,
        Column("unit", "单位", "%、个、家、亿元……"),
        Column("direction", "方向", "越高越好 higher、越低越好 lower"),
        _KIND,
        Column("intensive", "可跨地区比较", "比例、均值、人均填“是”，总数填“否”"),
        Column("levels", "层级", "省;市;县 中有意义的几级"),
        Column("minimum", "最小值", "可空", ("下限",)),
        Column("maximum", "最大值", "可空", ("上限",)),
    ),
)
TARGETS = PlanSheet(
    schemas.TARGETS,
    "目标",
    ("target", "targets"),
    (
        _PLAN_ID,
        _ADCODE,
        Column("indicator_id", "指标编号", "指标目录中的编号或名称", ("指标", "指标名称")),
        Column("year", "目标年", "", ("年份", "目标年份")),
        Column("comparator", "比较", "≥ > ≤ < ~(约)", ("比较符",)),
        Column("value", "目标值", "数字", ("数值", "目标")),
        Column("value_upper", "目标上限", "目标是区间时填写", ("上限",)),
        Column("unit", "单位", "可空：与指标相同"),
        Column("kind", "类型", "可空：与指标相同"),
        _CLAUSE,
        _LEAD,
        _OTHERS,
        Column("scope_zh", "适用范围", "可空"),
        Column("scope_en", "适用范围英文", "可空"),
        Column("audience", "公开范围", "可空：公开；或填“内部”"),
    ),
)
MILESTONES = PlanSheet(
    schemas.MILESTONES,
    "里程碑",
    ("milestone", "milestones"),
    (
        _PLAN_ID,
        _ADCODE,
        Column("milestone_id", "编号", "可空：自动编号"),
        Column("year", "年份", "可空", ("目标年",)),
        _DOMAIN,
        Column("title_zh", "内容", "没有数字的目标", ("标题",)),
        _TITLE_EN,
        _CLAUSE,
        _LEAD,
        _OTHERS,
    ),
)
TASKS = PlanSheet(
    schemas.TASKS,
    "任务",
    ("task", "tasks"),
    (
        _PLAN_ID,
        Column("task_id", "编号", "可空：自动编号"),
        Column("number", "序号", "1、2、3……"),
        Column("title_zh", "任务", "", ("标题", "任务名称")),
        _TITLE_EN,
        Column("summary_zh", "内容", "一两句话", ("摘要",)),
        Column("summary_en", "英文内容", "可空"),
        _CLAUSE,
        _LEAD,
        _OTHERS,
    ),
)
DEPARTMENTS = PlanSheet(
    schemas.DEPARTMENTS_TABLE,
    "部门",
    ("department", "departments"),
    (
        _PLAN_ID,
        Column("name_zh", "部门名称", "与各表中的写法一致", ("名称", "部门")),
        Column("name_en", "英文名称", "可空"),
    ),
)

# In the order in which the tables refer to each other.
PLAN_SHEETS = (PLAN, INDICATORS, DEPARTMENTS, TARGETS, MILESTONES, TASKS)


def sheet_named(title: str) -> PlanSheet | None:
    """Return the plan's sheet that a title or a file name means."""
    key = folded(title).removesuffix(".csv")
    return next(
        (sheet for sheet in PLAN_SHEETS if key in {sheet.title, *sheet.also}),
        None,
    )
