"""Grading beyond one network: more kinds of problems, two mistakes at once, mutated derivations."""

import json
import random

import pytest

from symback.language import size, write
from tests.check.grading_cases import PROBLEMS, TWO
from tests.check.grading_more import MORE_RIGHT, MORE_WRONG
from tests.check.grading_mutations import altered_answers, cotangents, inlined, shuffled
from tests.check.judged import grader, judge

#: Longer formulas than this no person writes.
LONGEST = 300


@pytest.mark.parametrize(("problem", "quantity", "answer"), MORE_RIGHT)
def test_right_answers_are_not_accused(problem, quantity, answer):
    """Whatever the form, an equivalent answer is correct."""
    assert judge(problem, quantity, answer).verdict == "correct"


@pytest.mark.parametrize(("problem", "quantity", "answer", "kinds"), MORE_WRONG)
def test_mistakes_are_named(problem, quantity, answer, kinds):
    """A wrong answer is wrong, and its mistake is called by one of the names that fit."""
    one = judge(problem, quantity, answer)

    assert one.verdict == "wrong"
    assert kinds is None or one.finding.kind in kinds


@pytest.mark.parametrize(("problem", "quantity", "answer", "words"), TWO)
def test_two_mistakes_in_one_answer(problem, quantity, answer, words):
    """Both are said."""
    one = judge(problem, quantity, answer)

    assert one.verdict == "wrong"
    for word in words:
        assert word in one.finding.message


def mutants(problem, count, rng):
    """Grade altered derivations; return what each was and what it was found to be."""
    found = []
    for quantity in cotangents(grader(json.dumps(problem))):
        for change, tree in altered_answers(grader(json.dumps(problem)), quantity, count, rng):
            if size(tree) < LONGEST:
                one = judge(problem, quantity.name, write(tree))
                found.append((change.alteration.kind, one))
    return found


def named(mutant):
    """Whether a mutant is equal to the truth, or explained."""
    kind, one = mutant
    if one.verdict == "correct":
        return True
    return one.verdict == "wrong" and one.finding.kind != "unknown" and bool(kind)


@pytest.mark.parametrize("problem", PROBLEMS[:3])
def test_altered_derivations_are_explained(problem):
    """A few alterations at random places: each is found, or an equal one."""
    found = mutants(problem, 3, random.Random(7))

    assert all(named(mutant) for mutant in found)


@pytest.mark.parametrize("problem", PROBLEMS[:3])
def test_shuffled_truth_is_not_accused(problem):
    """Closed and written-out forms, rewritten by identities, are correct."""
    rng = random.Random(11)
    for quantity in cotangents(grader(json.dumps(problem))):
        for script in quantity.chain.scripts:
            if quantity.name in script.index:
                tree = shuffled(inlined(script, quantity.name, (), 0.7, rng), rng)
                assert judge(problem, quantity.name, write(tree)).verdict == "correct", write(tree)


@pytest.mark.slow
def test_98_percent_of_many_mutants_are_explained():
    """Alterations everywhere in every problem."""
    rng = random.Random(3)
    found = [mutant for problem in PROBLEMS for mutant in mutants(problem, 12, rng)]

    assert len(found) > 300
    assert sum(named(mutant) for mutant in found) >= 0.98 * len(found)
