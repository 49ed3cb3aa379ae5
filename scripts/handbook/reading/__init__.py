"""From disk to model: `mkdocs.yml`, sources, Markdown with exact lines, its real rendering, and the built site.

Everything that can go wrong with a file (an encoding, a size, a link out of the project, a parser that gives up) comes
out as a `FileProblem`, never as an exception; only a project without a usable `mkdocs.yml` raises `NotAProjectError`.
"""
