"""Links: everything in Markdown, raw HTML, attribute lists, tables, reference style and footnotes leads somewhere.

External addresses are looked at (spelling of the scheme, the site's own address) but never opened; that is for a
scheduled command. A suggestion is offered only after it was resolved itself.
"""
