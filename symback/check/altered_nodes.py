"""The table of mistakes in one operation of a formula."""

from __future__ import annotations

from symback.check.alterations import Alteration
from symback.check.altered_arrays import ARRAYS
from symback.check.altered_places import PLACES
from symback.check.altered_terms import TERMS

NODES: tuple[Alteration, ...] = (*TERMS, *ARRAYS, *PLACES)
