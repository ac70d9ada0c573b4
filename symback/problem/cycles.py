"""Definitions that need themselves, by whatever way round."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from symback.language import walk
from symback.language.tree import Name
from symback.problem.derived import readings
from symback.problem.faults import Faults
from symback.problem.model import Step


def check_cycles(define: Mapping[str, Step], known: Collection[str], faults: Faults) -> None:
    """Note every cycle of definitions that shares no step with another, with its names."""
    needs = {name: _needs(step, define, known) for name, step in define.items()}
    done: set[str] = set()
    for root in define:
        cycle = _cycle_from(root, needs, done)
        if cycle:
            _note_cycle(cycle, define, faults)
            done.update(cycle)


def _cycle_from(root: str, needs: Mapping[str, list[str]], done: set[str]) -> list[str]:
    """Return a cycle that is reached from `root`, its first name again at the end, or nothing."""
    path = {} if root in done else {root: iter(needs[root])}
    while path:
        name = next(reversed(path))
        following = next((other for other in path[name] if other not in done), None)
        if following is None:
            path.popitem()
            done.add(name)
        elif following in path:
            names = list(path)
            return [*names[names.index(following) :], following]
        else:
            path[following] = iter(needs[following])
    return []


def _needs(step: Step, define: Mapping[str, Step], known: Collection[str]) -> list[str]:
    """Return the steps that a step uses, itself or as a derivative of them."""
    found: list[str] = []
    for node in walk(step.formula.tree):
        if not isinstance(node, Name):
            continue
        if node.id in define:
            found.append(node.id)
        else:
            found.extend(r.of for r in readings(node.id, known) if r.of in define)
    return found


def _note_cycle(cycle: list[str], define: Mapping[str, Step], faults: Faults) -> None:
    first, second = define[cycle[0]], cycle[1]
    span = next(
        (n.span for n in walk(first.formula.tree) if isinstance(n, Name) and n.id == second), None
    )
    shown = cycle if len(cycle) <= 8 else [*cycle[:4], "…", *cycle[-3:]]
    if len(cycle) == 2:
        message = f"`{cycle[0]}` is defined by itself"
    else:
        message = "the definitions go in a circle: " + " → ".join(f"`{n}`" for n in shown)
    hint = "a step uses given values and other steps only"
    faults.add("E234", message, first.formula.place(span), hint)
