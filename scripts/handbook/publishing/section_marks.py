"""What a page says at a section besides its text: a note where it is behind, and the ids it had before.

An extension of Python-Markdown, set anew for each page by whoever renders it. An id that was published once and is now
another section's lives on as an empty element in that section's heading, so that old links need no script.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from handbook.ledger.words import TOP
from handbook.publishing.building_blocks import HEADINGS
from handbook.publishing.translation_status import Note, notes_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown import Markdown

    from handbook.publishing.catalogue import PageEntry
    from handbook.publishing.site import Site

# After attribute lists (8) have given headings their ids, before MkDocs resolves relative links (0).
_TREE_PRIORITY: Final = 4


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one page: notes by section id, and by section id the ids that lead to it besides its own."""

    notes: Mapping[str, Note] = field(default_factory=dict)
    former_ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def marks_for(site: Site, entry: PageEntry) -> Marks:
    """Gather the marks of a page from the ledger and from the registry of addresses."""
    notes = dict(notes_for(site.ledger, site.catalogue, entry, site.words[entry.language]))
    return Marks(notes, site.registry.former_ids(entry.key) if site.registry else {})


class SectionMarks(Extension):
    """Put marks at the sections of a page. `marks` is set anew for each page, by whoever renders it."""

    marks = Marks()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """Register the processor."""
        md.treeprocessors.register(_Marker(md, self), "handbook-section-marks", _TREE_PRIORITY)


class _Marker(Treeprocessor):
    """Puts the marks into the tree."""

    def __init__(self, md: Markdown, extension: SectionMarks) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, root: Element) -> None:
        marks = self._extension.marks
        if not marks.notes and not marks.former_ids:
            return
        present = {element.get("id") for element in root.iter()}
        for position, child in reversed(list(enumerate(root))):
            if child.tag not in HEADINGS:
                continue
            id_ = TOP if child.tag == "h1" else child.get("id", "")
            for former in marks.former_ids.get(id_, ()):
                if former in present:
                    continue
                anchor = Element("span", {"id": former})
                anchor.tail, child.text = child.text, None
                child.insert(0, anchor)
            if id_ in marks.notes:
                root.insert(position + 1, self._note(marks.notes[id_]))

    def _note(self, note: Note) -> Element:
        """Make the paragraph; its link is stashed, because it leads where MkDocs expects no link to lead."""
        paragraph = Element("p", {"class": "behind"})
        link = (
            f'<a href="{escape(note.door.url)}" hreflang="{escape(note.door.language)}">{escape(note.door.title)}</a>'
        )
        paragraph.text = f"{note.said} {self.md.htmlStash.store(link)}"
        paragraph.tail = "\n"
        return paragraph
