"""Builds in comparison: the same pages built by this program and by others, in turn, and what each of them takes.

`pages` makes handbooks of any size out of the real one, `contenders` lays them out for each builder, `measuring` runs a
builder and weighs what it made, and `figures` turns the runs into ratios and a table.
"""
