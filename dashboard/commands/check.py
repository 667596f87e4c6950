"""``check``: hold every table and the boundaries to their rules, and name every fault."""

import argparse
from dataclasses import fields

from dashboard.boundary_sets import load_boundary_set
from dashboard.commands.common import (
    add_setting,
    complain,
    one_line,
    open_data,
    say,
    settings_from,
)
from geodata.errors import GeoDataError
from indicators.errors import TablesInvalidError
from indicators.records import Audience
from indicators.tables import Tables, tables_from


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the flags."""
    add_setting(parser, "data", "DIR|URL")
    add_setting(parser, "boundaries", "FILE")


def run(arguments: argparse.Namespace) -> int:
    """Check everything; return 0 if nothing is wrong."""
    settings = settings_from(arguments)
    store = open_data(settings)
    faults: list[str] = []
    known: frozenset[str] | None = None
    try:
        geometry = load_boundary_set(settings)
        known = geometry.adcodes
    except GeoDataError as error:
        # The tables are checked all the same, only not against the boundaries.
        faults.append(one_line(error))
    try:
        tables = tables_from(store.read(), known, audience=Audience.INTERNAL)
    except TablesInvalidError as error:
        faults += [one_line(fault) for fault in error.faults]
    for fault in faults:
        complain(fault)
    if faults:
        complain(f"{len(faults)} 处错误 fault(s): {store.address}")
        return 1
    say(_summary(tables, len(geometry.data.boundaries)))
    return 0


def _summary(tables: Tables, regions: int) -> str:
    counts = {
        field.name: len(getattr(tables, field.name))
        for field in fields(tables)
        if field.name != "version"
    }
    listed = ", ".join(f"{name} {count}" for name, count in counts.items())
    return (
        f"检查通过 ok: {len(counts)} tables, {sum(counts.values())} rows ({listed}); "
        f"{regions} regions; version {tables.version}"
    )
