"""Trials of the checks: the real pages are spoilt on purpose, or changed without harm, and the rules must tell which.

A kind of change is a small function that takes the handbook as it stands and gives an edit with the place where a
finding is due. `bench` applies an edit in memory, reads again only what changed and keeps what is found anew; nothing
on disk is touched. Which page and which line is taken is drawn by a seed, so that a run can be repeated.
"""
