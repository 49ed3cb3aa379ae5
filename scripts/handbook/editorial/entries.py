"""Reads a YAML or JSON data file as entries that know on which line they stand.

Every loader of this package asks an `Entry` for its values by name and kind. A value that is missing, misspelt or of
the wrong kind becomes a `DataError` with its line; a key that no loader asked for is an error too, so that a typing
mistake cannot hide a value. JSON is read by the same parser: YAML contains it, and the json module knows no lines.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NoReturn
from urllib.parse import urlsplit

import yaml

from handbook.editorial.errors import DataError
from handbook.reading.plain_yaml import Loader, refuse_elaborate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})*")
_PAGE: Final = re.compile(r"[\w-]+(/[\w-]+)*\.md")
_SECTION: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HOST: Final = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
_SHORT_LANGUAGE: Final = re.compile(r"[a-z]{2}(-[A-Z]{2})?")


@dataclass(frozen=True, slots=True)
class Translated:
    """The same thing said in several languages. `words` maps a language's code to its words, the first one leading."""

    words: Mapping[str, str]

    def __getitem__(self, language: str) -> str:
        """Return the words of a language, or the leading language's where it has none yet; a rule names such gaps."""
        return self.words.get(language) or next(iter(self.words.values()))


@dataclass(slots=True)
class Entry:
    """One mapping of a data file; remembers which of its keys a loader has asked for."""

    path: Path
    line: int
    what: str
    values: dict[str, yaml.Node]
    _asked: set[str] = field(default_factory=set)

    def fail(self, message: str, hint: str = "", *, key: str | None = None) -> NoReturn:
        """Raise a `DataError` on the line of `key`, or of the entry itself."""
        node = self.values.get(key) if key else None
        line = _line(node) if node is not None else self.line
        raise DataError(self.path, line, f"{self.what}: {message}.", hint)

    def has(self, key: str) -> bool:
        """Tell whether the key stands in the file."""
        return key in self.values

    def text(self, key: str) -> str:
        """Return a text that must be there and say something."""
        value = self.optional_text(key)
        if value is None:
            self.fail(f'"{key}" is missing', f'add "{key}: …".')
        return value

    def optional_text(self, key: str) -> str | None:
        """Return a text, or `None` where the key is absent; an empty text is an error."""
        node = self._node(key)
        if node is None:
            return None
        if not isinstance(node, yaml.ScalarNode):
            self.fail(f'"{key}" must be a text', "write it on one line, in quotes if it starts with a sign.", key=key)
        value = str(node.value).strip()
        if not value or node.tag == "tag:yaml.org,2002:null":
            self.fail(f'"{key}" is empty', f'fill it in, or leave "{key}" out where that is allowed.', key=key)
        return value

    def quoted(self, key: str) -> str:
        """Return a text that must stand in quotes, because YAML would read it as a number otherwise."""
        value = self.text(key)
        node = self.values[key]
        if isinstance(node, yaml.ScalarNode) and node.style not in ('"', "'"):
            self.fail(f'"{key}" must stand in quotes', f'write {key}: "{value}".', key=key)
        return value

    def choice(self, key: str, allowed: Collection[str]) -> str:
        """Return a text that is one of a closed list."""
        value = self.text(key)
        if value not in allowed:
            self.fail(f'"{key}" is "{value}"', f"choose one of: {', '.join(allowed)}.", key=key)
        return value

    def identifier(self, key: str) -> str:
        """Return an id of small letters, digits and single hyphens, fit for an address."""
        value = self.text(key)
        parts = value.split("-")
        if not all(part.isascii() and part.isalnum() and part == part.lower() for part in parts):
            self.fail(f'"{key}" is "{value}"', "use small letters and digits, with one hyphen between words.", key=key)
        return value

    def numbered(self, key: str, letters: str) -> str:
        """Return a name like E01: one of the letters and then digits, perhaps with a small letter behind."""
        value = self.text(key)
        if not _is_numbered(value, letters):
            self.fail(f'"{key}" is "{value}"', f"write one of the letters {letters} and a number.", key=key)
        return value

    def all_numbered(self, key: str, letters: str) -> tuple[str, ...]:
        """Return a list of names like E01; empty where the key is absent."""
        found = self.texts_with_lines(key)
        for line, value in found:
            if not _is_numbered(value, letters):
                hint = f"write one of the letters {letters} and a number."
                raise DataError(self.path, line, f'{self.what}: "{key}" names "{value}".', hint)
        return tuple(value for _, value in found)

    def integer(self, key: str) -> int:
        """Return a whole number that must be there."""
        value = self.text(key)
        try:
            return int(value)
        except ValueError:
            self.fail(f'"{key}" is "{value}", which is no whole number', f'write for example "{key}: 10".', key=key)

    def optional_flag(self, key: str, *, default: bool = False) -> bool:
        """Return true or false, or the default where the key is absent."""
        return self.choice(key, ("true", "false")) == "true" if self.has(key) else default

    def page(self, key: str) -> str:
        """Return the path of a page below `docs/<language>/`, such as `needs/index.md`."""
        path = self.text(key)
        self._check_page(path, _line(self.values[key]))
        return path

    def pages(self, key: str) -> tuple[str, ...]:
        """Return a list of paths of pages; empty where the key is absent."""
        found = self.texts_with_lines(key)
        for line, path in found:
            self._check_page(path, line)
        return tuple(path for _, path in found)

    def places(self, key: str) -> tuple[tuple[int, str, str], ...]:
        """Return a list of sections, each as (line, page, section id), written `needs/index.md#four-lessons`."""
        found = []
        for line, text in self.texts_with_lines(key):
            page, _, section = text.partition("#")
            self._check_page(page, line)
            if not _SECTION.fullmatch(section):
                hint = "write the page and the id of its section, for example needs/index.md#four-lessons."
                raise DataError(self.path, line, f'{self.what}: "{text}" names no section of the page.', hint)
            found.append((line, page, section))
        return tuple(found)

    def optional_address(self, key: str) -> str | None:
        """Return a web address that begins with https, or `None` where the key is absent."""
        url = self.optional_text(key)
        if url is None:
            return None
        if not is_plain_address(url):
            hint = "copy the whole address from the browser, for example https://www.113.nl/."
            self.fail(f'"{url}" is not a web address that begins with https', hint, key=key)
        return url

    def lists_of_integers(self, key: str) -> tuple[tuple[int, ...], ...]:
        """Return a list of lists of whole numbers, such as the dates of CSL-JSON."""
        node = self._node(key)
        rows = node.value if isinstance(node, yaml.SequenceNode) else ()
        if not rows or not all(isinstance(row, yaml.SequenceNode) for row in rows):
            self.fail(f'"{key}" must be a list of lists', f'write "{key}": [[2018]].', key=key)
        try:
            return tuple(tuple(int(item.value) for item in row.value) for row in rows)
        except (TypeError, ValueError):
            self.fail(f'"{key}" must hold whole numbers', f'write "{key}": [[2018]].', key=key)

    def date(self, key: str) -> dt.date:
        """Return a full date."""
        value = self.text(key)
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f'"{key}" is "{value}", which is no date', "write it like 2026-08-06.", key=key)

    def translated(self, key: str) -> Translated:
        """Return a text in several languages, given as a mapping from language codes."""
        value = self.optional_translated(key)
        if value is None:
            self.fail(f'"{key}" is missing', f'add "{key}" with a line for each language, such as "en: …" and "nl: …".')
        return value

    def optional_translated(self, key: str) -> Translated | None:
        """Return a text in several languages, or `None` where the key is absent."""
        if not self.has(key):
            return None
        entry = self.entry(key)
        words = {language: entry.text(language) for language in entry.languages()}
        if not words:
            self.fail(f'"{key}" says nothing', 'add a line for each language, such as "en: …".', key=key)
        return Translated(words)

    def languages(self) -> tuple[str, ...]:
        """Return the keys of a mapping from language codes; any other key is an error."""
        for key in self.values:
            if not _LANGUAGE.fullmatch(key):
                self.fail(f'"{key}" is no language code', "write the code as in mkdocs.yml, such as en or nl.", key=key)
        return tuple(self.values)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; empty where the key is absent."""
        return tuple(value for _, value in self.texts_with_lines(key))

    def texts_with_lines(self, key: str) -> tuple[tuple[int, str], ...]:
        """Return a list of texts, each with its line; empty where the key is absent."""
        node = self._node(key)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self.fail(f'"{key}" must be a list', f'write {key}: [one, two] or one line with "- " for each.', key=key)
        found: list[tuple[int, str]] = []
        for item in node.value:
            if not isinstance(item, yaml.ScalarNode) or not str(item.value).strip():
                raise DataError(self.path, _line(item), f'{self.what}: "{key}" must hold texts only.', "")
            found.append((_line(item), str(item.value).strip()))
        return tuple(found)

    def entry(self, key: str) -> Entry:
        """Return a mapping inside this one."""
        node = self._node(key)
        if node is None:
            self.fail(f'"{key}" is missing', f'add "{key}".')
        return _entry(self.path, node, f'{self.what}, "{key}"')

    def entries(self, key: str) -> tuple[Entry, ...]:
        """Return a list of mappings inside this one; empty where the key is absent."""
        node = self._node(key)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self.fail(f'"{key}" must be a list', 'begin each of its entries with "- ".', key=key)
        return tuple(_named_entry(self.path, item, f'{self.what}, "{key}"') for item in node.value)

    def finish(self) -> None:
        """Complain about a key that nobody asked for."""
        for key in self.values:
            if key not in self._asked:
                known = ", ".join(sorted(self._asked))
                self.fail(f'"{key}" is not a key that is known here', f"known are: {known}.", key=key)

    def _check_page(self, path: str, line: int) -> None:
        if not _PAGE.fullmatch(path):
            hint = "write its path below docs/<language>/, for example needs/index.md."
            raise DataError(self.path, line, f'{self.what}: "{path}" is not the path of a page.', hint)

    def _node(self, key: str) -> yaml.Node | None:
        self._asked.add(key)
        return self.values.get(key)


def is_plain_address(url: str) -> bool:
    """Tell whether an address leads where it seems to: https, a host in plain letters, and no name or port with it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = parts.netloc
    return bool(
        parts.scheme == "https" and _ADDRESS.fullmatch(url) and _HOST.fullmatch(host) and "xn--" not in host.lower()
    )


