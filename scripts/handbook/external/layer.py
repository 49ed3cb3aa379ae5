"""Adds the rules about links to other sites, so that `handbook explain` and the page of rules know them."""

from __future__ import annotations

from typing import Final

RULES: Final = ("handbook.external.rules",)
