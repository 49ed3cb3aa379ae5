"""Hostile contributions by the thousand: pages, front matter, data, file names and images that nobody would write.

`inputs` makes them out of the real pages and a list of dangerous pieces, `table` puts one through the checks and the
renderer in memory, `harm` looks for what must never reach a reader, and `running` does so many times within bounds of
time and memory. The same seed gives the same inputs.
"""
