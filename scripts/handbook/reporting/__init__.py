"""Findings as text for people, and as JSON, GitHub annotations and SARIF for programs."""

from handbook.reporting.formats import FORMATS, Outcome, report

__all__ = ["FORMATS", "Outcome", "report"]
