"""What marks a site that is internal or not real: on screen, in figures and in files."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from dashboard.bundle import DataBundle
from dashboard.text import LANGUAGES, t
from indicators.records import Audience

Figure = dict[str, Any]

COLUMN = "stamp"


def stamp_names(bundle: DataBundle) -> tuple[str, ...]:
    """Return what has to be said of some data: nothing for public and real ones."""
    names = (("training", bundle.training), ("internal", bundle.audience is Audience.INTERNAL))
    return tuple(name for name, applies in names if applies)


def banner_texts(bundle: DataBundle, lang: str) -> dict[str, str]:
    """Return the sentence of each banner by its name."""
    return {name: t(lang, f"stamp.{name}") for name in stamp_names(bundle)}


def stamp(bundle: DataBundle, lang: str) -> str:
    """Return all that has to be said in one line, empty where there is nothing to say."""
    return t(lang, "stamp.join").join(banner_texts(bundle, lang).values())


def file_stamp(bundle: DataBundle) -> str:
    """Return the line in every language: a file is read without the page it came from."""
    said = (stamp(bundle, lang) for lang in LANGUAGES)
    return " / ".join(filter(None, said))


def titled(bundle: DataBundle, lang: str, title: str) -> str:
    """Return a title that begins with what has to be said."""
    return " ".join(filter(None, (stamp(bundle, lang), title)))


def file_name(bundle: DataBundle, name: str) -> str:
    """Return a file's name, which begins with what has to be said."""
    return "".join(t("zh", f"stamp.file_{kind}") for kind in stamp_names(bundle)) + name


def attachment(bundle: DataBundle, name: str) -> str:
    """Return the header that names a download; a plain name for programs that know no other."""
    stamped = file_name(bundle, name)
    if stamped == name:
        return f'attachment; filename="{name}"'
    plain = "-".join((*stamp_names(bundle), name))
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(stamped)}"


def export_refused(bundle: DataBundle) -> bool:
    """Tell whether files are refused: a public site hands out nothing that is not real."""
    return bundle.training and bundle.audience is Audience.PUBLIC


def marked(figure: Figure, bundle: DataBundle, lang: str, theme: str) -> Figure:
    """Return a figure that says what it is, so that every image made of it does."""
    notes = list(_annotations(stamp_names(bundle), lang, theme))
    if not notes:
        return figure
    layout = figure["layout"]
    return figure | {"layout": layout | {"annotations": [*layout.get("annotations", []), *notes]}}


def _annotations(names: Iterable[str], lang: str, theme: str) -> Iterable[Figure]:
    ink = "255,255,255" if theme == "dark" else "143,29,44"
    shared: Figure = {"xref": "paper", "yref": "paper", "showarrow": False, "name": COLUMN}
    for name in names:
        text = t(lang, f"stamp.{name}")
        if name == "training":
            font = {"size": 26, "color": f"rgba({ink},0.32)"}
            yield {**shared, "text": text, "x": 0.5, "y": 0.5, "textangle": -20, "font": font}
        else:
            font = {"size": 12, "color": f"rgba({ink},0.8)"}
            place = {"x": 1, "y": 1, "xanchor": "right", "yanchor": "top"}
            yield {**shared, **place, "text": text, "font": font}
