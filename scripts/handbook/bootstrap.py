"""Makes the virtual environment `.venv` from the hash lock; the Makefile runs it before everything else.

It runs when nothing is installed yet, so it uses the standard library alone and keeps to syntax that old Pythons can
read: the sentence "this Python is too old" must be able to appear. Done once, it returns in a few milliseconds: a stamp
in `.venv` remembers what was installed, and is written last, so a setup that was cut off starts again.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Iterable, List  # noqa: UP035  (old Pythons have no list[str])

OLDEST = (3, 11, 5)
CANDIDATES = ("python3", "python3.14", "python3.13", "python3.12", "python3.11", "python")
ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
STAMP = VENV / "handbook-setup"
LOG = ROOT / ".cache" / "setup.log"


class SetupError(Exception):
    """Something a person has to mend; the message says what, in one sentence."""


def main() -> int:
    """Set up `.venv` if it is not there or not up to date; return the exit code."""
    try:
        use_a_new_enough_python()
        wanted = fingerprint()
        if STAMP.is_file() and STAMP.read_text() == wanted and venv_python().exists():
            return 0
        set_up(wanted)
    except SetupError as error:
        print("setup: {}".format(error), file=sys.stderr)
        return 2
    return 0


def use_a_new_enough_python() -> None:
    """Hand over to a newer Python on the path if this one is too old."""
    if sys.version_info[:3] >= OLDEST:
        return
    probe = "import sys; sys.exit(0 if sys.version_info[:3] >= {} else 1)".format(OLDEST)
    for name in CANDIDATES:
        path = shutil.which(name)
        if path and subprocess.call([path, "-c", probe], stderr=subprocess.DEVNULL) == 0:  # noqa: S603
            os.execv(path, [path, *sys.argv])  # noqa: S606
    raise SetupError(
        "this needs Python {} or newer and found {}; install a newer Python (https://www.python.org/downloads/) "
        "or name one: make PYTHON=/path/to/python3".format(dotted(OLDEST), dotted(sys.version_info[:3]))
    )


def dotted(version: Iterable[object]) -> str:
    """Write a version tuple as people do."""
    return ".".join(str(part) for part in version)


def fingerprint() -> str:
    """Return a digest of all that decides what the environment holds."""
    digest = hashlib.sha256()
    for name in ("requirements.lock", "pyproject.toml", "scripts/handbook/bootstrap.py"):
        path = ROOT / name
        if not path.is_file():
            raise SetupError("{} is missing; get a whole copy of the project again".format(name))
        digest.update(path.read_bytes())
    digest.update("{}\n{}".format(sys.version, ROOT).encode())
    return digest.hexdigest()


def venv_python() -> Path:
    """Return the path of the environment's own Python."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def set_up(wanted: str) -> None:
    """Make the environment anew and install the locked packages and this package into it."""
    say("Setting up .venv (once; about half a minute) ...")
    try:
        import ensurepip  # noqa: F401, PLC0415
        import venv  # noqa: PLC0415
    except ImportError:
        raise SetupError(
            "this Python lacks the venv module; on Debian or Ubuntu install it with: sudo apt install python3-venv"
        ) from None
    try:
        venv.create(str(VENV), with_pip=True, clear=True)
        LOG.parent.mkdir(exist_ok=True)
        LOG.write_text("")
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetupError("could not write to {} ({})".format(ROOT, error)) from None
    lock = str(ROOT / "requirements.lock")
    python = str(venv_python())
    editable = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    # uv installs the same lock in a third of the time; pip, which is always there, does it where uv cannot.
    uv = [python, "-m", "uv", "pip", "install", "--quiet", "--python", python]
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    with_uv = install_uv_alone(pip) and run([*uv, "--require-hashes", "--compile-bytecode", "-r", lock])
    if not with_uv and not run([*pip, "--require-hashes", "-r", lock]):
        raise SetupError(
            "could not install the packages: is there a network connection? What was said stands in {}".format(
                LOG.relative_to(ROOT)
            )
        )
    if not run([*pip, *editable]):
        raise SetupError("could not install this package itself; see {}".format(LOG.relative_to(ROOT)))
    # Where Python was told to keep no bytecode, every command would compile the whole program again.
    run([python, "-m", "compileall", "-q", str(ROOT / "scripts"), str(ROOT / "overrides" / "hooks")])
    STAMP.write_text(wanted)


def install_uv_alone(pip: List[str]) -> bool:  # noqa: UP006
    """Install uv with the version and hashes that the lock names; return whether that worked."""
    lines = iter((ROOT / "requirements.lock").read_text().splitlines())
    pinned = []
    for line in lines:
        if line.startswith("uv=="):
            pinned.append(line)
            while pinned[-1].endswith("\\"):
                pinned.append(next(lines))
    if not pinned:
        return False
    only_uv = LOG.with_name("uv.lock.txt")
    only_uv.write_text("\n".join(pinned) + "\n")
    done = run([*pip, "--require-hashes", "--no-deps", "-r", str(only_uv)])
    only_uv.unlink()
    return done


def run(command: List[str]) -> bool:  # noqa: UP006
    """Run an installer, keeping what it says in the log; return whether it succeeded."""
    with LOG.open("ab") as log:
        return subprocess.call(command, stdout=log, stderr=log, cwd=str(ROOT)) == 0  # noqa: S603


def say(words: str) -> None:
    """Tell the person waiting what is going on."""
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
