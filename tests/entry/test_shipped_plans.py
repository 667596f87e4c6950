"""The shipped plans, imported once more: what is stored is kept as it was written."""

import pytest

from indicators.entry.findings import Findings
from indicators.entry.plan_columns import INDICATORS, PLAN_SHEETS
from indicators.entry.plans import propose_plan
from tests.entry.sheets import grid

SHIPPED_PLANS = ("guangdong", "qinzhou", "zhanjiang", "alxa", "yichun")


def sheets_of(known, plan_id, without=frozenset()):
    """Return a plan's own rows as the files of a folder, some columns left out."""
    return [
        grid(columns, *rows.loc[:, columns].to_numpy().tolist(), name=sheet.table.file)
        for sheet in PLAN_SHEETS
        for frame in [known.frames[sheet.table.file]]
        for rows in [frame if sheet is INDICATORS else frame[frame["plan_id"] == plan_id]]
        for columns in [[name for name in frame.columns if name not in without]]
        if len(rows)
    ]


def test_every_shipped_plan_is_tried(known):
    assert {plan.plan_id for plan in known.tables.plans} == set(SHIPPED_PLANS)


@pytest.mark.parametrize("plan_id", SHIPPED_PLANS)
def test_its_own_rows_change_nothing(known, places, plan_id):
    proposal = propose_plan(sheets_of(known, plan_id), known, places, Findings())
    assert proposal.changes == ()
    assert all(new == changed == 0 for new, changed, _ in proposal.counts.values())


@pytest.mark.parametrize("plan_id", SHIPPED_PLANS)
def test_columns_that_the_file_lacks_stay_as_they_are(known, places, plan_id):
    optional = {"unit", "kind", "number", "adcode", "domain", "clause", "audience", "title_en"}
    plan, *rest = sheets_of(known, plan_id)
    rest = sheets_of(known, plan_id, optional)[1:]
    proposal = propose_plan([plan, *rest], known, places, Findings())
    assert proposal.changes == ()


@pytest.mark.parametrize("plan_id", SHIPPED_PLANS)
def test_ids_that_the_file_lacks_are_those_of_the_same_titles(known, places, plan_id):
    without = {"milestone_id", "task_id", "number"}
    proposal = propose_plan(sheets_of(known, plan_id, without), known, places, Findings())
    assert proposal.changes == ()
