"""The table of mistakes in one operation of a formula."""

from __future__ import annotations

from symback.check.mistakes.alterations import Alteration
from symback.check.mistakes.arrays import ARRAYS
from symback.check.mistakes.kernels import KERNELS
from symback.check.mistakes.others import OPERANDS
from symback.check.mistakes.places import PLACES
from symback.check.mistakes.terms import TERMS
from symback.check.mistakes.throughout import THROUGHOUT

NODES: tuple[Alteration, ...] = (*TERMS, *OPERANDS, *ARRAYS, *KERNELS, *PLACES, *THROUGHOUT)
