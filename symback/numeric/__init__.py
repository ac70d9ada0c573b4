"""Numbers: evaluation of expressions, exactly, with proved digits, or in float64."""

from symback.numeric.arithmetic import EXACT, FLOAT64, Arithmetic
from symback.numeric.digits import Digits, format_number
from symback.numeric.evaluate import evaluate
from symback.numeric.kinks import kink_notes
from symback.numeric.solve import solve_values
from symback.numeric.value import Note, Value

__all__ = [
    "EXACT",
    "FLOAT64",
    "Arithmetic",
    "Digits",
    "Note",
    "Value",
    "evaluate",
    "format_number",
    "kink_notes",
    "solve_values",
]
