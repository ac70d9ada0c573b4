"""Derivatives as the calculus has them, every cotangent a step, none looked at for a shorter form.

It is what `solve` does without the search that takes most of its time: thousands of programs are
differentiated, read and evaluated in float64 in a minute.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

import numpy as np

from symback.calculus.program import Program as Tensors
from symback.calculus.reverse import pull_back
from symback.explain.deriving.graph import program_of
from symback.explain.deriving.requests import inner
from symback.functions.entry import Function
from symback.functions.values.arrays import entries_of
from symback.notation.derivation import Derivation, unit_seed
from symback.numeric.arithmetic import FLOAT64
from symback.numeric.solve import Plan
from symback.problem.load import load_text
from symback.tensor.poly import LEAF, Poly, as_atom, number
from tests.random_programs import Program


class Derived:
    """The derivatives of a program's scalar as names of steps."""

    def __init__(
        self, program: Program, functions: Mapping[str, Function], guarded: bool = False
    ) -> None:
        self.program = program
        self.problem = load_text(program.text(), functions=functions)
        self.tensors: Tensors = program_of(self.problem, functions)
        self.tensors.guarded = guarded
        self.variables = [self.tensors.leaves[name] for name in program.wrt]
        self._fresh = count()

    def _named(self, node: Any, cotangent: Poly, uses: int) -> Poly:
        base = as_atom(cotangent)
        if not cotangent.terms or (base is not None and base.kind == LEAF):
            return cotangent
        return self.tensors.define(f"cotangent{next(self._fresh)}", cotangent)

    def _pulled(self, value: Poly, seed: Poly) -> list[Poly]:
        found = pull_back(self.tensors, value, seed, dict.fromkeys(self.variables), self._named)
        return [self._named(None, one, 1) for one in found.values()]

    def tensors_of_results(self) -> list[Poly]:
        """Return the results in their order."""
        whole = self.tensors.tensors[self.program.of]
        first = self._pulled(whole, number(1))
        if self.program.verb == "gradient":
            return first
        if self.program.verb == "hvp":
            return self._pulled(
                inner(first[0], self.tensors.tensors[self.program.direction]), number(1)
            )
        assert self.program.verb == "hessian"
        return [block for one in first for block in self._pulled(one, unit_seed(one.shape))]

    def values(self) -> list[Any]:
        """Return the results in float64."""
        found = self.tensors_of_results()
        reader = Derivation(self.tensors).reader
        define = self.problem.define
        steps = [
            (
                base.name,
                define[base.name].formula.tree if base.name in define else reader.defined(value),
            )
            for base, value in self.tensors.definitions.items()
        ]
        steps += [(f"result{k}", reader(value)) for k, value in enumerate(found)]
        given = {name: entries_of(value) for name, value in self.program.given.items()}
        run = Plan(steps, self.tensors.functions, given).run(FLOAT64, {}, final=True)
        return [np.asarray(run.values[f"result{k}"], float) for k in range(len(found))]
