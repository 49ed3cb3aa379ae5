"""Tests of the check engine: model, reading, rules, reporters and commands."""