def read_mapping(path: Path, what: str) -> Entry:
    """Return the mapping that the whole of a data file is."""
    return _entry(path, _compose(path), what)


def read_entries(path: Path, what: str) -> tuple[Entry, ...]:
    """Return the entries of a data file that is one list."""
    node = _compose(path)
    if not isinstance(node, yaml.SequenceNode):
        raise DataError(path, _line(node), "the file must be a list.", 'begin each entry with "- ".')
    return tuple(_named_entry(path, item, what) for item in node.value)


def language_mappings(path: Path) -> Iterator[tuple[int, set[str]]]:
    """Yield (line, languages) of every mapping in a data file whose keys are language codes; none of a broken file."""
    for _, node in _nodes(path):
        if isinstance(node, yaml.MappingNode):
            keys = {str(key.value) for key, _ in node.value}
            if keys and all(_SHORT_LANGUAGE.fullmatch(key) for key in keys):
                yield _line(node), keys


def keys_by_language(path: Path) -> Iterator[tuple[int, dict[str, set[str]]]]:
    """Yield line and keys by language of every mapping whose keys are languages and whose values are mappings again."""
    for _, node in _nodes(path):
        if isinstance(node, yaml.MappingNode):
            parts = {str(key.value): value for key, value in node.value if isinstance(value, yaml.MappingNode)}
            if parts and len(parts) == len(node.value) and all(_SHORT_LANGUAGE.fullmatch(key) for key in parts):
                yield _line(node), {name: {str(key.value) for key, _ in part.value} for name, part in parts.items()}


