"""Settings from environment variables, each with a default that works with nothing else set."""

import getpass
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from geodata.boundaries import DEFAULT_PATH
from indicators.records import Audience
from indicators.tables import SHIPPED

PREFIX = "QUALITY_ATLAS_"
ROOT = Path(__file__).resolve().parent.parent


class SettingsError(ValueError):
    """A setting has a value that cannot be used."""


def _setting(default: str, help_zh: str, help_en: str) -> str:
    metadata = {"help_zh": help_zh, "help_en": help_en}
    value: str = field(default=default, metadata=metadata)
    return value


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator can change; the field ``data`` is read from ``QUALITY_ATLAS_DATA``."""

    data: str = _setting(
        str(SHIPPED),
        "数据表所在文件夹,或 postgresql:// 地址",
        "Folder that holds the data tables, or a postgresql:// address",
    )
    boundaries: str = _setting(
        str(DEFAULT_PATH), "边界文件(GeoParquet)", "Boundaries file (GeoParquet)"
    )
    cache: str = _setting(
        str(Path(tempfile.gettempdir()) / f"quality-atlas-{getpass.getuser()}"),
        "缓存文件夹,或 redis:// 地址,或 off",
        "Cache folder, a redis:// address, or off",
    )
    cache_seconds: str = _setting(
        "86400", "缓存保留的秒数", "How many seconds a cached result is kept"
    )
    host: str = _setting("127.0.0.1", "监听地址", "Address to listen on")
    port: str = _setting("8050", "监听端口", "Port to listen on")
    workers: str = _setting("1", "进程数", "Number of processes")
    threads: str = _setting("4", "每个进程的线程数", "Threads in each process")
    language: str = _setting("zh", "默认语言:zh 或 en", "Default language: zh or en")
    frame_ancestors: str = _setting(
        "*", "允许嵌入本站图表的网站", "Sites that may embed the charts"
    )
    on_course: str = _setting("0.95", "“进度正常”的下限", "Least progress that counts as on course")
    behind: str = _setting("0.60", "“进度偏慢”的下限", "Least progress that counts as behind")
    audience: str = _setting(
        "public", "面向对象:public 公开,internal 内部", "Who it is for: public or internal"
    )
    reload_seconds: str = _setting(
        "2",
        "每隔多少秒查看一次数据有无更新",
        "Seconds between two looks for newer data",
    )
    contact: str = _setting("", "勘误的联系地址", "Where readers can report an error")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Read the settings; refuse an unknown name or an unusable value.

        Raises:
            SettingsError: naming the variable, what it holds and what was expected.
        """
        environ = os.environ if environ is None else environ
        known = {PREFIX + item.name.upper(): item.name for item in fields(cls)}
        given = {name: value for name, value in environ.items() if name.startswith(PREFIX)}
        if unknown := sorted(set(given) - set(known)):
            raise SettingsError(
                f"unknown setting {', '.join(unknown)}; the settings are {', '.join(known)}"
            )
        settings = cls(**{known[name]: value for name, value in given.items()})
        settings._check()
        return settings

    def _check(self) -> None:
        for name, low, high in (
            ("port", 1, 65535),
            ("workers", 1, 64),
            ("threads", 1, 256),
            ("cache_seconds", 0, 31_536_000),
            ("reload_seconds", 1, 86_400),
        ):
            text = getattr(self, name)
            if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
                raise SettingsError(
                    f"{PREFIX}{name.upper()} is {text!r}; expected a number from {low} to {high}"
                )
        if self.language not in ("zh", "en"):
            raise SettingsError(f"{PREFIX}LANGUAGE is {self.language!r}; expected zh or en")
        if self.audience not in tuple(Audience):
            raise SettingsError(
                f"{PREFIX}AUDIENCE is {self.audience!r}; expected {' or '.join(Audience)}"
            )
        self._check_thresholds()

    def _check_thresholds(self) -> None:
        behind, on_course = self._share("behind"), self._share("on_course")
        if not 0 < behind < on_course <= 1:
            raise SettingsError(
                f"{PREFIX}BEHIND is {self.behind} and {PREFIX}ON_COURSE is {self.on_course}; "
                "expected 0 < behind < on course <= 1"
            )

    def _share(self, name: str) -> float:
        text = getattr(self, name)
        try:
            return float(text)
        except ValueError:
            raise SettingsError(
                f"{PREFIX}{name.upper()} is {text!r}; expected a number such as 0.95"
            ) from None
