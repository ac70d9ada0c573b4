"""The keys of problem files and answer sheets: ONE table for checking, schema and reference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

VERBS = ("value", "gradient", "vjp", "jvp", "jacobian", "hessian", "hvp", "graph")
#: Which verb needs which direction, beside it.
DIRECTIONS = {"vjp": "cotangent", "jvp": "tangent", "hvp": "vector"}
FACTS = (
    "real", "positive", "negative", "nonnegative", "nonpositive", "nonzero", "integer", "binary",
    "probability", "simplex", "onehot", "unit-norm", "square", "symmetric", "antisymmetric",
    "orthogonal", "invertible", "full-rank", "positive-definite", "positive-semidefinite",
    "diagonal", "triangular", "lower-triangular", "upper-triangular",
)  # fmt: skip
STRUCTURES = (
    "symmetric", "antisymmetric", "diagonal", "triangular", "lower-triangular",
    "upper-triangular", "toeplitz", "symmetric-toeplitz", "circulant", "hankel",
)  # fmt: skip

_TEXT: dict[str, Any] = {"type": ["string", "number", "boolean"]}
_EXPRESSION: dict[str, Any] = {"type": ["string", "number"]}
_NESTED: dict[str, Any] = {"type": "array", "items": {"$ref": "#/definitions/entries"}}
#: Entries of nested lists, which refer to themselves.
ENTRIES: dict[str, Any] = {"anyOf": [_EXPRESSION, _NESTED]}
FILE: dict[str, Any] = {
    "type": "object",
    "properties": {"file": {"type": "string"}},
    "required": ["file"],
    "additionalProperties": False,
}
_TARGETS: dict[str, Any] = {"oneOf": [_EXPRESSION, {"type": "array", "items": _EXPRESSION}]}

#: kind of value: (what people call it, JSON Schema draft-07).
KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "text": ("text", _TEXT),
    "base": ("`0` or `1`", {"enum": [0, 1]}),
    "given": (
        "a mapping of names to values",
        {"type": "object", "additionalProperties": {"$ref": "#/definitions/given"}},
    ),
    "define": (
        "a mapping of names to expressions",
        {"type": "object", "additionalProperties": {"$ref": "#/definitions/step"}},
    ),
    "find": (
        "a list of entries",
        {"type": "array", "items": {"$ref": "#/definitions/find"}},
    ),
    "value": (
        "a number, nested list, constant expression or `{file: NAME}`",
        {"oneOf": [_EXPRESSION, _NESTED, FILE]},
    ),
    "shape": (
        "a list of lengths: integers and dimension names",
        {"type": "array", "items": {"type": ["integer", "string"]}},
    ),
    "facts": (
        "a list of facts",
        {"oneOf": [{"enum": list(FACTS)}, {"type": "array", "items": {"enum": list(FACTS)}}]},
    ),
    "structure": ("a structure", {"enum": list(STRUCTURES)}),
    "expression": ("an expression or a list of them", _TARGETS),
    "targets": ("a step's name, an expression, or a list of them", _TARGETS),
    "wrt": ("a name, component or slice, or a list of them", _TARGETS),
    "direction": (
        "a value, a name or an expression",
        {"oneOf": [_EXPRESSION, _NESTED]},
    ),
    "expect": (
        "a number, nested list or expression, or a mapping of names to them",
        {"oneOf": [_EXPRESSION, _NESTED, {"type": "object"}]},
    ),
    "answer": (
        "a number, nested list, expression or `$LaTeX$`",
        {"oneOf": [_EXPRESSION, _NESTED]},
    ),
    "tolerance": (
        "a number or `{rel: NUMBER, abs: NUMBER}`",
        {
            "oneOf": [
                _EXPRESSION,
                {
                    "type": "object",
                    "properties": {"rel": _EXPRESSION, "abs": _EXPRESSION},
                    "additionalProperties": False,
                },
            ]
        },
    ),
    "points": ("a number, not negative", {"type": "number", "minimum": 0}),
    "answers": (
        "a list of answers, or a mapping of parts to such lists",
        {"type": ["array", "object"]},
    ),
    "name": ("a name", {"type": "string"}),
}


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its kind of value (a key of `KINDS`) and what it means."""

    name: str
    kind: str
    meaning: str
    example: str = ""
    required: bool = False


