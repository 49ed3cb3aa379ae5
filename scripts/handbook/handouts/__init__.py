"""The handbook to take away: sheets to print, books, and a copy that needs no network.

All of it is made from the content that the pages of the site are made of, so that paper never says something else.
"""
