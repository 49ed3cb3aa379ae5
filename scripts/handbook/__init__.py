"""The package behind the handbook: it reads the pages, checks them, and prepares what MkDocs publishes.

ARCHITECTURE.md draws the map. Imports point one way: model, reading, rules, ledger, editorial, publishing, reporting,
commands. MkDocs itself is imported by the hooks in `overrides/hooks/` alone.
"""