PROBLEM = (
    Key("title", "text", "Printed above the solution.", "Ridge regression"),
    Key("source", "text", "Where the problem comes from.", "exercise sheet 3"),
    Key("note", "text", "A remark, printed under the title.", "All entries are independent."),
    Key("index_base", "base", "What subscripts count from; with 1 a slice includes its stop.", "1"),
    Key(
        "given",
        "given",
        "What is known: values (their shapes are read from them) or declarations.",
        "{x: [1, 2]}",
        required=True,
    ),
    Key(
        "define",
        "define",
        "The graph, in any order, one name a step; a list is a vector of expressions.",
        "{L: sum(x**2)}",
    ),
    Key(
        "find",
        "find",
        "What is asked, in order; without it, the gradient of the scalar step written last.",
        "[{gradient: L}]",
    ),
)
GIVEN = (
    Key(
        "value",
        "value",
        "The value: a text is a constant expression, a file lies in the problem's folder.",
        "[[2, 1], [1, 3]]",
    ),
    Key(
        "shape",
        "shape",
        "The lengths of the axes; a name is a dimension shared through the file.",
        "[n, n]",
    ),
    Key(
        "assume",
        "facts",
        "Facts used to simplify; the entries stay independent, a value must agree.",
        "[symmetric]",
    ),
    Key("structure", "structure", "Ties entries, which then move together.", "symmetric"),
    Key("latex", "text", "How the name is typeset.", r"'\mathbf{A}'"),
    Key("note", "text", "A remark.", "design matrix"),
)
STEP = (
    Key("value", "expression", "The expression.", "W @ x + b", required=True),
    Key("latex", "text", "How the name is typeset.", r"'\hat{y}'"),
    Key("note", "text", "A remark, shown beside the step.", "logits"),
)
FIND = (
    Key("value", "targets", "Verb: the value of a step or expression.", "[h, y]"),
    Key("gradient", "targets", "Verb: the gradient of a scalar, in the shape of each `wrt`.", "L"),
    Key("vjp", "targets", "Verb: the cotangent pulled back to each `wrt`; needs `cotangent`.", "F"),
    Key("jvp", "targets", "Verb: the tangent pushed forward from `wrt`; needs `tangent`.", "F"),
    Key(
        "jacobian",
        "targets",
        "Verb: all first derivatives, in shape of the target + shape of `wrt`.",
        "F",
    ),
    Key(
        "hessian", "targets", "Verb: all second derivatives, for every ordered pair of `wrt`.", "L"
    ),
    Key("hvp", "targets", "Verb: the Hessian times `vector`.", "L"),
    Key("graph", "targets", "Verb: the drawing of what the target depends on.", "L"),
    Key(
        "wrt",
        "wrt",
        "With respect to what: given names, steps, components such as `'W[0,1]'`, slices.",
        "[W, b]",
    ),
    Key(
        "cotangent",
        "direction",
        "What a `vjp` pulls back: the upstream gradient, in the target's shape.",
        "d",
    ),
    Key("tangent", "direction", "The direction of a `jvp`, in the shape of `wrt`.", "v"),
    Key("vector", "direction", "The vector of an `hvp`, in the shape of `wrt`.", "v"),
    Key("part", "text", "The part of the exercise: groups and titles.", "a"),
    Key("title", "text", "Printed above the answer.", "Bias gradients"),
    Key("note", "text", "A remark, printed under the title.", "Sum over the batch."),
    Key(
        "expect",
        "expect",
        "What should come out: `symback check` compares, to the digits written.",
        "{W: [0.5, 1]}",
    ),
    Key(
        "tolerance",
        "tolerance",
        "How far numbers may be off, instead of half a unit of the last digit.",
        "{rel: 1e-6}",
    ),
    Key("points", "points", "Marks for this entry when answers are graded.", "2"),
)
TOLERANCE = (
    Key("rel", "points", "Relative to the true value.", "1e-6"),
    Key("abs", "points", "Absolute.", "1e-9"),
)
SHEET = (
    Key(
        "answers",
        "answers",
        "The answers in the order of derivation, or a mapping of parts to such lists.",
        "[{dL_dx: 2*x}]",
        required=True,
    ),
    Key("title", "text", "Printed above the feedback.", "Sheet 3"),
    Key("student", "text", "Whose answers these are.", "Ada"),
    Key("note", "text", "A remark.", "handed in late"),
)
ANSWER = (
    Key(
        "quantity",
        "name",
        "What is answered: a step, `dL_dx`, a component, or a name of one's own.",
        "dL_dx",
        required=True,
    ),
    Key(
        "answer",
        "answer",
        "The answer: number, nested list, expression, or LaTeX in `$...$`.",
        "2*x",
        required=True,
    ),
    Key("means", "name", "The true name of a quantity that has a name of one's own.", "dL_dz2"),
    Key("points", "points", "Marks for this answer; 1 if absent.", "2"),
    Key("tolerance", "tolerance", "How far numbers may be off.", "{abs: 0.01}"),
)
#: Every mapping of the format: where it stands, and its keys.
SECTIONS: dict[str, tuple[str, tuple[Key, ...]]] = {
    "problem": ("The file", PROBLEM),
    "given": ("An entry of `given` that is a mapping", GIVEN),
    "step": ("An entry of `define` that is a mapping", STEP),
    "find": ("An entry of `find`", FIND),
    "tolerance": ("A `tolerance` that is a mapping", TOLERANCE),
    "sheet": ("An answer sheet", SHEET),
    "answer": ("An entry of `answers` with `quantity`", ANSWER),
}
