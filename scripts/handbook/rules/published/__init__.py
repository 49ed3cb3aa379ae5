"""The published site: what a reader's browser gets, page by page and as a whole.

Looks at the files of `site/` after a build. Everything a page refers to must be there; what leads to other hosts is
only looked at where a project says that its site must do without them.
"""
