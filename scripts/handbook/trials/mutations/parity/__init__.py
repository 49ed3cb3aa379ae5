"""What can fall out of step between two languages."""

from typing import Final

from handbook.trials.mutations.parity import blocks, front_matter, marks, numbers, sections, words

MODULES: Final = (front_matter, sections, blocks, marks, numbers, words)
