"""Other presentations of one program: sums, products, definitions and given values in any order."""

from __future__ import annotations

import dataclasses
import random

from symback.language import operands, parse, rebuild, write
from symback.language.tree import Binary, Expression
from tests.random_programs import Program


def presented(program: Program, rng: random.Random) -> Program:
    """Return the same program written otherwise."""
    steps = [(name, write(shuffled(parse(text), rng))) for name, text in program.steps]
    rng.shuffle(steps)
    given = list(program.given.items())
    rng.shuffle(given)
    return dataclasses.replace(program, steps=steps, given=dict(given))


def shuffled(node: Expression, rng: random.Random) -> Expression:
    """Return an equal expression with sums and products in another order and other brackets."""
    if isinstance(node, Binary) and node.op in ("+", "*"):
        parts = [shuffled(part, rng) for part in chain(node, node.op)]
        rng.shuffle(parts)
        while len(parts) > 1:
            k = rng.randrange(len(parts) - 1)
            parts[k : k + 2] = [Binary(node.op, parts[k], parts[k + 1])]
        return parts[0]
    inner = operands(node)
    return rebuild(node, [shuffled(part, rng) for part in inner]) if inner else node


def chain(node: Expression, op: str) -> list[Expression]:
    """Return the operands of nested sums or products."""
    if isinstance(node, Binary) and node.op == op:
        return [*chain(node.left, op), *chain(node.right, op)]
    return [node]
