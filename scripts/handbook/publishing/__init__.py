"""Pure functions that turn pages and editorial data into what a reader receives; the MkDocs hooks call them."""
