"""A browser test that cannot run is a failure, never a skip."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SKIPS = {
    "browser/test_call.py": "import pytest\n\ndef test_it():\n    pytest.skip('none')\n",
    "browser/test_mark.py": "import pytest\n\n@pytest.mark.skip\ndef test_it():\n    pass\n",
    "browser/test_module.py": "import pytest\n\npytest.skip('none', allow_module_level=True)\n",
    "web/test_call.py": "import pytest\n\ndef test_it():\n    pytest.skip('none')\n",
}


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    """Run all the skips once; dash's plugin has no part in it and is slow to start."""
    folder = tmp_path_factory.mktemp("skips")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name, content in SKIPS.items():
        path = folder / "tests" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    shutil.copy(ROOT / "tests" / "conftest.py", folder / "tests")
    flags = ["-p", "no:dash", "-p", "no:cacheprovider", "--continue-on-collection-errors"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *flags],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("name", [name for name in SKIPS if name.startswith("browser/")])
def test_a_skipped_browser_test_fails(outcome, name):
    lines = [line for line in outcome.splitlines() if name in line]
    assert any(line.startswith(("FAILED", "ERROR")) for line in lines), outcome


def test_another_test_may_skip(outcome):
    assert "1 failed, 1 skipped, 2 errors" in outcome