def texts_by_language(path: Path) -> Iterator[tuple[int, str, dict[str, str]]]:
    """Yield line, key and text by language of everything a data file says in languages; none of a broken file.

    Languages are keys of texts (`name: {en: …, nl: …}`), or of whole blocks whose keys are the same in each.
    """
    for name, node in _nodes(path):
        if not isinstance(node, yaml.MappingNode):
            continue
        parts = {str(key.value): value for key, value in node.value}
        if not parts or not all(_SHORT_LANGUAGE.fullmatch(key) for key in parts):
            continue
        said = {key: str(part.value) for key, part in parts.items() if isinstance(part, yaml.ScalarNode)}
        if said:
            yield _line(node), name, said
        blocks: dict[str, tuple[int, dict[str, str]]] = {}
        for language, part in parts.items():
            for key, value in part.value if isinstance(part, yaml.MappingNode) else ():
                if isinstance(value, yaml.ScalarNode):
                    blocks.setdefault(str(key.value), (_line(key), {}))[1][language] = str(value.value)
        yield from ((line, key, texts) for key, (line, texts) in blocks.items())


def problem_of(path: Path) -> DataError | None:
    """Return what is wrong with a file as YAML."""
    try:
        _compose(path)
    except DataError as error:
        return error
    return None


def texts_of(path: Path) -> Iterator[tuple[int, str, str]]:
    """Yield (line, key, text) of every text in a data file, whatever it means; none of a broken file."""
    for name, node in _nodes(path):
        if isinstance(node, yaml.ScalarNode):
            yield _line(node), name, str(node.value)


