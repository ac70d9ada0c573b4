"""The table of mistakes in one operation of a formula."""

from __future__ import annotations

from symback.check.mistakes.alterations import Alteration
from symback.check.mistakes.arrays import ARRAYS
from symback.check.mistakes.others import OPERANDS
from symback.check.mistakes.places import PLACES
from symback.check.mistakes.terms import TERMS

NODES: tuple[Alteration, ...] = (*TERMS, *OPERANDS, *ARRAYS, *PLACES)
