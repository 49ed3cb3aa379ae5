"""The layers on top of the core: who adds rules, and who says what a project says about itself.

A layer is a module with `RULES`, the names of modules that register rules; `READS`, where those read files beside the
pages; and, where it has something to say, `settings(root, configuration, settings)`, which gives the settings with its
own knowledge added. A layer that finds none of its data below `root` gives the settings back as they are, and its rules
say so by themselves.
"""

from __future__ import annotations

import importlib
from importlib.util import find_spec
from typing import TYPE_CHECKING

from handbook.model.settings import Settings
from handbook.rules import engine
from handbook.rules.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import ModuleType

    from handbook.model.project import Configuration, Project
    from handbook.reading.cache import RenderCache
    from handbook.rules.registry import RuleDefinition

LAYERS = ("handbook.ledger.layer", "handbook.editorial.layer", "handbook.publishing.layer", "handbook.external.layer")


def _present() -> list[ModuleType]:
    return [importlib.import_module(name) for name in LAYERS if find_spec(name) is not None]


def load_rules() -> None:
    """Register the rules of the core and of every layer."""
    engine.load()
    for layer in _present():
        engine.load(tuple(getattr(layer, "RULES", ())))


def settings_for(root: Path, configuration: Configuration) -> Settings:
    """Ask every layer what it knows of a project."""
    settings = Settings()
    for layer in _present():
        if hasattr(layer, "settings"):
            settings = layer.settings(root, configuration, settings)
    return settings


def memory_of(project: Project, rules: Iterable[RuleDefinition], store: RenderCache) -> Memory:
    """Open what is remembered of these rules' looks at a project; close it after."""
    reads = [pattern for layer in _present() for pattern in getattr(layer, "READS", ())]
    return Memory(store, project, rules, reads)
