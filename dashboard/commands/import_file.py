"""``import``: a filled-in file becomes a revision, or nothing changes and every fault is named."""

import argparse
import getpass
from dataclasses import dataclass
from pathlib import Path

from dashboard.commands.common import CommandError, add_setting, complain, say, settings_from
from dashboard.commands.entry_context import EntryContext, load_context
from dashboard.commands.import_summary import (
    plan_summary,
    values_summary,
    warnings_summary,
)
from indicators.entry.choices import AUDIENCES
from indicators.entry.files import read_grids
from indicators.entry.findings import EntryError, Findings
from indicators.entry.plain import tidy
from indicators.entry.plan_folder import folder_sha256, is_plan_folder, read_plan_folder
from indicators.entry.plans import PlanProposal, is_plan, propose_plan
from indicators.entry.sources import Citation
from indicators.entry.stamped import refuse_training
from indicators.entry.targets_alone import refuse_targets_alone
from indicators.entry.text_cells import is_web_address
from indicators.entry.text_files import read_text
from indicators.entry.uploads import read_upload
from indicators.entry.values import Options, Proposal, propose_values
from indicators.periods import PeriodKind
from indicators.records import Quality
from indicators.store.drafts import check_draft
from indicators.store.revisions import Draft, SourceFile

_NOTHING_WRITTEN = "未写入任何数据 nothing was written"


@dataclass(frozen=True, slots=True)
class _Read:
    """What a file proposes, and which file it was."""

    proposal: Proposal | PlanProposal
    file: SourceFile


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the flags."""
    parser.add_argument(
        "file", metavar="FILE", help="xlsx、csv 或规划文件夹 xlsx, csv or plan folder"
    )
    add_setting(parser, "data", "DIR|URL")
    add_setting(parser, "boundaries", "FILE")
    parser.add_argument("--dry-run", action="store_true", help="只看结果，不写入 Write nothing")
    parser.add_argument(
        "--accept-warnings", action="store_true", help="接受突变警告 Accept sudden changes"
    )
    parser.add_argument("--message", metavar="TEXT", help="修订说明 What the revision is about")
    parser.add_argument("--author", metavar="NAME", help="修订人，默认为登录名 Who makes it")
    parser.add_argument("--indicator", metavar="ID", help="全表的指标 Indicator of the whole file")
    parser.add_argument("--publisher", metavar="NAME", help="发布单位 Who published the values")
    parser.add_argument("--title", metavar="TEXT", help="来源标题 Title of the publication")
    parser.add_argument("--url", metavar="URL", help="来源网址 Address of the publication")
    parser.add_argument(
        "--quality", type=Quality, choices=tuple(Quality), help="来源质量 Quality of the source"
    )
    parser.add_argument(
        "--audience",
        choices=tuple(AUDIENCES),
        help="公开范围，新数值默认 public Audience of the values; new ones public by default",
    )
    parser.add_argument(
        "--period-kind",
        type=PeriodKind,
        choices=tuple(PeriodKind),
        help="只接受这一种时期 Refuse periods of any other kind",
    )


def run(arguments: argparse.Namespace) -> int:
    """Read the file, say what it changes, and write that as one revision."""
    _check_address(arguments.url)
    context = load_context(settings_from(arguments))
    try:
        read = _read(Path(arguments.file), arguments, context)
    except EntryError as error:
        complain(str(error))
        complain(f"{len(error.faults)} 处错误 fault(s)；{_NOTHING_WRITTEN}")
        return 1
    warnings = _tell(read, arguments)
    if not read.proposal.changes:
        say("没有改动 nothing to change")
        return 0
    if warnings and not arguments.accept_warnings:
        complain(f"{_NOTHING_WRITTEN}; 核对无误后加 check them, then add --accept-warnings")
        return 1
    return _write(read, arguments, context)


def _check_address(url: str | None) -> None:
    if url and not is_web_address(url):
        raise CommandError(
            f"--url {url!r}: 应以 http:// 或 https:// 开头 expected an address with http:// or "
            "https://; write it in full or leave it out"
        )


def _read(path: Path, arguments: argparse.Namespace, context: EntryContext) -> _Read:
    findings = Findings()
    if is_plan_folder(path):
        uploads = read_plan_folder(path)
        grids = tuple(read_text(upload, findings) for upload in uploads)
        file = SourceFile(path.resolve().name, folder_sha256(uploads))
    else:
        upload = read_upload(path)
        grids = read_grids(upload, findings)
        file = SourceFile(upload.name, upload.sha256)
    refuse_training(grids, file.name, findings)
    if is_plan(grids):
        plan = propose_plan(grids, context.known, context.places, findings, arguments.audience)
        return _Read(plan, file)
    refuse_targets_alone(grids, findings)
    options = _options(arguments)
    return _Read(
        propose_values(grids, file.name, context.known, context.places, options, findings), file
    )


def _options(arguments: argparse.Namespace) -> Options:
    return Options(
        indicator=arguments.indicator or "",
        citation=Citation(
            *(tidy(text or "") for text in (arguments.publisher, arguments.title, arguments.url))
        ),
        quality=arguments.quality,
        audience=arguments.audience,
        period_kind=arguments.period_kind,
    )


def _tell(read: _Read, arguments: argparse.Namespace) -> bool:
    """Say what the file would change; tell whether there are warnings."""
    say(f"{read.file.name} sha256 {read.file.sha256[:12]}…")
    proposal = read.proposal
    if isinstance(proposal, PlanProposal):
        for line in plan_summary(proposal):
            say(line)
        return False
    for line in values_summary(proposal, arguments.audience):
        say(line)
    for line in warnings_summary(proposal):
        complain(line)
    return bool(proposal.warnings)


def _write(read: _Read, arguments: argparse.Namespace, context: EntryContext) -> int:
    draft = Draft(
        author=arguments.author or getpass.getuser(),
        message=arguments.message or f"导入 {read.file.name}",
        changes=read.proposal.changes,
        file=read.file,
    )
    if arguments.dry_run:
        check_draft(context.snapshot.frames, draft, context.places.adcodes)
        say(f"试运行 dry run: {_NOTHING_WRITTEN}")
        return 0
    expected = context.snapshot.revision
    revision = context.store.append(draft, expected, context.places.adcodes)
    say(
        f"已写入修订 written: revision {revision.number}; "
        f"撤销 undo: quality-atlas revert {revision.number}"
    )
    return 0
