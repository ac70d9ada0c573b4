"""A solution as a page to be read and played with: plain data for one HTML file.

Quantities (given values, steps, gradients) are known by a name of their own; formulas, boxes of
the drawing and computed values meet under it.
"""

from __future__ import annotations

from dataclasses import dataclass

from symback.explain.drawing.drawing import Drawing
from symback.language.tree import Expression


@dataclass(frozen=True, slots=True)
class PageFormula:
    """One line: what a quantity is, its value and, in the backward pass, why."""

    quantity: str
    latex: str
    """The whole equation, `z_1 = W_1 x + b_1`."""
    text: str
    """The same in Unicode, for screen readers and where no mathematics can be set."""
    value_text: str = ""
    uses: tuple[str, ...] = ()
    """Quantities in the formula."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PageSection:
    """Formulas under a title."""

    title: str
    formulas: tuple[PageFormula, ...]
    notes: tuple[str, ...] = ()
    """Sentences between the title and the formulas."""


@dataclass(frozen=True, slots=True)
class PageInput:
    """A given value; with `labels`, one an entry in row order, it gets sliders."""

    name: str
    label: str
    shape: tuple[int, ...]
    values: tuple[float, ...]
    labels: tuple[str, ...] = ()
    low: float = -2.0
    high: float = 2.0


@dataclass(frozen=True, slots=True)
class Live:
    """What is needed to compute the page again from its inputs, in the order of computation."""

    inputs: tuple[PageInput, ...]
    steps: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """All that a page shows; empty parts are left out of it."""

    title: str
    sections: tuple[PageSection, ...] = ()
    drawing: Drawing | None = None
    gradients: tuple[tuple[str, str], ...] = ()
    """Name of a node of the drawing, and the quantity that is its gradient."""
    slopes: tuple[str, ...] = ()
    """Per edge of the drawing the quantity that is its local derivative, or ""."""
    backward: tuple[PageFormula, ...] = ()
    """The steps of the backward pass, in the order in which they are walked."""
    live: Live | None = None
    note: str = ""
    answers: tuple[PageSection, ...] = ()
    """Sections after the backward pass."""
    remarks: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Titles with sentences under them, at the end."""
