"""YAML as people write it by hand: not nested deeply, and nothing that stands in one place and means it in many.

A few lines of YAML can stand for more data than any machine holds (each name repeats the one before ten times), and a
file of brackets alone ends the C parser, and Python with it. Both are found while the parser still reads, before
anything is built from it.
"""

from __future__ import annotations

from typing import Any, Final, cast

import yaml

Loader: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one of libyaml is ten times faster, and always in the wheels."""
DEEPEST: Final = 40
MOST_NAMES: Final = 30
"""So often may settings repeat a value by its name: that can stand for 3 to the power of 10 values, not more."""


def refuse_elaborate(text: str, most: int = 0, *, names: int = 0) -> None:
    """Raise MarkedYAMLError where something goes beyond what people write; `most` limits the values, 0 does not.

    So many times as `names` says, a value may be repeated by its name.
    """
    depth = values = repeated = 0
    for event in yaml.parse(text, Loader=Loader):
        problem, mark = "", cast("Any", event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            repeated += 1
            problem = "it repeats a value by its name; write the value again" if repeated > names else ""
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            problem = "it is nested too deeply" if depth > DEEPEST else ""
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.ScalarEvent):
            values += 1
            problem = f"it holds more than {most} values" if 0 < most < values else ""
        if problem:
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=mark)
