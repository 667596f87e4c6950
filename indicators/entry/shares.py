"""Is 0.955 a share or a percentage? One rule for all values of an indicator in a file.

A number with a percent sign is a percentage. Without one, numbers that all lie between 0 and 1
are shares, if the last known values of the indicator are all above 1, and are multiplied by 100.
Where some lie between 0 and 1 and others do not, or nothing is known to compare with, the file
is refused: the cells have to say what they mean.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from indicators.entry.findings import Findings
from indicators.entry.known import Known
from indicators.entry.numbers import exact_product
from indicators.entry.readings import Reading
from indicators.entry.words import Words, quoted

_PERCENT = "%"
_HUNDRED = Decimal(100)
_REMEDY = Words("写上百分号，如 95.5%", "write the percent sign, as in 95.5%")


def settle_shares(
    readings: Iterable[Reading], known: Known, findings: Findings
) -> tuple[Reading, ...]:
    """Return the readings with every share as a percentage, in the order they came."""
    readings = tuple(readings)
    groups: defaultdict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.indicator.unit == _PERCENT:
            groups[reading.indicator.indicator_id].append(reading)
    shares = {
        id(reading) for group in groups.values() for reading in _shares(group, known, findings)
    }
    return tuple(
        replace(reading, value=exact_product(reading.value, _HUNDRED))
        if id(reading) in shares
        else reading
        for reading in readings
    )


def _shares(group: Sequence[Reading], known: Known, findings: Findings) -> Sequence[Reading]:
    doubtful = [reading for reading in group if reading.is_bare and 0 < reading.value <= 1]
    if not doubtful:
        return ()
    others = [reading for reading in group if not reading.is_bare or not 0 <= reading.value <= 1]
    if others:
        found = Words(
            f"“{others[0].entry.value.text}”等（{others[0].entry.where}）与之并存",
            f"it beside {others[0].entry.value.text} in {others[0].entry.where}",
        )
        _refuse(doubtful, found, findings)
        return ()
    last = _last_known(group, known)
    if last and all(value > 1 for value in last):
        name, count = group[0].indicator.name_zh, len(doubtful)
        findings.notice(
            f"{name}：{count} 个 0 到 1 之间的数按比例处理，乘以 100",
            f"{name}: {count} number(s) between 0 and 1 are taken as shares and multiplied by 100",
        )
        return doubtful
    if last and all(value <= 1 for value in last):
        return ()
    _refuse(doubtful, Words("没有可比的已知数值", "no known values that would settle it"), findings)
    return ()


def _last_known(group: Sequence[Reading], known: Known) -> list[float]:
    """Return the last values of the regions of the file, or of all regions if it has none."""
    indicator_id = group[0].indicator.indicator_id
    regions = {reading.place.adcode for reading in group}
    last = {
        adcode: observation.value
        for (adcode, indicator), observation in known.latest.items()
        if indicator == indicator_id
    }
    return [value for adcode, value in last.items() if adcode in regions] or list(last.values())


def _refuse(readings: Sequence[Reading], why: Words, findings: Findings) -> None:
    for reading in readings:
        text = quoted(reading.entry.value.text)
        findings.refuse(
            reading.entry.where,
            Words(f"{text.zh}，{why.zh}", f"{text.en}, and {why.en}"),
            Words("看得出是比例还是百分数的数值", "a value that shows whether it is a share"),
            _REMEDY,
        )
