"""The YAML block at the top of a page, with the line of every key.

Found just as MkDocs finds it (three dashes on the very first line, three dashes or dots to end it); what MkDocs cannot
parse it prints on the page, so an error here is one a reader would see.
"""

from __future__ import annotations

import re

import yaml

from handbook.model.page import FrontMatter, FrontMatterEntry
from handbook.reading.plain_yaml import Loader, refuse_elaborate

MOST_VALUES = 500
# The same expression as mkdocs.utils.meta.YAML_RE (1.6.1), except that the last line may end the file.
BLOCK = re.compile(r"\A-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*(?:\n|\Z)", re.DOTALL)


MEANT = re.compile(r"\s*-{3}[ \t]*\n(?:[\w-]+:.*\n|[ \t]*- .*\n)+")
UNOPENED = re.compile(r"(?:[A-Za-z_][\w-]*:(?: .*)?\n)+-{3}[ \t]*\n")
FEWEST_KEYS = 2
"""So many lines with a key above three dashes are front matter; one may be a sentence with a line below it."""
KEY = re.compile(r"[A-Za-z_][\w-]*:(?:\s|$)")
QUOTED = re.compile(r"""[A-Za-z_][\w-]*:\s+(?P<quote>["'])(?P<rest>.*)""")
BRACKETED = re.compile(r"""[A-Za-z_][\w-]*:\s+(?P<bracket>[\[{])(?P<rest>[^"'#]*)""")
HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)
CLOSING = {"[": "]", "{": "}"}


def _left_open(lines: list[str]) -> tuple[int, str] | None:
    """Find the quotation mark or bracket that is left open although the next line begins another key.

    YAML reads on to the next mark of the kind, and gives up somewhere below; an author has to look here.
    """
    for number, (line, following) in enumerate(zip(lines, [*lines[1:], "end:"], strict=True)):
        if not KEY.match(following):
            continue
        if (match := QUOTED.fullmatch(line)) and match["quote"] not in match["rest"].replace("\\" + match["quote"], ""):
            return number, "quotation mark"
        if (match := BRACKETED.fullmatch(line)) and CLOSING[match["bracket"]] not in match["rest"]:
            return number, "bracket"
    return None


def _is_text(block: str) -> bool:
    """Tell whether the dashes are a line across the page: MkDocs shows what stands between two of them then."""
    lines = block.rstrip("\n").split("\n")
    return "" in lines and bool(HEADING.search(block)) and not any(KEY.match(line) for line in lines)


def _misplaced(text: str) -> str:
    """Say why what looks like front matter is none; empty where nothing looks like it."""
    if MEANT.match(text):
        return "it does not end with a line of three dashes" if text.startswith("---") else "it begins too late"
    keys = UNOPENED.match(text)
    return "there are no three dashes above it" if keys and keys[0].count("\n") > FEWEST_KEYS else ""


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """Give the front matter, and the text with its lines emptied so that line numbers stay."""
    match = BLOCK.match(text)
    if match is None or _is_text(match.group(1)):
        return FrontMatter(error=_misplaced(text), error_line=1), text
    end = match.group(0).count("\n") + (0 if match.group(0).endswith("\n") else 1)
    entries: list[FrontMatterEntry] = []
    repeated: list[FrontMatterEntry] = []
    error, error_line = "", 0
    try:
        refuse_elaborate(match.group(1), MOST_VALUES)
        loader = Loader(match.group(1))
        try:
            node = loader.get_single_node()
            if isinstance(node, yaml.MappingNode):
                seen: set[str] = set()
                for key_node, value_node in node.value:
                    key = str(loader.construct_object(key_node, deep=True))
                    try:
                        value = loader.construct_object(value_node, deep=True)
                    except ValueError as problem:  # a date such as 30 February, for which YAML names no line
                        error, error_line = f"{problem} ({key})", value_node.start_mark.line + 2
                        break
                    entry = FrontMatterEntry(key, value, key_node.start_mark.line + 2)
                    (repeated if key in seen else entries).append(entry)
                    seen.add(key)
            elif node is not None:
                error, error_line = "it is not a list of `key: value` lines", node.start_mark.line + 2
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        error = problem.problem or "it cannot be understood"
        error_line = (mark.line if mark else 0) + 2
        left_open = _left_open(match.group(1).split("\n")[: error_line - 1])
        if left_open is not None:
            error, error_line = f"the {left_open[1]} on this line is not closed", left_open[0] + 2
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as problem:
        error, error_line = " ".join(str(problem).split())[:200], 2
    if error:
        entries, repeated = [], []
    blank = "\n" * match.group(0).count("\n")
    matter = FrontMatter(tuple(entries), 1, end, error, min(error_line, end) if error else 0, tuple(repeated))
    return matter, blank + text[match.end() :]
