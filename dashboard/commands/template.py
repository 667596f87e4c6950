"""``template``: a workbook to fill in, for values or for a new plan."""

import argparse
import io
from pathlib import Path

from dashboard.commands.common import CommandError, add_setting, say, settings_from
from dashboard.commands.entry_context import load_context
from geodata.codes import DRAWN_LEVELS, Level
from indicators.entry.plan_book import write_plan_book
from indicators.entry.template_book import write_template
from indicators.entry.template_rows import Wanted, template_rows
from indicators.periods import FIRST_YEAR, LAST_YEAR


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the flags."""
    parser.add_argument("-o", "--output", metavar="FILE", required=True, help="xlsx 文件 xlsx file")
    parser.add_argument(
        "--region", metavar="CODE", help="地区代码或名称 Code or name of the region"
    )
    parser.add_argument("--year", type=_year, metavar="YYYY", help="要填的年份 Year to fill in")
    parser.add_argument(
        "--indicators",
        metavar="ID,ID",
        help="指标，逗号分隔；默认为本地区规划目标的指标 "
        "Indicators; by default those of its own targets",
    )
    parser.add_argument(
        "--level",
        type=Level,
        choices=DRAWN_LEVELS,
        help="只要这一级的地区；默认为本地区及其下一级 Only regions of this level; "
        "by default the region and those directly below it",
    )
    parser.add_argument(
        "--plan", action="store_true", help="空白规划表 An empty workbook for a new plan"
    )
    add_setting(parser, "data", "DIR|URL")
    add_setting(parser, "boundaries", "FILE")


def run(arguments: argparse.Namespace) -> int:
    """Write the workbook."""
    path = _target(arguments.output)
    content = io.BytesIO()
    if arguments.plan:
        write_plan_book(content)
        summary = "空白规划表 an empty plan"
    else:
        summary = _fill(content, arguments)
    _write(path, content.getvalue())
    say(f"已生成 written: {path} ({summary})")
    return 0


def _fill(content: io.BytesIO, arguments: argparse.Namespace) -> str:
    if not arguments.region or arguments.year is None:
        raise CommandError(
            "缺少 --region 或 --year found no --region or no --year; expected both, such as "
            "--region 440800 --year 2024; or --plan for an empty plan"
        )
    context = load_context(settings_from(arguments))
    names = tuple(filter(None, map(str.strip, (arguments.indicators or "").split(","))))
    wanted = Wanted(arguments.region, arguments.year, names, arguments.level)
    rows = template_rows(wanted, context.known, context.places)
    title = f"{context.places.find(arguments.region).place.name_zh} {arguments.year} 年数据填报"
    write_template(content, rows, title)
    return f"{len(rows)} 行 rows"


def _target(name: str) -> Path:
    path = Path(name)
    if path.suffix.lower() != ".xlsx":
        raise CommandError(f"--output {name}: 应以 .xlsx 结尾 expected a name that ends in .xlsx")
    if path.exists():
        raise CommandError(
            f"{path}: 文件已存在 found a file of that name; expected a new name, because it may "
            "hold entries; choose another or delete it"
        )
    return path


def _write(path: Path, content: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(content)
    except OSError as error:
        raise CommandError(
            f"{path}: 无法写入 cannot be written ({error.strerror}); expected a folder that can be "
            "written to; name another with --output"
        ) from error


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR):
        raise argparse.ArgumentTypeError(f"{text!r} is no year from {FIRST_YEAR} to {LAST_YEAR}")
    return int(text)
