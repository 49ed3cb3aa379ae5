"""The words that a reader needs only when sharing a page: labels, and messages that are ready to send.

They are a small file a language (`share.json`), asked for when somebody turns to sharing, so that no page carries them.
A message never says what the page is about: it may show on a screen that somebody else sees.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

LABELS: Final = ("copy", "copied", "copy_failed", "send", "print")
IN_LANGUAGE: Final = "in_"


def sharing_words(words: Mapping[str, Mapping[str, str]], language: str) -> dict[str, Any]:
    """Return what the script for sharing needs in one language; `words` holds the interface words of every language.

    Each message names its button in the reader's language and has its text in its own: `{url}` stands for the link.
    """
    own = words[language]
    labels = {name: own.get(name if name == "print" else f"share_{name}", "") for name in LABELS}
    messages = [
        {
            "language": other,
            "label": own.get("share_message_in", "").replace("{language}", own.get(f"{IN_LANGUAGE}{other}", other)),
            "page": theirs.get("share_message", ""),
            "list": theirs.get("list_message", ""),
        }
        for other, theirs in words.items()
    ]
    return {**labels, "messages": messages}
