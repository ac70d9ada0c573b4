"""What those who are new to YAML, or to the language, write: place, cause and the edit."""

import pytest

import symback
from symback.errors import SymbackError

HEAD = "given: {x: 3, y: 2, v: [1, 2, 3], w: [1, 2], W: [[1, 2, 3], [4, 5, 6]]}\n"


def faults(text):
    """Line, column and hint of whatever is wrong with a problem."""
    try:
        symback.loads(text).solve()
    except SymbackError as error:
        return [(one.place.line, one.place.column, one.hint) for one in error.diagnostics]
    return []


@pytest.mark.parametrize(
    ("text", "line", "column", "hint"),
    [
        ("given:\n  x: 1\n   y: 2\n", 3, 4, "indent it by 2 spaces"),
        ("given:\n  x: 1\n y: 2\n", 3, 2, "indent it by 2 spaces"),
        ("given:\n  x: 1\ndefine:\n    L: x\n  M: x\n", 5, 3, "indent it by 4 spaces"),
        ("find:\n- gradient: L\n   wrt: x\n", 3, 4, "indent it by 2 spaces"),
        ("find:\n- gradient: L\n wrt: x\n", 3, 2, "indent it by 2 spaces"),
        ("given:\n\tx: 1\n", 2, 1, "indent with spaces"),
        ("given:\n  x 3\n  y: 4\n", 2, 3, "write `x: 3`"),
        ("given:\n  x:3\n  y: 4\n", 2, 3, "write `x: 3`"),
        ("given:\n  x = 3\n  y: 4\n", 2, 3, "write `x: 3`"),
        ("given\n  x: 3\n", 1, 1, "write `given:`"),
        ("title: a: b\ngiven: {x: 1}\n", 1, 9, "quote it: `title: 'a: b'`"),
        ("find:\n  - wrt: [W[0,1], x]\n", 2, 12, "quote it: `- wrt: ['W[0,1]', x]`"),
        ("define:\n  M: [x, y] @ x\n", 2, 13, "quote it: `M: '[x, y] @ x'`"),
        ("given:\n  x: [1, 2\n  y: 3\n", 2, 6, "write commas between entries and `]` at the end"),
        ("define:\n  L: 'x\n  M: x\n", 2, 6, "write `'` at the end of the text too"),
    ],
)
def test_lines_that_yaml_cannot_read(text, line, column, hint):
    """The fault is shown where it was made, with the line as it should be."""
    assert (line, column, hint) in faults(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "given: x\ndefine: {L: 1}\n",
            [(1, 8, "write `x: {shape: []}` on a line under it, indented by two spaces")],
        ),
        (
            "given:\n  x = 3\ndefine: {L: 1}\n",
            [(2, 3, "write `x: 3` on a line under it, indented by two spaces")],
        ),
        (
            "given: {x: 1}\ndefine:\n  - L: x\n",
            [(3, 3, "write lines `name: expression` without dashes or brackets")],
        ),
        (
            "given:\nx: 1\n",
            [
                (1, 1, "add `define:` with formulas, `find:` with what is asked"),
                (1, 7, "write lines `name: value` under it, indented by two spaces"),
                (2, 1, "indent it by two spaces to put it under `given`"),
            ],
        ),
        (
            "given: {x: 1}\ndefine:\n  L: x\n  find:\n    - gradient: L\n",
            [(4, 3, "begin the line at the left margin")],
        ),
        (HEAD + "define: {L: x}\nfind: [grad: L]\n", [(3, 8, "did you mean `gradient`?")]),
        (
            HEAD + "define: {L: x}\nfind: [gradient: L, wrt: x]\n",
            [(3, 21, "write verb and `wrt` under one dash: `- {gradient: L, wrt: x}`")],
        ),
        (
            HEAD + "define: {L: x}\nfind: [{gradient: L, wrt: x, expect: {dL_dz: 1}}]\n",
            [(3, 39, "it would be a derivative, but `z` is not declared")],
        ),
        (HEAD + "find: [{vjp: w**2, wrt: w, cotangent: [1]}]\n", [(2, 40, None)]),
        (
            "given: {learning-rate: 1, if: 2}\ndefine: {L: 1}\n",
            [
                (1, 9, "write `learning_rate`"),
                (1, 27, "it is a word of the language: choose another name"),
            ],
        ),
        (
            "given:\n  a: 2,5\n  b: data.csv\n  c: [1 2]\ndefine: {L: 1}\n",
            [
                (2, 7, "write the decimal `2.5`; a list is written `[a, b]`"),
                (3, 10, "values from a file are written `{file: data.csv}`"),
                (4, 9, "put commas between the entries of a list"),
            ],
        ),
        (
            "given: {v: [1, 2]}\ndefine: {L: v.T*v}\n",
            [(2, 13, "add `find:` with what is asked, such as `jacobian: L`; "
              "the matrix product is `@`")],
        ),
    ],
)  # fmt: skip
def test_files_of_another_form(text, found):
    """Every fault once, with the edit that mends it."""
    assert faults(text) == found


@pytest.mark.parametrize(
    ("formula", "hint"),
    [
        ("ln(x)", "write `log(x)`"),
        ("σ(x)", "write `sigmoid(x)`"),
        ("sum(np.array([1, 2]))", "write the list itself, `[1, 2]`"),
        ("sum(np.matmul(W, v))", "write `a @ b`"),
        ("x +", "complete what stands at `+`, or remove it"),
        ("v[3]", "the last is `[2]`, or `[3]` under `index_base: 1`"),
        ("v[y]", "write `x[0]`, or `x[n - 1]` with a dimension"),
        ("x[0]", "a scalar has no entries"),
        ("sum(W*w)", "lengths, compared from the last, are equal or 1; `@` is the matrix product"),
        ("sum(v @ w)", "3 and 2 must be the same length"),
        ("sum(W, axis=2)", "axes count from 0 to 1"),
        ("max(0, x)", "the larger of two values is `maximum(a, b)`"),
        ("sum(concat(v, w))", "write `concat([a, b])`"),
    ],
)
def test_formulas_of_another_language(formula, hint):
    """The hint says what to write here."""
    assert faults(f"{HEAD}define: {{L: '{formula}'}}\n")[0][2] == hint


def test_all_faulty_parts_of_one_formula_are_shown():
    """Parts that rest on a faulty part are not blamed for it."""
    text = f"{HEAD}define:\n  L: 'exp() + sum(x, axis=3) + 2*exp(x, y) + sum(v, axs=0)'\n"

    assert [column for _, column, _ in faults(text)] == [7, 15, 41, 57]
