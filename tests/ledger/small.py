"""A small project in two languages, to change and to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CONFIG = """site_name: Small
plugins:
  - i18n:
      docs_structure: folder
      languages:
        - {locale: en, name: English, default: true, build: true}
        - {locale: nl, name: Nederlands, build: true}
markdown_extensions: [admonition, attr_list, tables]
exclude_docs: |
  _shared/
extra:
  critical_pages: [help.md]
"""
PAGES = {
    "docs/en/rest.md": """---
title: Rest
description: What rest is.
---

# Rest

## In short {#in-short}

- Sit down.
- Breathe out.

## Recognise {#recognise}

I am tired.
""",
    "docs/nl/rest.md": """---
title: Rust
description: Wat rust is.
---

# Rust

## In het kort {#in-short}

- Ga zitten.
- Adem uit.

## Herken je dit? {#recognise}

Ik ben moe.
""",
    "docs/en/help.md": "# Help\n\n## Now {#now}\n\nCall someone.\n",
    "docs/nl/help.md": "# Hulp\n\n## Nu {#now}\n\nBel iemand.\n",
}


def make_project(root: Path, changes: Mapping[str, str] | None = None) -> Path:
    """Write the project below `root`."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    for path, text in {**PAGES, **(changes or {})}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def replace(root: Path, path: str, old: str, new: str) -> None:
    """Change some words of a file that must be there."""
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8")
