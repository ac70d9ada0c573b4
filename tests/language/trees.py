"""Hypothesis strategy for syntax trees as the parser can produce them."""

from fractions import Fraction

from hypothesis import strategies as st

from symback.language.tree import (
    Binary,
    Call,
    Compare,
    Expression,
    Literal,
    Name,
    Negate,
    Number,
    Sequence,
    Slice,
    Subscript,
    Transpose,
)

NAMES = ("x", "y", "W1", "b_2", "lambda", "α", "δ_2", "e", "dL_dz2", "x_hat", "T")
OPERATORS = ("+", "-", "*", "/", "@", "**")
COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")

names = st.sampled_from(NAMES).map(Name)
integers = st.integers(0, 10**20).map(lambda n: Number(Fraction(n)))
decimals = st.from_regex(r"[0-9]{1,4}\.[0-9]{1,4}(e-?[0-9]{1,2})?", fullmatch=True)
numbers = integers | decimals.map(lambda text: Number(Fraction(text), text))
texts = st.sampled_from(("fro", "ij,jk->ik", "it's", 'a "b"', "")).map(Literal)
dots = st.just(Literal(...))
words = st.sampled_from((None, True, False)).map(Literal)


def _slices(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    part = st.none() | inner
    return st.builds(Slice, part, part, part)


def _tuples(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.lists(inner, max_size=3).map(lambda items: Sequence(tuple(items), "("))


def _calls(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    argument = inner | texts | _tuples(inner)
    keywords = st.dictionaries(st.sampled_from(("axis", "keepdims", "ord")), argument, max_size=2)
    return st.builds(
        Call,
        st.sampled_from(("f", "sum", "einsum", "σ")),
        st.lists(argument, max_size=3).map(tuple),
        keywords.map(lambda named: tuple(named.items())),
    )


def _larger(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    items = st.lists(inner | _slices(inner) | dots, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Negate, inner),
        st.builds(Binary, st.sampled_from(OPERATORS), inner, inner),
        st.builds(Compare, st.sampled_from(COMPARISONS), inner, inner),
        st.builds(Transpose, inner),
        st.builds(Subscript, inner, items),
        st.lists(inner, max_size=3).map(lambda found: Sequence(tuple(found))),
        _calls(inner),
    )


expressions = st.recursive(names | numbers | words, _larger, max_leaves=25)
