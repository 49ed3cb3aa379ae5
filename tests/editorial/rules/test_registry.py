"""Every rule of the program: its code, its name, its texts, and that somewhere it fires and somewhere it is silent."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from handbook import rules
from handbook.commands.layers import load_rules
from handbook.rules.registry import REGISTRY
from handbook.trials.mutations import MUTATIONS
from tests.conftest import ROOT

if TYPE_CHECKING:
    from handbook.rules.registry import RuleDefinition

load_rules()
RULES = REGISTRY.all()
LANGUAGES = ("en", "nl")
TESTS = ROOT / "tests"


def _code(rule: RuleDefinition) -> str:
    return rule.code


def _cases() -> dict[str, dict[str, list[object]]]:
    """Read the golden cases of every test folder that has some."""
    found: dict[str, dict[str, list[object]]] = {}
    for file in sorted(TESTS.rglob("cases/*.yml")):
        loaded = yaml.safe_load(file.read_text("utf-8"))
        for code, cases in loaded.items() if isinstance(loaded, dict) else ():
            entry = found.setdefault(code, {"fires": [], "silent": []})
            for kind in ("fires", "silent"):
                entry[kind] += cases.get(kind, [])
    return found


def _named_in_tests() -> set[str]:
    """Give the codes that stand as words of their own in tests written as code."""
    texts = (
        node.value
        for file in TESTS.rglob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {code for text in texts for code in re.findall(r"\b[A-Z]{3}\d{3}\b", text)}


CASES = _cases()
IN_CODE = _named_in_tests()
IN_MUTATIONS = {code for kind in MUTATIONS for code in kind.codes}


@pytest.mark.parametrize("rule", RULES, ids=_code)
def test_a_rule_has_a_stable_code_and_a_name_that_says_the_defect(rule: RuleDefinition) -> None:
    assert re.fullmatch(r"[A-Z]{3}[1-9]\d\d", rule.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.name)


@pytest.mark.parametrize("rule", RULES, ids=_code)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rule_explains_itself_with_a_wrong_and_a_right_example(rule: RuleDefinition, language: str) -> None:
    text = rule.texts[language]
    assert text.what.endswith((".", "?", "!"))
    assert text.why.endswith((".", "?", "!"))
    assert text.bad.strip()
    assert text.good.strip()
    assert text.what != text.why
    assert text.bad != text.good or rule.code.startswith("DAT10")


def test_explanations_are_translated() -> None:
    same = [rule.code for rule in RULES if rule.texts["en"].what == rule.texts["nl"].what]
    assert same == []


def test_codes_and_names_are_given_once() -> None:
    assert [name for name, count in Counter(rule.name for rule in RULES).items() if count > 1] == []
    assert len({rule.code for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=_code)
def test_a_rule_stands_where_the_letters_of_its_code_say(rule: RuleDefinition) -> None:
    homes = dict(re.findall(r"\b([A-Z]{3}) `?([a-z_]+(?:\.[a-z_]+)*)", rules.__doc__ or ""))
    assert f".{homes[rule.code[:3]]}." in f"{rule.check.__module__}.", "handbook/rules/__init__.py says where it is"


@pytest.mark.parametrize("rule", RULES, ids=_code)
def test_a_rule_fires_and_is_silent_somewhere(rule: RuleDefinition) -> None:
    """A golden case or a mutation fires it; a golden case, or a test that names it, says where it must not."""
    cases = CASES.get(rule.code, {})
    assert cases.get("fires") or rule.code in IN_MUTATIONS | IN_CODE, "nothing makes this rule speak"
    assert cases.get("silent") or rule.code in IN_MUTATIONS | IN_CODE, "nothing says where this rule is silent"


def test_no_code_was_given_a_new_meaning() -> None:
    """Codes are named in commits, configuration and links; the list beside this test only ever grows."""
    known = dict(line.split() for line in (Path(__file__).parent / "codes.txt").read_text("utf-8").splitlines())
    now = {rule.code: rule.name for rule in RULES}
    assert {code: now.get(code) for code in known} == known
    assert sorted(now.keys() - known.keys()) == [], "add the new codes to codes.txt"
