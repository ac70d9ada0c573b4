"""Hypothesis strategies of graphs without cycles."""

from __future__ import annotations

from hypothesis import strategies as st

Edges = list[tuple[str, str]]


@st.composite
def graphs(draw: st.DrawFn, most: int = 14) -> tuple[list[str], Edges]:
    """Names and edges from earlier to later names; some names may stand alone."""
    names = [f"n{k}" for k in range(draw(st.integers(1, most)))]
    pairs = [(s, t) for k, t in enumerate(names) for s in names[:k]]
    edges = draw(st.lists(st.sampled_from(pairs), max_size=3 * most)) if pairs else []
    return names, edges


sizes = st.tuples(st.floats(10, 300), st.floats(10, 120))