def keys_of(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (line, key) of every key of every mapping in a data file; none of a broken file."""
    for _, node in _nodes(path):
        if isinstance(node, yaml.MappingNode):
            yield from ((_line(key), str(key.value)) for key, _ in node.value)


def _nodes(path: Path) -> Iterator[tuple[str, yaml.Node]]:
    """Yield every node of a data file, from top to bottom, with the key it stands under; none of a broken file."""
    try:
        waiting = [("", _compose(path))]
    except DataError:
        return
    while waiting:
        name, node = waiting.pop()
        yield name, node
        if isinstance(node, yaml.SequenceNode):
            waiting += [(name, item) for item in reversed(node.value)]
        elif isinstance(node, yaml.MappingNode):
            waiting += [(str(key.value), value) for key, value in reversed(node.value)]


def without_doubles(path: Path, ids: Sequence[tuple[int, str]], what: str) -> None:
    """Complain about the second of two entries with the same id."""
    seen: dict[str, int] = {}
    for line, name in ids:
        if name in seen:
            message = f'{what} "{name}" stands here for the second time; the first is on line {seen[name]}.'
            raise DataError(path, line, message, "give one of them another id, or remove it.")
        seen[name] = line


def _compose(path: Path) -> yaml.Node:
    if path.exists() and not path.is_file():
        raise DataError(path, 1, "this is no ordinary file.", "put the file back.")
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as problem:
        message = f"the file cannot be read ({problem.strerror or problem})."
        raise DataError(path, 1, message, "put the file back.") from problem
    except UnicodeDecodeError as problem:
        raise DataError(path, 1, "the file is not written in UTF-8.", "save it as UTF-8.") from problem
    try:
        node = _composed(text)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        said = problem.problem or problem.context or "unreadable"
        line = mark.line + 1 if mark else 1
        if "\t" in (text.split("\n")[line - 1 : line] or [""])[0]:
            message, hint = "a tab stands on this line.", "put spaces in its place, as many as on the lines around it."
        else:
            message, hint = (
                f"this is not valid YAML: {said}.",
                "check indentation and quotes, here and on the line above.",
            )
        raise DataError(path, line, message, hint) from problem
    except yaml.YAMLError as problem:
        raise DataError(path, 1, f"this is not valid YAML: {problem}.", "remove unusual characters.") from problem
    if node is None:
        raise DataError(path, 1, "the file is empty.", "put its entries back.")
    return node


@lru_cache(maxsize=64)
def _composed(text: str) -> yaml.Node | None:
    """Compose a text; several rules look at the same files, and none of them changes a node."""
    refuse_elaborate(text)
    node: yaml.Node | None = yaml.compose(text, Loader=Loader)
    return node


def _named_entry(path: Path, node: yaml.Node, what: str) -> Entry:
    entry = _entry(path, node, what)
    name = entry.values.get("id")
    if isinstance(name, yaml.ScalarNode):
        entry.what = f"{what} {name.value}"
    return entry


def _entry(path: Path, node: yaml.Node, what: str) -> Entry:
    if not isinstance(node, yaml.MappingNode):
        raise DataError(path, _line(node), f"{what}: this must be a set of keys with values.", 'write "key: value".')
    values: dict[str, yaml.Node] = {}
    for key, value in _pairs(node):
        if not isinstance(key, yaml.ScalarNode):
            raise DataError(path, _line(key), f"{what}: a key must be a word.", 'write "key: value".')
        if key.value in values:
            raise DataError(path, _line(key), f'{what}: "{key.value}" stands here twice.', "keep one of the two.")
        values[str(key.value)] = value
    return Entry(path, _line(node), what, values)


def _pairs(node: yaml.MappingNode) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    yield from node.value


def _is_numbered(value: str, letters: str) -> bool:
    digits = value[1:-1] if value[-1:].islower() else value[1:]
    return value[:1] in tuple(letters) and digits.isascii() and digits.isdigit()


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
