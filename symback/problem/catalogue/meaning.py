"""E3xx: shapes, and what is asked of them."""

from __future__ import annotations

from symback.problem.catalogue.entry import Entry

ENTRIES = (
    Entry(
        code="E301",
        title="shapes that do not fit together",
        why="`@` sums over the last axis of the left and the first of the right factor; `+ - * /`\n"
        "broadcast as in NumPy: axes are aligned at the end, lengths are equal or 1.",
        wrong="given: {A: [[1, 2], [3, 4]], x: [1, 2, 3]}\ndefine: {L: sum(A @ x)}\n",
        right="given: {A: [[1, 2], [3, 4]], x: [1, 2]}\ndefine: {L: sum(A @ x)}\n",
        stage="solve",
    ),
    Entry(
        code="E302",
        title="an array where a plain number is needed",
        why="Axes, subscripts and other settings are known numbers, so that shapes are known.",
        wrong="given: {x: [1, 2], k: 1}\ndefine: {L: 'x[1.5]'}\n",
        right="given: {x: [1, 2], k: 1}\ndefine: {L: 'x[1]'}\n",
        stage="solve",
    ),
    Entry(
        code="E303",
        title="a name that means nothing here",
        why="The name is neither declared nor the name of a derivative that can be formed. What\n"
        "is differentiated is a step; its second derivative is asked for as a `hessian`.",
        wrong="given: {x: 2}\ndefine: {L: x**3}\nfind: [{gradient: dL_dx, wrt: x}]\n",
        right="given: {x: 2}\ndefine: {L: x**3}\nfind: [{hessian: L, wrt: x}]\n",
        stage="solve",
    ),
    Entry(
        code="E304",
        title="division by zero",
        why="A constant divisor is zero whatever the values are.",
        wrong="given: {x: 1}\ndefine: {L: x/0}\n",
        right="given: {x: 1}\ndefine: {L: x/2}\n",
        stage="solve",
    ),
    Entry(
        code="E305",
        title="a function that is not differentiated in this argument",
        why="No derivative in this argument is published in a form that could be written down.",
        wrong="given: {A: {shape: [2, 2]}, k: 3}\ndefine: {L: 'trace(matrix_power(A, k))'}\n"
        "find: [{gradient: L, wrt: k}]\n",
        right="given: {A: {shape: [2, 2]}, k: 3}\ndefine: {L: 'trace(matrix_power(A, k))'}\n"
        "find: [{gradient: L, wrt: A}]\n",
        stage="solve",
    ),
    Entry(
        code="E307",
        title="nothing to differentiate",
        why="Without `find` the gradient of the scalar step written last is asked; there is none.",
        wrong="given: {x: [1, 2]}\ndefine: {y: 2*x}\n",
        right="given: {x: [1, 2]}\ndefine: {L: sum(2*x)}\n",
        stage="solve",
    ),
    Entry(
        code="E308",
        title="a gradient or a Hessian of something that is not a scalar",
        why="A gradient has the shape of its variable only where its target is one number.\n"
        "For arrays ask for a `vjp` (with a cotangent) or a `jacobian`.",
        wrong="given: {x: [1, 2]}\ndefine: {y: 2*x}\nfind: [{gradient: y, wrt: x}]\n",
        right="given: {x: [1, 2]}\ndefine: {y: 2*x}\nfind: [{jacobian: y, wrt: x}]\n",
        stage="solve",
    ),
    Entry(
        code="E309",
        title="a `jvp` with respect to several variables",
        why="One tangent has the shape of one variable.",
        wrong="given: {x: [1, 2], y: [3, 4]}\nfind: [{jvp: x*y, wrt: [x, y], tangent: [1, 0]}]\n",
        right="given: {x: [1, 2], y: [3, 4]}\nfind: [{jvp: x*y, wrt: x, tangent: [1, 0]}]\n",
        stage="solve",
    ),
    Entry(
        code="E310",
        title="a derivative without a closed form",
        why="Of some special functions the derivative in a parameter has no closed form.",
        wrong="given: {n: 2, x: 3}\ndefine: {L: 'besselj(n, x)'}\nfind: [{gradient: L, wrt: n}]\n",
        right="given: {n: 2, x: 3}\ndefine: {L: 'besselj(n, x)'}\nfind: [{gradient: L, wrt: x}]\n",
        stage="solve",
    ),
    Entry(
        code="E311",
        title="a length that must be known",
        why="Strides, windows, the steps of slices, the Jacobian of a matrix function and such\n"
        "need numbers, not named dimensions.\n"
        "With values beside the shapes their sizes are put in, and a note says so.",
        wrong="given: {x: {shape: [n]}}\ndefine: {L: 'sum(x[::2])'}\n",
        right="given: {x: {value: [1, 2, 3], shape: [n]}}\ndefine: {L: 'sum(x[::2])'}\n",
        stage="solve",
    ),
)
