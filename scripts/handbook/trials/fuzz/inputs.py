"""Makes hostile inputs: real pages and data, cut, doubled and mixed with dangerous pieces, and names and images.

Input number `n` of a seed is always the same.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KINDS: Final = {"page": 40, "front matter": 15, "data": 22, "file name": 13, "image": 10}
"""Each kind of input and its share in a hundred."""
LONGEST: Final = 20_000
"""Bytes of an input; longer files are refused by a rule of their own."""

# ruff: noqa: E501
# fmt: off
PIECES: Final = (
    "<script>alert(1)</script>", "<SCRIPT SRC=//evil.example/x.js>", "<img src=x onerror=alert(1)>", "<svg onload=a()>",
    "<svg><script>1</script></svg>", "<iframe src='//evil.example'>", "<a href='java&#10;script:a()'>x</a>", "<style>*{",
    "<object data=//evil.example>", "<embed src=x>", "<base href=//evil.example/>", "<meta http-equiv=refresh content=0>",
    "<form action=//evil.example><input>", "<math><mi xlink:href=javascript:a()>", "<video poster=//evil.example/a>",
    "<link rel=stylesheet href=//evil.example>", "<p style='background:url(//evil.example)'>", "<!--", "-->", "<![CDATA[",
    "<?php", "<div", "</div>", "</main></body>", "<x onclick=a()>", "<details ontoggle=a() open>", "<textarea>", "<title>",
    "<noscript><p title='</noscript><img src=x onerror=a()>'>", "<a href=\"data:text/html,x\">", "<img srcset=//evil.example>",
    "![x](//evil.example/x.png)", "![x](https://evil.example/x.png \"t\")", "[x](javascript:alert(1))", "[x]( javascript:a)",
    "[x](<javascript:a>)", "[x](&#x6A;avascript:a)", "[x](JaVaScRiPt:a)", "[x](vbscript:a)", "[x](data:text/html;base64,PA==)",
    "[x](file:///etc/passwd)", "[x](../../../../etc/passwd)", "[x](..\\..\\x)", "[x](//evil.example)", "[x](/\\evil.example)",
    "[x](term:calm)", "[x](term:../../x)", "[r]: javascript:a", "[x][r]", "<javascript:alert(1)>", "<https://evil.example>",
    "{ onclick=alert(1) }", "{: style=\"x\" }", "{: .a #b onload=x }", "{#", "{#id}", "{{", "}}", "{{ helplines }}", "{{ phone",
    "{{ phone nl-113 }}", "{{ write 3 \"<script>\" }}", "{{ write 99999999 \"x\" }}", "{{ scale 0 10 \"<b>\" }}", "{{ calm }}",
    "{{ references }}", "{{ translation-status }}", "{{ figure ../../x }}", "{{ certainty }}", "{{ when-to-get-help }}", "{% raw %}",
    "{{ config }}", "{{ ''.__class__ }}", "[@E1]", "[@E54; @E53]", "[@", "!!! note", "!!! note \"<script>\"", "!!!", "???+ x",
    "    ", "\t", "\n\n", "\r", "\r\n", "\x00", "\x0b", "\x1b[31m", "\u202e", "\u200b", "\ufeff", "\u2028", "\ud7ff", "\U0001f600",
    "\u0130", "\u00df", "&#0;", "&#x110000;", "&lt;script&gt;", "&", "&amp;&#106;", "`", "```", "````", "~~~", "| a | b |\n|---|",
    "|", "---\n", "...\n", "***", "___", "* ", "- [ ] ", "- [x] ", "1. ", "99999999999999. ", "> ", "#", "###### ", "#######", "===",
    "\\", "\\\\", "*", "**", "_", "__", "[", "]", "(", ")", "![", "](", "<", ">", "\"", "'", "@", "~", "^", ":", "0900-8844", "112",
)
YAML_PIECES: Final = (
    "&a [*a]", "*a", "&a", "!!python/object/apply:os.system [x]", "!!python/name:os.system", "!!binary x", "!x", "? ", ": ", "- ",
    "[", "]", "{", "}", "|\n  x", ">\n  x", "<<: *a", "null", "~", "true", "1e999", ".inf", ".nan", "0x7f", "0o777", "1:2:3",
    "2026-13-45", "2026-11-22T25:61:61Z", "9999999999999999999999", "''", "\"\\x00\"", "\"\\ud800\"", "%YAML 9.9", "---", "...", "#",
    "title: [a, b]", "title: {a: b}", "title:", "slug: ../../x", "slug: /etc", "slug: a/b", "slug: \"\"", "slug: con", "slug: \u0430",
    "template: main.html", "template: ../../../etc/passwd", "template: \"{{ x }}\"", "description: <script>", "title: </title><script>",
    "next: ../../x.md", "next: [x]", "related: x", "related: [[], {}]", "claims: {C1: x}", "evidence: [1, null]", "checked: yesterday",
    "checked: 0000-00-00", "certainty: <b>", "sensitive: abuse", "audience: 5", "clinical_review: {name: x}", "hide: [navigation]",
    "search: {exclude: true}", "section: <script>", "? {a: b}\n: c",
)
NAMES: Final = (
    "..", ".", "~", "-", "--help", "con", "nul", "aux", "index", "README", "a b", "a%2fb", "%2e%2e", "a?b", "a#b", "a&b", "a'b", "a\"b",
    "<script>", "a\\b", "a:b", "a*b", "a|b", "\u202egpj", "\u00e9", "e\u0301", "\u0131", "\u2215etc", "\U0001f600", "a\nb", "a\tb", "\x7f",
    "a" * 200, "_x", ".x", "search", "sitemap", "404", "{{ x }}", "$(x)", "`x`", "a;b", "a,b", "a=b", "a@b", "a+b", "robots",
)
# fmt: on
PICTURES: Final = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff\x08\x06\x00\x00\x00",
    b"GIF89a\xff\xff\xff\xff\x80\x00\x00",
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00<script>alert(1)</script>",
    b"RIFF\xff\xff\xff\xffWEBPVP8 ",
    b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>",
    b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><svg>&b;</svg>",
    b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><svg><text>&e;</text></svg>",
)
ENDINGS: Final = (".png", ".jpg", ".gif", ".webp", ".svg", ".PNG", ".pdf", ".html", ".js", ".css", ".md.png", "")


@dataclass(frozen=True, slots=True)
class Input:
    """A hostile file: what kind of input it is, its path below the project, and its bytes."""

    number: int
    kind: str
    path: str
    data: bytes


class Maker:
    """Makes inputs of one seed. `pages` are texts of real pages by path, `data` contents of data files by path."""

    def __init__(self, seed: int, pages: Mapping[str, str], data: Mapping[str, str]) -> None:
        self._seed = seed
        self._pages = sorted(pages.items())
        self._files = sorted(data.items())

    def make(self, number: int) -> Input:
        """Make input `number`."""
        random = Random(f"{self._seed}:{number}")  # noqa: S311  (to be repeated, not to be secret)
        (kind,) = random.choices(list(KINDS), weights=list(KINDS.values()))
        path, data = getattr(self, "_" + kind.replace(" ", "_"))(random)
        return Input(number, kind, path, data[:LONGEST])

    def _page(self, random: Random) -> tuple[str, bytes]:
        path, text = random.choice(self._pages)
        front, body = _parts(text)
        return path, f"{front}{_spoilt(_some_of(body, random), PIECES, random)}".encode("utf-8", "surrogatepass")

    def _front_matter(self, random: Random) -> tuple[str, bytes]:
        path, text = random.choice(self._pages)
        front, body = _parts(text)
        spoilt = _spoilt(front, (*YAML_PIECES, *PIECES), random)
        return path, f"{spoilt}{_some_of(body, random)}".encode("utf-8", "surrogatepass")

    def _data(self, random: Random) -> tuple[str, bytes]:
        path, text = random.choice(self._files)
        return path, spoilt_data(text[: random.choice((600, 3000, LONGEST))], random)

    def _file_name(self, random: Random) -> tuple[str, bytes]:
        folder = random.choice(("docs/en/", "docs/nl/", "docs/", "docs/en/needs/", "docs/xx/", "docs/en/_shared/"))
        parts = ["".join(random.choices(NAMES, k=random.choice((1, 1, 2)))) for _ in range(random.choice((1, 1, 2)))]
        name = "/".join(f"{part}x" if part in {"", ".", ".."} else part for part in parts)  # no folder has such a name
        ending = random.choice((".md", ".md", ".markdown", ".MD", ".html", ""))
        _, text = random.choice(self._pages)
        return f"{folder}{name}{ending}", text[: random.choice((0, 40, 2000))].encode()

    def _image(self, random: Random) -> tuple[str, bytes]:
        folder = random.choice(("docs/en/", "docs/", "docs/assets/", "overrides/assets/"))
        data = random.choice(PICTURES) * random.choice((1, 1, 50)) + random.randbytes(random.choice((0, 20, 500)))
        return f"{folder}{random.choice(NAMES).replace('/', '')}{random.choice(ENDINGS)}", data


def _parts(text: str) -> tuple[str, str]:
    end = text.find("\n---\n", 3)
    return (text[: end + 5], text[end + 5 :]) if text.startswith("---") and end > 0 else ("", text)


def _some_of(text: str, random: Random) -> str:
    """Take a run of paragraphs, so that an input is quick to try and its parts meet in ever new ways."""
    paragraphs = text.split("\n\n")
    start = random.randrange(len(paragraphs))
    return "\n\n".join(paragraphs[start : start + random.randint(1, 6)])


def _spoilt(text: str, pieces: Sequence[str], random: Random) -> str:
    for _ in range(random.choice((1, 1, 2, 3, 5, 9))):
        at = random.randrange(len(text) + 1)
        until = min(len(text), at + random.randrange(1, 60))
        match random.randrange(9):
            case 0 | 1 | 2:
                text = text[:at] + random.choice(pieces) + text[at:]
            case 3:
                text = text[:at] + random.choice(pieces) * random.choice((2, 9, 60, 400)) + text[at:]
            case 4:
                text = text[:at] + text[until:]
            case 5:
                text = text[:at] + text[at:until] * random.choice((2, 5, 40)) + text[until:]
            case 6:
                text = text[:at] + "".join(random.choices(pieces, k=random.randint(2, 12))) + text[until:]
            case 7:
                text = text[:at] + chr(random.choice((random.randrange(0x20), random.randrange(0xD800)))) + text[at:]
            case _:
                text = text[:at] + text[random.randrange(len(text) + 1) :][:200] + text[at:]
    return text[:LONGEST]


def spoilt_data(text: str, random: Random) -> bytes:
    """Spoil a data file: as text, as bytes, or as the same values in other places."""
    match random.randrange(4):
        case 0:
            data = bytearray(text.encode())
            for _ in range(random.randint(1, 20)):
                data[random.randrange(len(data))] = random.randrange(256)
            return bytes(data)
        case 1:
            return json.dumps(random.choice(([], {}, [{}], {"x": [None]}, "x", 5, None, [[[]]] * 50))).encode()
        case _:
            return _spoilt(text, YAML_PIECES, random).encode("utf-8", "surrogatepass")
