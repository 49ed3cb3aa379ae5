"""What can go wrong with characters, line ends, encodings and files as such."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from handbook.model.finding import Place
from handbook.trials.edit import Draft, Edit
from handbook.trials.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from handbook.trials.world import World

shelf: Final = Shelf("Characters and files")


def _in_word(name: str, what: str, code: str, change: Callable[[str], str], needs: str = "e") -> None:
    """Put a kind on the shelf that changes one word of a sentence."""

    @shelf.make(name, what, *code.split())
    def _make(world: World, chance: Random) -> Edit | None:
        chosen = world.draw(chance, [place for place in world.plain_lines if needs in place[3][3:-3]])
        if chosen is None:
            return None
        page, _section, number, line = chosen
        at = line.index(needs, 3)
        draft = Draft.of(page)
        return draft.put(number, line[:at] + change(needs) + line[at + len(needs) :]).edit(number)


_in_word("zero-width-space", "a space that cannot be seen within a word", "TXT102", lambda sign: sign + "\u200b")
_in_word("soft-hyphen", "a soft hyphen within a word", "TXT102", lambda sign: sign + "\u00ad")
_in_word("mark-of-direction", "a mark that turns the direction of the text", "TXT102", lambda sign: sign + "\u202e")
_in_word("mark-in-the-middle", "a byte order mark in the middle of a text", "TXT102", lambda sign: sign + "\ufeff")
_in_word("control-character", "a control character", "TXT102", lambda sign: sign + "\x08")
_in_word("cyrillic-letter", "a Cyrillic e within a word", "TXT103", lambda _sign: "\u0435")
_in_word("greek-letter", "a Greek o within a word", "TXT103", lambda _sign: "\u03bf", needs="o")
_in_word("garbled-accent", "an accent garbled by a wrong encoding", "TXT104", lambda _sign: "\u00c3\u00ab")
_in_word("replacement-character", "a letter lost to a replacement character", "TXT104", lambda _sign: "\ufffd")
_in_word("loose-accent", "an accent as a character of its own", "TXT105", lambda sign: sign + "\u0301")
shelf.insert("garbled-quote", "an apostrophe garbled by a wrong encoding", "TXT104", "It\u00e2\u20ac\u2122s all right.")
shelf.insert(
    "merge-markers",
    "marks of an unfinished merge",
    "TXT101",
    "<<<<<<< HEAD\nOne text.\n=======\nAnother.\n>>>>>>> main",
)
shelf.insert("merge-marker-alone", "one mark of a merge left over", "TXT101", "You can rest.\n>>>>>>> main", at=1)
shelf.insert(
    "line-too-long",
    "a picture pasted into the text as data",
    "FIL108",
    f"![A circle](data:image/png;base64,{'A' * 30_000})",
)


def _bytes(name: str, what: str, code: str, change: Callable[[bytes], tuple[bytes, int]]) -> None:
    """Put a kind on the shelf that changes the bytes of a file; the change gives the line as well."""

    @shelf.make(name, what, *code.split())
    def _make(world: World, chance: Random) -> Edit | None:
        page = world.draw(chance, [page for page in world.client if page.language == "nl" and "\u00eb" in page.text])
        if page is None:
            return None
        data, line = change(page.text.encode())
        return Edit({page.path: data}, frozenset([Place(page.path, line)]))


def _line_of(data: bytes, part: bytes) -> int:
    return data[: data.index(part)].count(b"\n") + 1


def _latin(data: bytes) -> tuple[bytes, int]:
    return data.decode().encode("cp1252", errors="replace"), _first_accent(data)


def _first_accent(data: bytes) -> int:
    return next(number for number, line in enumerate(data.split(b"\n"), 1) if not line.isascii())


def _half(data: bytes) -> tuple[bytes, int]:
    lines = data.split(b"\n")
    return b"\n".join(lines[:20]) + b"\n" + b"\r\n".join(lines[20:]), 21


_bytes("windows-encoding", "a page saved as Windows-1252", "FIL102", _latin)
_bytes("utf-16", "a page saved as UTF-16", "FIL102", lambda data: (data.decode().encode("utf-16"), 1))
_bytes(
    "byte-order-mark", "a page that begins with a byte order mark", "FIL103", lambda data: (b"\xef\xbb\xbf" + data, 1)
)
_bytes(
    "null-byte",
    "a null byte",
    "FIL104",
    lambda data: (data.replace("\u00eb".encode(), b"\x00", 1), _line_of(data, "\u00eb".encode())),
)
_bytes("mixed-line-ends", "Windows line ends in half of a page", "FIL105", _half)
_bytes(
    "windows-line-ends", "Windows line ends in a whole page", "FIL106", lambda data: (data.replace(b"\n", b"\r\n"), 1)
)
_bytes("carriage-returns", "line ends of an old Mac", "FIL105", lambda data: (data.replace(b"\n", b"\r"), 1))
_bytes("file-too-large", "a page of two megabytes", "FIL107", lambda data: (data + b"x" * 2_000_001, 0))
