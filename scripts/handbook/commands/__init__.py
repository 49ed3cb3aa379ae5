"""One module a command; `handbook.cli` says how they are found. Output for people is printed here and nowhere else."""
