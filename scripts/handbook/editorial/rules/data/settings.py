"""The settings in mkdocs.yml: values, and no programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import yaml

from handbook.editorial.handbook_data import is_handbook
from handbook.reading.plain_yaml import Loader
from handbook.rules.registry import Hit, Scope, Text, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.project import Project

CODE: Final = "tag:yaml.org,2002:python/"
"""How the tag of a value begins that MkDocs runs, or takes from a program, while it reads."""


@rule(
    "DAT111",
    "settings-run-code",
    Scope.PROJECT,
    needs=is_handbook,
    en=Text(
        "A value in mkdocs.yml is a piece of a program.",
        "MkDocs runs it while it reads its settings, and settings are where nobody looks for programs.",
        "x: !!python/object/apply:os.system [ls]",
        "hooks:\n  - overrides/hooks/catalogue.py",
    ),
    nl=Text(
        "Een waarde in mkdocs.yml is een stuk van een programma.",
        "MkDocs voert dat uit terwijl het zijn instellingen leest, en daar zoekt niemand een programma.",
        "x: !!python/object/apply:os.system [ls]",
        "hooks:\n  - overrides/hooks/catalogue.py",
    ),
)
def settings_run_code(_project: Project, project: Project) -> Iterator[Hit]:
    """Look at the tag of each value, however it is written."""
    path = project.configuration.path
    for event in yaml.parse(Path(project.root, path).read_text(encoding="utf-8-sig"), Loader=Loader):
        tag = getattr(event, "tag", None) or ""
        if tag.startswith(CODE):
            what = tag.removeprefix(CODE)
            message = f'this value is a program: "{what[:60]}"'
            mark = cast("yaml.Mark", event.start_mark)
            yield Hit(path, mark.line + 1, message, "Write a value, or put the program into a hook.")
