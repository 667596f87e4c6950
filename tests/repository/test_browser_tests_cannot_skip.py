"""A browser test that cannot run is a failure, never a skip."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SKIPPING = {
    "in the test": "import pytest\n\ndef test_it():\n    pytest.skip('no browser')\n",
    "by a mark": "import pytest\n\n@pytest.mark.skip\ndef test_it():\n    pass\n",
    "the module": "import pytest\n\npytest.skip('no browser', allow_module_level=True)\n",
}


def run_with(tmp_path, folder, content, *flags):
    (tmp_path / "tests" / folder).mkdir(parents=True)
    (tmp_path / "tests" / folder / "test_it.py").write_text(content, encoding="utf-8")
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path / "tests")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return subprocess.run(
        [sys.executable, "-m", "pytest", *flags],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("content", SKIPPING.values(), ids=SKIPPING)
def test_a_skipped_browser_test_fails(tmp_path, content):
    done = run_with(tmp_path, "browser", content)
    assert done.returncode != 0
    assert "a browser test must run or fail" in done.stdout


def test_another_test_may_skip(tmp_path):
    done = run_with(tmp_path, "web", SKIPPING["in the test"])
    assert done.returncode == 0
    assert "1 skipped" in done.stdout


def test_browser_tests_can_be_left_out(tmp_path):
    done = run_with(tmp_path, "browser", SKIPPING["in the test"], "-m", "not browser")
    assert "1 deselected" in done.stdout
