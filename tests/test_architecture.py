"""The house rules, read off the sources: floors, rooms, sizes, and what is never called."""

import ast
import io
import tokenize
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
#: A package imports only from floors below its own; packages on one floor do not know each other.
FLOORS = {
    "errors": 0,
    "language": 1,
    "tensor": 1,
    "functions": 2,
    "calculus": 3,
    "notation": 4,
    "numeric": 4,
    "problem": 5,
    "explain": 6,
    "check": 7,
    "render": 8,
    "batch": 8,
    "api": 9,
    "cli": 10,
    "pytest_plugin": 11,
    "__main__": 11,
}
MAY_PRINT = {"cli", "__main__"}
MAY_READ = {"cli", "problem", "batch", "__main__"}
#: Where numbers are the trade, NumPy and flint may be imported with the module.
NUMBERS = {"numeric", "functions", "check"}
PRINTING = {"print", "sys.stdout", "sys.stderr", "input"}
READING = {"open", "os.open", "io.open", "np.load", "numpy.load"}
READING_METHODS = {"read_text", "read_bytes", "write_text", "write_bytes"}
#: These run what they are given as code; no text of a user's may come near them.
RUNNING = {"eval", "exec", "compile", "__import__", "sympify", "parse_expr", "lambdify"}
UNFINISHED = ("TODO", "FIXME", "XXX", "type: ignore", "pragma: no cover")
#: Words that mean two things in this field, and the word to use.
BANNED = {
    "parent": "user",
    "child": "operand",
    "children": "operands",
    "prev": "operand",
    "attrs": "params",
    "kwargs": "params",
    "ans": "out",
    "adjoint": "cotangent",
    "backprop": "pull_back",
    "canonicalise": "rewrite",
    "canonicalize": "rewrite",
    "snapshot": "golden",
}
#: Names that another project has chosen: pytest passes `parent` by keyword.
FOREIGN = {("pytest_plugin", "parent")}
MAX_FUNCTION, MAX_FILE, MAX_TABLE = 40, 300, 400
#: Files that are mostly rows.
TABLES = {
    "symback/functions/forms/entries.py",
    "symback/functions/layers.py",
    "symback/functions/linalg.py",
    "symback/functions/reductions.py",
    "symback/check/mistakes/edges.py",
}


@dataclass(frozen=True)
class Source:
    """One module: its path from the root of the project and its text."""

    path: str
    text: str

    @cached_property
    def tree(self):
        """The syntax tree."""
        return ast.parse(self.text)

    @property
    def name(self):
        """The dotted name of the module."""
        parts = Path(self.path).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def room(self):
        """The package, or the module itself, on the floor plan."""
        return (*self.name.split("."), "")[1]

    @cached_property
    def nodes(self):
        """All nodes of the tree."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def imports(self):
        """Every import of the module: place, dotted name and when, early, late or for types."""
        return tuple(self._imports())

    def _imports(self):
        when = {}
        for node in self.nodes:
            if isinstance(node, ast.FunctionDef) or _for_types(node):
                moment = "late" if isinstance(node, ast.FunctionDef) else "types"
                when |= {id(inner): moment for inner in ast.walk(node)}
        for node in self.nodes:
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            else:
                continue
            for name in names:
                yield f"{self.path}:{node.lineno}", name, when.get(id(node), "early")

    def uses(self):
        """Place and dotted name of whatever is called or looked up, once a line."""
        found = {}
        for node in self.nodes:
            if isinstance(node, ast.Call | ast.Attribute):
                used = node.func if isinstance(node, ast.Call) else node
                found[f"{self.path}:{node.lineno}", ast.unparse(used)] = None
        return found

    def functions(self):
        """Every function, however deep."""
        for node in self.nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


def _for_types(node):
    return isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")


def sources():
    """All modules of the package."""
    for path in sorted((ROOT / "symback").rglob("*.py")):
        yield Source(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))


SOURCES = tuple(sources())


def upward(source):
    """Imports that do not go down."""
    if source.room == "":
        return
    for place, name, _ in source.imports:
        package, _, rest = name.partition(".")
        room = rest.partition(".")[0]
        if package != "symback" or room in (source.room, "__version__"):
            continue
        if FLOORS.get(room, 99) >= FLOORS.get(source.room, -1):
            yield f"{place} {source.room} imports {room}"


def too_early(source):
    """Heavy libraries imported with a module that a light command may need."""
    for place, name, when in source.imports:
        library = name.partition(".")[0]
        heavy = library == "sympy" or (
            library in ("numpy", "flint", "mpmath", "scipy") and source.room not in NUMBERS
        )
        if when == "early" and heavy:
            yield f"{place} imports {library} when it is imported"


def out_of_place(source):
    """Printing and reading in rooms where that is nobody's business."""
    for place, name in source.uses():
        if name in PRINTING and source.room not in MAY_PRINT:
            yield f"{place} {name}"
        method = "." in name and name.rpartition(".")[2] in READING_METHODS
        if (name in READING or method) and source.room not in MAY_READ:
            yield f"{place} {name}"


