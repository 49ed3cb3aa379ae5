"""`handbook explain CODE`: what a rule is about, why it is there, and an example of wrong and right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.commands.refusal import refuse

if TYPE_CHECKING:
    import argparse

    from handbook.rules.registry import RuleDefinition

HEADINGS = {"en": ("What", "Why", "Not", "Instead"), "nl": ("Wat", "Waarom", "Niet", "Wel")}


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("explain", help="say what a code such as LNK101 means", description=__doc__)
    parser.add_argument("codes", nargs="+", metavar="CODE", help="a code such as LNK101, a name, or `all`")
    parser.add_argument("--language", choices=tuple(HEADINGS), default="en", help="the language of the explanation")


def run(args: argparse.Namespace) -> int:
    """Print the explanations."""
    from handbook.commands.layers import load_rules  # noqa: PLC0415 - heavy, see handbook.cli
    from handbook.rules.registry import REGISTRY  # noqa: PLC0415

    load_rules()
    rules: list[RuleDefinition] = []
    for wanted in args.codes:
        found = REGISTRY.find(wanted)
        family = [rule for rule in REGISTRY.all() if wanted == "all" or rule.code.startswith(wanted.upper())]
        if found is None and not family:
            return refuse(f"no rule is called {wanted}. handbook check --list names them all.")
        rules.extend([found] if found else family)
    print("\n\n".join(explanation(rule, args.language) for rule in rules))
    return 0


def explanation(rule: RuleDefinition, language: str) -> str:
    """Explain one rule as plain text."""
    text = rule.texts[language]
    what, why, bad, good = HEADINGS[language]
    return "\n".join(
        [
            f"{rule.code} {rule.name}",
            "",
            f"{what}: {text.what}",
            f"{why}: {text.why}",
            "",
            f"{bad}:",
            _indented(text.bad),
            "",
            f"{good}:",
            _indented(text.good),
        ]
    )


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.split("\n"))
