"""The rules of the core: what can be wrong with any bilingual MkDocs project.

A rule is a pure function from a page, a pair of pages, a rendered page, the project or the built site to hits, together
with its code, its name and its explanation in every language contributors read. `registry` holds them, `engine` runs
them. Nothing here knows this handbook; what a project says about itself comes in `project.settings`.

The letters of a code say where its rule stands, in a module or in a package of modules with one idea each:

    FIL files        STR structure    PAR parity          SAF safety
    TXT text         LNK links        REN disagreement    PUB published

Those of the layers above: LED `ledger.rules`, EXT `external.rules`, ADR `publishing.address_rules`, and below
`editorial.rules` DAT data, MET metadata, SHA shape, EVI evidence, WOR wording, REA reading_ease, SPE spelling.
"""
