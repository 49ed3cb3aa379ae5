"""Links that lead to other sites: which there are, what their servers answer, and what is said about it.

Nothing here runs in a check or a build, which stay on this machine. `handbook links` runs it, on a schedule.
"""
