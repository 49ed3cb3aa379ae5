"""Parity: what one language has and says, the other has and says in the same place.

Every rule compares sections that stand for each other (`handbook.rules.aligning`), so a difference is reported once,
with its line on both sides. Where it cannot be known which side is right, the finding stands on the page that is not in
the default language, and names the other side; what only the other language has is reported where it is missing.
"""
