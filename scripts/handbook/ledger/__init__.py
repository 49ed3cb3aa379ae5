"""The ledger: which sections of two languages a person last declared equivalent, and what has moved since.

Dates and commits only guess at that. Here each page has one small text file with a digest of every section's words in
every language, taken when somebody who reads both said "these say the same". A section whose words have changed since
has moved; the languages that have not are behind. Formatting does not count, either language may lead, and it works in
a zip file as well as in a repository.
"""
