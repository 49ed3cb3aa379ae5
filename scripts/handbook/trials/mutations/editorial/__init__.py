"""What can go wrong with the handbook's own rules: keys, dates, sources, shapes of pages, reading ease, data files."""

from typing import Final

from handbook.trials.mutations.editorial import data, front_matter, shape, sources, words

MODULES: Final = (front_matter, sources, shape, words, data)
