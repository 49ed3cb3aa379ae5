"""The rules of the core: what can be wrong with any bilingual MkDocs project.

A rule is a pure function from a page, a pair of pages, a rendered page, the project or the built site to hits, together
with its code, its name and its explanation in every language contributors read. `registry` holds them, `engine` runs
them. Nothing here knows this handbook; what a project says about itself comes in `project.settings`.
"""
