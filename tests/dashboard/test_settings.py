"""Settings from the environment: defaults, and what is refused in which words."""

import pytest

from dashboard.settings import Settings, SettingsError
from geodata.boundaries import DEFAULT_PATH
from indicators.tables import SHIPPED


def refusal(**environ):
    """Return the words with which an environment is refused."""
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({f"QUALITY_ATLAS_{name}": value for name, value in environ.items()})
    return str(caught.value)


def test_defaults_work_with_nothing_set():
    settings = Settings.from_env({})

    assert settings == Settings()
    assert (settings.data, settings.boundaries) == (str(SHIPPED), str(DEFAULT_PATH))
    assert (settings.host, settings.port, settings.language) == ("127.0.0.1", "8050", "zh")
    assert (settings.on_course, settings.behind) == ("0.95", "0.60")


def test_values_are_read_by_name():
    settings = Settings.from_env(
        {
            "QUALITY_ATLAS_DATA": "/srv/data",
            "QUALITY_ATLAS_PORT": "80",
            "QUALITY_ATLAS_CACHE": "redis://cache:6379/0",
            "QUALITY_ATLAS_LANGUAGE": "en",
        }
    )

    assert settings == Settings(
        data="/srv/data", port="80", cache="redis://cache:6379/0", language="en"
    )


def test_environment_of_the_process_is_read_by_default(monkeypatch):
    monkeypatch.setenv("QUALITY_ATLAS_PORT", "9000")

    assert Settings.from_env().port == "9000"


def test_names_of_others_are_left_alone():
    assert Settings.from_env({"PORT": "x", "quality_atlas_port": "x"}) == Settings()


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("PORT", 1, 65535),
        ("WORKERS", 1, 64),
        ("THREADS", 1, 256),
        ("CACHE_SECONDS", 0, 31_536_000),
    ],
)
def test_whole_numbers_within_their_bounds(name, low, high):
    for value in (low, high):
        settings = Settings.from_env({f"QUALITY_ATLAS_{name}": str(value)})
        assert getattr(settings, name.lower()) == str(value)
    for value in (str(low - 1), str(high + 1), "", "many", "8.5", "８", " 8", "1e3"):
        assert refusal(**{name: value}) == (
            f"QUALITY_ATLAS_{name} is {value!r}; expected a number from {low} to {high}"
        )


@pytest.mark.parametrize("value", ["fr", "", "ZH", "zh_CN"])
def test_language(value):
    assert refusal(LANGUAGE=value) == f"QUALITY_ATLAS_LANGUAGE is {value!r}; expected zh or en"


@pytest.mark.parametrize(
    ("behind", "on_course"),
    [("0.95", "0.95"), ("0.96", "0.95"), ("0", "0.95"), ("0.6", "1.01"), ("nan", "0.95")],
)
def test_thresholds_in_the_wrong_order(behind, on_course):
    assert refusal(BEHIND=behind, ON_COURSE=on_course) == (
        f"QUALITY_ATLAS_BEHIND is {behind} and QUALITY_ATLAS_ON_COURSE is {on_course}; "
        "expected 0 < behind < on course <= 1"
    )


@pytest.mark.parametrize("name", ["BEHIND", "ON_COURSE"])
def test_threshold_that_is_no_number(name):
    words = refusal(**{name: "half"})

    assert f"QUALITY_ATLAS_{name}" in words
    assert "'half'" in words
    assert "expected" in words


def test_unknown_name_is_refused_with_the_known_ones():
    words = refusal(PROT="80", DATEN="/srv")

    assert words.startswith(
        "unknown setting QUALITY_ATLAS_DATEN, QUALITY_ATLAS_PROT; the settings are "
    )
    assert "QUALITY_ATLAS_PORT" in words
    assert "QUALITY_ATLAS_DATA" in words
