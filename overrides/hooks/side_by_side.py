"""Build the languages side by side where there are processors for it, each process with what was read once.

mkdocs-static-i18n builds one language after the other. This module forks before the first begins: a child builds its
languages by the very same steps and tells in the end what was said meanwhile; it is said again here, in the order of
the languages, so that a strict build counts every warning. Without fork, where the machine has no room for another
process, while pages are served, or where handouts are printed (by processes of their own), the languages are built one
after the other, with the same bytes as outcome.
"""

from __future__ import annotations

import ctypes
import gc
import logging
import os
import pickle
import signal
import sys
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NoReturn

from mkdocs import utils
from mkdocs.commands.build import build
from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.plugins import CombinedEvent, event_priority

from handbook.handouts.making import handouts_wanted
from handbook.reading.processes import PROCESSES, processes_allowed, shares_of_others

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from mkdocs.config.defaults import MkDocsConfig

DIE_WITH_PARENT: Final = 1
"""PR_SET_PDEATHSIG of Linux's prctl."""
BUILDER: Final = "mkdocs.commands.build"
YOUNG: Final = 10_000
"""After so many new objects Python looks for circles among them. At its own 700 that is a twelfth of a build."""

_plain = True
_waited = False
_children: list[_Child] = []
_clean_directory = utils.clean_directory


@dataclass(frozen=True, slots=True)
class _Child:
    """A process that builds some languages; what it has to say comes through a pipe."""

    languages: Sequence[str]
    process: int
    pipe: int


class _Listener(logging.Handler):
    """Keeps what is said, but for what MkDocs says about every build it begins and ends."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[tuple[str, int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name != BUILDER or record.levelno >= logging.WARNING:
            self.said.append((record.name, record.levelno, record.getMessage()))


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remember whether this is a plain build from scratch, and refuse a wrong number of processes."""
    global _plain  # noqa: PLW0603  (MkDocs keeps hooks as modules)
    _plain = command != "serve" and not dirty
    if _plain:
        gc.set_threshold(YOUNG)  # before anything is read
    try:
        processes_allowed()
    except ValueError as error:
        raise PluginError(f"{error}.") from None


@event_priority(90)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Start a child for each share of the languages, as soon as the site has been read."""
    i18n: Any = config.plugins["i18n"]
    if i18n.building or not _plain:
        return config
    if sys.platform != "linux" or handouts_wanted():
        return config
    first = i18n.default_language
    shares = shares_of_others([first, *(one for one in i18n.build_languages if one != first)], processes_allowed())
    if shares:
        utils.clean_directory(config.site_dir)
        utils.clean_directory = _leave_directory
        gc.freeze()  # a collection would write to what the processes share
        sys.stdout.flush()
        sys.stderr.flush()
        try:
            for share in shares:
                _start(share, config)
        except OSError:  # no room for another process: those that began would only be in the way
            _end_children()
            gc.unfreeze()
    return config


def _leave_directory(directory: str) -> None:
    """Stand in for what cleans a folder: each language is written beside the others."""


def _start(languages: Sequence[str], config: MkDocsConfig) -> None:
    """Start a child; OSError where the machine has no room for it."""
    reading, writing = os.pipe()
    parent = os.getpid()
    try:
        process = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        raise
    if process == 0:
        _live_as_child(parent, languages, config, writing)
    os.close(writing)
    _children.append(_Child(languages, process, reading))


def _live_as_child(parent: int, languages: Sequence[str], config: MkDocsConfig, pipe: int) -> NoReturn:
    """Build some languages as mkdocs-static-i18n does, report, and end without a word to anybody else."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    _children.clear()
    listener, error = _Listener(), None
    logging.getLogger("mkdocs").handlers = [listener]
    i18n: Any = config.plugins["i18n"]
    i18n.building = True
    config.strict = False  # the warnings are counted where they are said again
    config.theme.static_templates = set()  # they belong to no language, so the first process writes them
    code = 1
    try:
        try:
            for language in languages:
                i18n.current_language = language
                build(config)
        except Exception as stopped:  # noqa: BLE001  (it is raised again in the first process)
            error = stopped
        with os.fdopen(pipe, "wb") as stream:
            pickle.dump((listener.said, _sendable(error)), stream)
        code = 0
    finally:
        os._exit(code)


def _sendable(error: Exception | None) -> Exception | None:
    """Return the error itself where it says all there is to say, and else one that holds its traceback."""
    if error is None or isinstance(error, MkDocsException | OSError):
        return error
    return RuntimeError("".join(traceback.format_exception(error)))


@event_priority(-50)
def _on_post_build_wait(config: MkDocsConfig) -> None:
    """Wait for the children and say what they said; then keep mkdocs-static-i18n from building their languages."""
    global _waited  # noqa: PLW0603
    i18n: Any = config.plugins["i18n"]
    while _children:
        _waited = True
        said, error = _report_of(_children.pop(0))
        for name, level, message in said:
            logging.getLogger(name).log(level, "%s", message)
        if error is not None:
            raise error
    if _waited:
        i18n.building = True


@event_priority(-150)
def _on_post_build_go_on(config: MkDocsConfig) -> None:
    """Let those who finish know that the last language has been built."""
    global _waited  # noqa: PLW0603
    i18n: Any = config.plugins["i18n"]
    if _waited:
        _waited = i18n.building = False
        utils.clean_directory = _clean_directory


on_post_build = CombinedEvent(_on_post_build_wait, _on_post_build_go_on)


def on_build_error(error: Exception) -> None:
    """Do not let the others build on for nothing."""
    global _waited  # noqa: PLW0603
    if _children or _waited:
        _waited = False
        _end_children()


def _end_children() -> None:
    """End the others; from here on a folder is cleaned as ever."""
    utils.clean_directory = _clean_directory
    while _children:
        child = _children.pop()
        os.kill(child.process, signal.SIGKILL)
        os.waitpid(child.process, 0)
        os.close(child.pipe)


def _report_of(child: _Child) -> tuple[list[tuple[str, int, str]], Exception | None]:
    """Wait for what a child says at its end: each record as (logger, level, message), and what stopped it."""
    with os.fdopen(child.pipe, "rb") as stream:
        data = stream.read()
    _, status = os.waitpid(child.process, 0)
    code = os.waitstatus_to_exitcode(status)
    if code:
        names = ", ".join(child.languages)
        message = f"the process that built {names} ended with code {code}. Fix: build again with {PROCESSES}=1."
        raise PluginError(message)
    said, error = pickle.loads(data)  # noqa: S301  (our own child wrote it)
    return said, error
