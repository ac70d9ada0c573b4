"""Problems as tests: `*.symback.yaml`, and YAML files named on pytest's command line.

Each expectation is an item. Nothing heavy is imported before a problem is collected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from symback.check.outcome import Outcome
    from symback.problem.model import Expectation, Problem, Request

SUFFIXES = (".symback.yaml", ".symback.yml")
NAMED_SUFFIXES = (".yaml", ".yml")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ProblemFile | None:
    """Take `*.symback.yaml` anywhere, other YAML files where they are named."""
    named = file_path.suffix in NAMED_SUFFIXES and parent.session.isinitpath(file_path)
    if file_path.name.endswith(SUFFIXES) or named:
        return ProblemFile.from_parent(parent, path=file_path)
    return None


class ProblemFile(pytest.File):
    """One problem; it is solved once, when the first of its expectations runs."""

    _problem: Problem | None = None
    _outcomes: list[Outcome] | None = None

    def collect(self) -> Iterator[ExpectationItem]:
        """Yield an item for each expectation, in the order of the file."""
        problem = self.problem()
        taken: Counter[str] = Counter()
        found = [(request, one) for request in problem.find for one in request.expect]
        for index, (request, expectation) in enumerate(found):
            name = _name(request, expectation)
            taken[name] += 1
            # Two items of one name could not be asked for one by one.
            name += f"#{taken[name]}" if taken[name] > 1 else ""
            yield ExpectationItem.from_parent(self, name=name, index=index, expectation=expectation)

    def problem(self) -> Problem:
        """Return the problem. Raises: CollectError with the faults of the file."""
        if self._problem is None:
            from symback.errors import SymbackError
            from symback.functions import names
            from symback.problem.load import load

            try:
                self._problem = load(self.path, names())
            except SymbackError as error:
                raise self.CollectError(_faults(error)) from error
        return self._problem

    def outcomes(self) -> list[Outcome]:
        """Solve the problem and compare, the first time only. Raises: SymbackError."""
        if self._outcomes is None:
            from symback.check.expectations import check
            from symback.explain.solve import solve
            from symback.functions import table

            self._outcomes = check(solve(self.problem(), table()))
        return self._outcomes


class ExpectationItem(pytest.Item):
    """One expectation; it fails with what was expected, what is right, and the line."""

    def __init__(self, *, index: int, expectation: Expectation, **rest: Any) -> None:
        super().__init__(**rest)
        self.index = index
        self.expectation = expectation

    def runtest(self) -> None:
        """Raise ExpectationFailed unless the expectation holds."""
        parent = self.parent
        assert isinstance(parent, ProblemFile)
        outcome = parent.outcomes()[self.index]
        if not outcome.passed:
            raise ExpectationFailed(outcome)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """Return the failure as text; faults of the problem with their places."""
        from symback.errors import SymbackError

        match excinfo.value:
            case ExpectationFailed() as failed:
                return failed.text()
            case SymbackError() as error:
                return _faults(error)
        return str(super().repr_failure(excinfo, style))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return file, line (counted from 0) and name."""
        place = self.expectation.place
        return self.path, place.line - 1 if place else None, self.name


class ExpectationFailed(Exception):
    """An expectation does not hold."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.name)
        self.outcome = outcome

    def text(self) -> str:
        """Return what differs, one item a line, and the line of the file."""
        from symback.errors import Diagnostic
        from symback.render.checks.terminal import amount, title_of
        from symback.render.diagnostics import render_diagnostic

        outcome = self.outcome
        off = f", which is {amount(outcome)}" if amount(outcome) else ""
        details = [("expected", outcome.expected + off), ("got", outcome.got)]
        details += [("because", outcome.reason)]
        lines = [f"  {label:<9} {text}" for label, text in details if text]
        message = f"{title_of(outcome)} is not what is expected"
        fault = render_diagnostic(Diagnostic("", message, place=outcome.place))
        return fault.partition(": ")[2] + "\n".join(lines)


def _name(request: Request, expectation: Expectation) -> str:
    key = expectation.key.text if expectation.key is not None else request.verb
    part = expectation.part or request.part
    return f"{part}:{key}" if part else key


def _faults(error: Any) -> str:
    from symback.render.diagnostics import render_diagnostics

    return render_diagnostics(error.diagnostics)
