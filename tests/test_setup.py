"""Setting up on a machine where something is missing: one sentence that says what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

BOOTSTRAP = "scripts/handbook/bootstrap.py"
PRETEND = """
import runpy, sys
{pretence}
sys.argv = [{script!r}]
runpy.run_path({script!r}, run_name="__main__")
"""


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A copy of what setting up needs, without an environment."""
    for name in ("requirements.lock", "pyproject.toml", "README.md", BOOTSTRAP):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def set_up(root: Path, pretence: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    code = PRETEND.format(pretence=pretence, script=str(root / BOOTSTRAP))
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    assert "Traceback" not in done.stderr
    return done.stderr.strip().splitlines()[-1]


def test_an_old_python_is_told_what_to_install(fresh: Path) -> None:
    done = set_up(fresh, "sys.version_info = (3, 8, 2, 'final', 0)", PATH="/nowhere")
    assert done.returncode == 2
    assert "needs Python 3.11.5 or newer and found 3.8.2" in last_line(done)


def test_a_python_without_venv_is_told_which_package_to_install(fresh: Path) -> None:
    done = set_up(fresh, "sys.modules['ensurepip'] = None")
    assert done.returncode == 2
    assert "apt install python3-venv" in last_line(done)


def test_without_a_network_setting_up_says_so_and_starts_again_next_time(fresh: Path) -> None:
    nowhere = {
        "PIP_INDEX_URL": "http://127.0.0.1:9/",
        "PIP_FIND_LINKS": "",
        "PIP_RETRIES": "0",
        "PIP_NO_CACHE_DIR": "1",
    }
    done = set_up(fresh, **nowhere)
    assert done.returncode == 2
    assert "is there a network connection?" in last_line(done)
    assert not (fresh / ".venv" / "handbook-setup").exists()
    assert (fresh / ".cache" / "setup.log").read_text()


def test_a_folder_that_cannot_be_written_to_is_named(fresh: Path) -> None:
    (fresh / ".venv").write_text("in the way")
    (fresh / ".cache").write_text("in the way")
    done = set_up(
        fresh, "import venv; venv.create = lambda *a, **k: (_ for _ in ()).throw(PermissionError('read-only'))"
    )
    assert done.returncode == 2
    assert "could not write to" in last_line(done)


def test_a_missing_lock_is_named(fresh: Path) -> None:
    (fresh / "requirements.lock").unlink()
    done = set_up(fresh)
    assert done.returncode == 2
    assert "requirements.lock is missing" in last_line(done)


def test_make_without_python_says_what_to_install() -> None:
    done = subprocess.run(
        ["make", "setup", "PYTHON=no-such-python"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "install Python 3.11 or newer" in done.stderr


def test_a_second_setup_does_nothing(fresh: Path) -> None:
    python = fresh / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    probe = f"import runpy; m = runpy.run_path({str(fresh / BOOTSTRAP)!r}); print(m['fingerprint'](), end='')"
    stamp = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout
    (fresh / ".venv" / "handbook-setup").write_text(stamp)
    done = set_up(fresh, "import subprocess; subprocess.call = None")
    assert done.returncode == 0
    assert done.stderr == ""