def running_text(source):
    """Calls of whatever takes text for code."""
    for place, name in source.uses():
        if name in RUNNING or name.removeprefix("sympy.") in RUNNING:
            yield f"{place} {name}"


def too_long(source):
    """Files and functions that do not fit on a screen or two."""
    length = source.text.count("\n")
    if length > (MAX_TABLE if source.path in TABLES else MAX_FILE):
        yield f"{source.path} has {length} lines"
    for node in source.functions():
        length = node.end_lineno - node.lineno + 1
        if length > MAX_FUNCTION:
            yield f"{source.path}:{node.lineno} {node.name} has {length} lines"


def undocumented(source):
    """Public modules, classes and functions without a docstring."""
    if not ast.get_docstring(source.tree):
        yield f"{source.path} has no docstring"
    for owner in (source.tree, *(n for n in source.tree.body if isinstance(n, ast.ClassDef))):
        if isinstance(owner, ast.ClassDef) and owner.name.startswith("_"):
            continue
        for node in owner.body:
            named = isinstance(node, ast.FunctionDef | ast.ClassDef)
            if named and not node.name.startswith("_") and not ast.get_docstring(node):
                yield f"{source.path}:{node.lineno} {node.name} has no docstring"


def unfinished(source):
    """Marks of work left for later, in comments and in code."""
    for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
        if token.type == tokenize.COMMENT:
            for mark in UNFINISHED:
                if mark in token.string:
                    yield f"{source.path}:{token.start[0]} {mark}"
        elif token.type == tokenize.NAME and token.string == "NotImplementedError":
            yield f"{source.path}:{token.start[0]} {token.string}"


def banned(source):
    """Names of functions, arguments and variables with a word that means two things."""
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            name = node.name
        elif isinstance(node, ast.arg):
            name = node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            name = node.id
        else:
            continue
        if (source.room, name) in FOREIGN:
            continue
        for word in sorted(set(name.lower().strip("_").split("_")) & set(BANNED)):
            yield f"{source.path}:{node.lineno} `{name}`: say {BANNED[word]}"


LAWS = (
    upward,
    too_early,
    out_of_place,
    running_text,
    too_long,
    undocumented,
    unfinished,
    banned,
)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_sources_keep_the_law(law):
    """No module has what the law looks for."""
    assert [fault for source in SOURCES for fault in law(source)] == []


def test_no_imports_go_in_a_circle():
    """Modules can be put in an order in which each imports only what comes before it."""
    names = {source.name for source in SOURCES}
    graph = {
        source.name: {
            name if name in names else name.rpartition(".")[0]
            for _, name, when in source.imports
            if name.startswith("symback.") and when != "types"
        }
        for source in SOURCES
    }

    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        order = error.args[1]

    assert names <= set(order)


def test_every_room_has_a_floor():
    """A new package finds its place in the plan."""
    assert {source.room for source in SOURCES} - {""} <= set(FLOORS)


@pytest.mark.parametrize(
    ("law", "path", "text"),
    [
        (upward, "symback/language/x.py", "from symback.tensor import dims"),
        (upward, "symback/tensor/x.py", "def f():\n    import symback.cli.app"),
        (too_early, "symback/functions/x.py", "import sympy"),
        (too_early, "symback/problem/x.py", "from numpy import array"),
        (out_of_place, "symback/render/x.py", "print(1)"),
        (out_of_place, "symback/explain/x.py", "import sys\nsys.stderr.write('x')"),
        (out_of_place, "symback/check/x.py", "open('x')"),
        (out_of_place, "symback/check/x.py", "from pathlib import Path\nPath('x').read_text()"),
        (running_text, "symback/functions/x.py", "sympy.sympify('1')"),
        (running_text, "symback/cli/x.py", "eval('1')"),
        (too_long, "symback/cli/x.py", "\n" * 301),
        (too_long, "symback/cli/x.py", "def f():\n" + "    1\n" * 40),
        (undocumented, "symback/cli/x.py", "'''X.'''\ndef f(): pass"),
        (unfinished, "symback/cli/x.py", "x = 1  # TO" + "DO"),
        (banned, "symback/cli/x.py", "def f(child_node): pass"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_laws_find_what_is_planted(law, path, text):
    """Each law fails on a module that breaks it, or it proves nothing."""
    assert len(list(law(Source(path, text)))) == 1
