"""``benchmark``: what one change of period costs, beside the ordinary way and the floor."""

import argparse
import json
import logging
import signal
import sys
from typing import Any

from dashboard.bundle import DataBundle, load_bundle
from dashboard.commands.benchmark_data import INDICATOR, SEED, YEARS, MeasuredArea, measured_area
from dashboard.commands.benchmark_report import Section, table
from dashboard.commands.benchmark_run import measure
from dashboard.commands.common import (
    CommandError,
    add_setting,
    open_data,
    require_fork,
    say,
    settings_from,
)
from geodata.codes import NATION, Level

DEFAULT_AREAS = ("440000", NATION)
DEFAULT_REPEAT = 7


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the flags."""
    parser.add_argument(
        "--area",
        metavar="ADCODE",
        dest="areas",
        action="append",
        help=f"测量其所辖各县,可以写几次 area whose counties are measured; may be given several "
        f"times ({' '.join(DEFAULT_AREAS)})",
    )
    parser.add_argument(
        "--repeat",
        metavar="N",
        type=_count,
        default=DEFAULT_REPEAT,
        help=f"每项测量次数,取中位数 how often each time is taken; the median counts "
        f"({DEFAULT_REPEAT})",
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON print JSON")
    add_setting(parser, "data", "DIR")


def run(arguments: argparse.Namespace) -> int:
    """Measure and print; missing a goal is a result, not a failure."""
    settings = settings_from(arguments)
    require_fork()
    open_data(settings)
    logging.basicConfig(level=logging.ERROR)
    # Whoever ends the command must not leave its servers behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    bundle = load_bundle(settings)
    areas = [_area(bundle, code) for code in arguments.areas or DEFAULT_AREAS]
    sections = measure(bundle, settings, areas, arguments.repeat)
    say(_as_json(areas, sections, arguments.repeat) if arguments.json else _as_text(sections))
    return 0


def _count(text: str) -> int:
    """Read a flag that counts from one."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return int(text)


def _area(bundle: DataBundle, adcode: str) -> MeasuredArea:
    known = adcode in bundle.regions
    if not known or Level.COUNTY not in bundle.regions.levels_below(adcode):
        raise CommandError(
            f"--area is {adcode!r}; expected the code of an area with counties, such as "
            f"{' or '.join(DEFAULT_AREAS)}"
        )
    return measured_area(bundle, adcode)


def _about() -> str:
    return (
        f"数值为测量而生成,非公布数据 Values generated for measuring, not published: {INDICATOR}, "
        f"{YEARS[0]}–{YEARS[-1]}, seed {SEED}; kept in memory only"
    )


def _as_text(sections: list[Section]) -> str:
    return _about() + "\n" + table(sections)


def _as_json(areas: list[MeasuredArea], sections: list[Section], repeat: int) -> str:
    document: dict[str, Any] = {
        "values": _about(),
        "repeat": repeat,
        "areas": [
            {
                "adcode": area.adcode,
                "name": area.name,
                "regions": area.regions,
                "rows": [row.as_json() for row in section.rows],
            }
            for area, section in zip(areas, sections, strict=False)
        ],
        "site": [row.as_json() for row in sections[-1].rows],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)
