"""Structure and accessibility: headings, images, tables, callouts, front matter and raw HTML of one page."""
