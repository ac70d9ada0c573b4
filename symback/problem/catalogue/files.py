"""E1xx: reading YAML and the form of a problem file."""

from __future__ import annotations

from symback.problem.catalogue.entry import Entry

#: A sum of sixty names that nothing declares, ten in a line.
_MANY = (
    "".join(
        "    " + "".join(f"x{k} + " for k in range(ten, ten + 10)) + "\n"
        for ten in range(0, 60, 10)
    )[:-4]
    + "\n"
)

ENTRIES = (
    Entry(
        code="E101",
        title="a line is not YAML",
        why="YAML reads `[ { * & ! @ | > % '` at the start of a text, and `: ` or ` #` inside it, "
        "as its own.\nSuch an expression stands in quotes.",
        wrong="given: {x: [1, 2]}\ndefine:\n  y: [x[0], x[1]]\n",
        right="given: {x: [1, 2]}\ndefine:\n  y: '[x[0], x[1]]'\n",
    ),
    Entry(
        code="E102",
        title="a key occurs twice",
        why="Of two values for one key only one could count, and nobody could say which.",
        wrong="given: {x: 1, x: 2}\ndefine: {L: x**2}\n",
        right="given: {x: 1, y: 2}\ndefine: {L: x**2}\n",
    ),
    Entry(
        code="E103",
        title="a tag, an anchor, an alias or a merge key",
        why="Problem files are plain: what stands there is what is meant.\n"
        "Often a text that begins with `*`, `&` or `!` only lacks its quotes.",
        wrong="given: {x: &value 1, y: *value}\ndefine: {L: x*y}\n",
        right="given: {x: 1, y: 1}\ndefine: {L: x*y}\n",
    ),
    Entry(
        code="E104",
        title="not exactly one document",
        why="A file holds one problem: it is neither empty nor divided by `---`.",
        wrong="given: {x: 1}\ndefine: {L: x}\n---\ngiven: {x: 2}\n",
        right="given: {x: 1}\ndefine: {L: x}\n",
    ),
    Entry(
        code="E105",
        title="the file is not text",
        why="A problem is UTF-8 text; control characters in it come from an accident, or from\n"
        "someone who wants to write to your terminal.",
        wrong="title: bell\7\ngiven: {x: 1}\ndefine: {L: x}\n",
        right="title: bell\ngiven: {x: 1}\ndefine: {L: x}\n",
    ),
    Entry(
        code="E106",
        title="the file is too large or nested too deep",
        why="Problems have at most 1 MiB, 200,000 YAML events and 64 nested lists or mappings.\n"
        "Large values belong into npy or csv files: `{file: W1.npy}`.",
        wrong=f"given: {{x: {'[' * 70}1{']' * 70}}}\ndefine: {{L: x}}\n",
        right="given: {x: [[1]]}\ndefine: {L: x}\n",
    ),
    Entry(
        code="E107",
        title="a number is too long",
        why="Numbers are exact; they have at most 1,000 digits and exponents up to 10,000.",
        wrong="given: {x: 1e999999}\ndefine: {L: x}\n",
        right="given: {x: 1e999}\ndefine: {L: x}\n",
    ),
    Entry(
        code="E110",
        title="an unknown key",
        why="A key that is not known would be ignored silently: mostly it is a slip of the pen.",
        wrong="given: {x: 1}\ndefne: {L: x}\nfind: [{value: x}]\n",
        right="given: {x: 1}\ndefine: {L: x}\nfind: [{value: x}]\n",
    ),
    Entry(
        code="E111",
        title="a value of the wrong kind",
        why="Each key takes one kind of value: see problems/README.md or `symback schema`.",
        wrong="given: {x: 1}\ndefine: {L: x}\nfind: L\n",
        right="given: {x: 1}\ndefine: {L: x}\nfind:\n  - gradient: L\n",
    ),
    Entry(
        code="E112",
        title="a key is missing",
        why="A problem has `given`, and `define` or `find`; a `vjp` needs its `cotangent`,\n"
        "a `jvp` its `tangent`, an `hvp` its `vector`; a declaration has a value or a shape.",
        wrong="given: {x: [1, 2]}\nfind:\n  - {vjp: x**2, wrt: x}\n",
        right="given: {x: [1, 2]}\nfind:\n  - {vjp: x**2, wrt: x, cotangent: [1, 0]}\n",
    ),
    Entry(
        code="E113",
        title="a `find` entry with no verb, several, or keys that do not go with it",
        why="An entry asks for one thing, so that its answer has one name.",
        wrong="given: {x: 1}\ndefine: {L: x**2}\nfind:\n  - {value: L, gradient: L}\n",
        right="given: {x: 1}\ndefine: {L: x**2}\nfind:\n  - {value: L}\n  - {gradient: L}\n",
    ),
    Entry(
        code="E114",
        title="an expression that YAML has cut, or that stands where a name belongs",
        why="Inside `[...]` and `{...}` YAML ends a text at a comma or a bracket: quote it.\n"
        "In `wrt` and as keys of `expect` only names, components and slices have a meaning.",
        wrong="given: {x: [1, 2]}\nfind: [{value: norm(x, 2)}]\n",
        right="given: {x: [1, 2]}\nfind: [{value: 'norm(x, 2)'}]\n",
    ),
    Entry(
        code="E115",
        title="not a finite number",
        why="Infinity and NaN are not values; digits are not grouped by `_`.",
        wrong="given: {x: 1_000, y: .inf}\ndefine: {L: x*y}\n",
        right="given: {x: 1000, y: 1e300}\ndefine: {L: x*y}\n",
    ),
    Entry(
        code="E116",
        title="an empty list",
        why="An array has at least one entry along each axis.",
        wrong="given: {x: []}\ndefine: {L: sum(x)}\n",
        right="given: {x: {shape: [n]}}\ndefine: {L: sum(x)}\n",
    ),
    Entry(
        code="E117",
        title="not the length of an axis",
        why="A shape lists integers, dimension names, and sums and products of these.",
        wrong="given: {x: {shape: [1.5]}}\ndefine: {L: sum(x)}\n",
        right="given: {x: {shape: [n + 1]}}\ndefine: {L: sum(x)}\n",
    ),
    Entry(
        code="E118",
        title="an unknown fact or structure",
        why="A fact that is not known could not be used, nor checked against the value.",
        wrong="given: {A: {shape: [n, n], assume: [symetric]}}\ndefine: {L: trace(A)}\n",
        right="given: {A: {shape: [n, n], assume: [symmetric]}}\ndefine: {L: trace(A)}\n",
    ),
    Entry(
        code="E119",
        title="more faults than are shown",
        why="The first 50 are shown: the rest mostly follow from them.",
        wrong=f"given: {{x: [1, 2]}}\ndefine:\n  L: >-\n{_MANY}",
        right="given: {x: [1, 2]}\ndefine:\n  L: sum(x)\n",
    ),
    Entry(
        code="E120",
        title="a ragged list",
        why="The rows of an array are equally long.",
        wrong="given: {A: [[1, 2], [3]]}\ndefine: {L: sum(A)}\n",
        right="given: {A: [[1, 2], [3, 4]]}\ndefine: {L: sum(A)}\n",
    ),
    Entry(
        code="E121",
        title="a value has not the shape that is declared",
        why="Beside a value `shape` repeats or names its lengths, axis by axis.",
        wrong="given: {x: {value: [1, 2], shape: [3]}}\ndefine: {L: sum(x)}\n",
        right="given: {x: {value: [1, 2], shape: [2]}}\ndefine: {L: sum(x)}\n",
    ),
    Entry(
        code="E122",
        title="a dimension with two sizes",
        why="A dimension's name means one number in the whole file.",
        wrong="given:\n  x: {value: [1, 2], shape: [n]}\n  y: {value: [1, 2, 3], shape: [n]}\n"
        "define: {L: sum(x)*sum(y)}\n",
        right="given:\n  x: {value: [1, 2], shape: [n]}\n  y: {value: [1, 2, 3], shape: [m]}\n"
        "define: {L: sum(x)*sum(y)}\n",
    ),
    Entry(
        code="E123",
        title="a value that contradicts what is assumed of it",
        why="Facts are used to simplify: with a value that breaks them results would be wrong.\n"
        "Orthogonal matrices and points of a simplex may be rounded to 6 decimals.",
        wrong="given: {A: {value: [[1, 2], [3, 4]], assume: [symmetric]}}\ndefine: {L: sum(A)}\n",
        right="given: {A: {value: [[1, 2], [2, 4]], assume: [symmetric]}}\ndefine: {L: sum(A)}\n",
    ),
    Entry(
        code="E130",
        title="a file of values that may not be read",
        why="Values come from npy and csv files in the problem's own folder, symbolic links\n"
        "followed, so that a problem from someone else reads nothing but what came with it.",
        wrong="given: {W: {file: ../secret.npy}}\ndefine: {L: sum(W)}\n",
        right="given: {W: [[1, 2], [3, 4]]}\ndefine: {L: sum(W)}\n",
    ),
    Entry(
        code="E131",
        title="a file of values that holds something else",
        why="npy files hold arrays of real numbers, never Python objects; csv files hold rows of\n"
        "decimals, equally long, without a heading.",
        wrong="# W.csv begins with `a,b`\ngiven: {W: {file: W.csv}}\ndefine: {L: sum(W)}\n",
        right="# W.csv begins with `0.1,0.2`\ngiven: {W: {file: W.csv}}\ndefine: {L: sum(W)}\n",
        stage="",
    ),
    Entry(
        code="E132",
        title="a file of values that is too large",
        why="An array has at most 2**24 entries, a csv file at most 64 MiB.",
        wrong="# W.npy has 5000 x 5000 entries\ngiven: {W: {file: W.npy}}\ndefine: {L: sum(W)}\n",
        right="# W.npy has 4000 x 4000 entries\ngiven: {W: {file: W.npy}}\ndefine: {L: sum(W)}\n",
        stage="",
    ),
)
