"""E6xx: the command line and files."""

from __future__ import annotations

from symback.problem.catalogue.entry import Entry


def _recursion(most: int) -> str:
    return (
        "import sys\n"
        "from symback.cli.app import run\n\n"
        f"sys.setrecursionlimit({most})\n"
        "run(['solve', 'problem.yaml'])\n"
    )


ENTRIES = (
    Entry(
        code="E601",
        title="there is no such file",
        why="The path leads nowhere; it is read relative to the folder you are in.",
        wrong="symback solve absent.yaml",
        right="symback solve problem.yaml",
        stage="command",
    ),
    Entry(
        code="E602",
        title="a folder where a file is needed",
        why="A problem is one file.",
        wrong="symback solve .",
        right="symback solve problem.yaml",
        stage="command",
    ),
    Entry(
        code="E603",
        title="a file that may not be read or written",
        why="The permissions of the file or of its folder forbid it.",
        wrong="symback solve -o /etc/sheet.txt problem.yaml  # by an ordinary user",
        right="symback solve -o sheet.txt problem.yaml",
        stage="",
    ),
    Entry(
        code="E604",
        title="no space left",
        why="The disk is full; files are replaced whole, so that the old one is still there.",
        wrong="symback solve --format json -o /dev/full problem.yaml",
        right="symback solve --format json -o sheet.json problem.yaml",
        stage="command",
    ),
    Entry(
        code="E605",
        title="a file that cannot be used",
        why="The operating system refused for the reason that the message names.",
        wrong="symback solve problem.yaml/part.yaml",
        right="symback solve --format json problem.yaml",
        stage="command",
    ),
    Entry(
        code="E606",
        title="a library that cannot be loaded",
        why="NumPy, SymPy or python-flint is broken, or there is not enough memory to load it.",
        wrong="(ulimit -v 130000; symback solve problem.yaml)",
        right="symback solve problem.yaml",
        stage="",
    ),
    Entry(
        code="E610",
        title="options that do not go together",
        why="One of the options would have no effect.",
        wrong="symback solve --fragment --format json problem.yaml",
        right="symback solve --format json problem.yaml",
        stage="command",
    ),
    Entry(
        code="E611",
        title="an output that would replace an input",
        why="The problem would be lost.",
        wrong="symback solve --format json -o problem.yaml problem.yaml",
        right="symback solve --format json -o solution.json problem.yaml",
        stage="command",
    ),
    Entry(
        code="E612",
        title="a file that exists already",
        why="A new file never replaces one that is there.",
        wrong="symback new problem.yaml",
        right="symback new mine.yaml",
        stage="command",
    ),
    Entry(
        code="E613",
        title="a value that cannot be set",
        why="`--set x=0.5` gives another value to a name that stands in `given`.",
        wrong="symback solve --format json --set q=1 problem.yaml",
        right="symback solve --format json --set x=3 problem.yaml",
        stage="command",
    ),
    Entry(
        code="E614",
        title="no such error code",
        why="`symback explain` without a code lists all of them.",
        wrong="symback explain E999",
        right="symback explain E101",
        stage="command",
    ),
    Entry(
        code="E615",
        title="no such part or result",
        why="`--part` takes the parts of `find`; `--only` names of results, `dL_dW1` or W1.",
        wrong="symback solve --format json --only dL_dq problem.yaml",
        right="symback solve --format json --only dL_dx problem.yaml",
        stage="command",
    ),
    Entry(
        code="E616",
        title="no such function",
        why="`symback functions` lists all that can be called, `symback functions NAME` one.",
        wrong="symback functions sigmiod",
        right="symback functions sigmoid",
        stage="command",
    ),
    Entry(
        code="E617",
        title="no PDF could be made",
        why="`--pdf` runs pdflatex: it is missing, or it refused the document.",
        wrong="symback solve --pdf sheet.pdf problem.yaml  # where no pdflatex is installed",
        right="symback solve --format latex -o sheet.tex problem.yaml",
        stage="",
    ),
    Entry(
        code="E618",
        title="a time limit that is no number",
        why="SYMBACK_TIME_LIMIT holds the seconds that a file may take; 0 is no limit.",
        wrong="SYMBACK_TIME_LIMIT=long symback solve problem.yaml",
        right="SYMBACK_TIME_LIMIT=10 symback solve --format json problem.yaml",
        stage="command",
    ),
    Entry(
        code="E620",
        title="nothing to check or to grade",
        why="The paths hold no problem that expects something, or no answer sheet. A check that\n"
        "found nothing to do must not look like one that found no fault; where files are checked\n"
        "as they come, as before a commit, `check --allow-empty` accepts it.",
        wrong="symback check problem.yaml",
        right="symback check checked.yaml",
        stage="command",
    ),
    Entry(
        code="E621",
        title="a function that cannot be compared",
        why="`--against module:function` names a function of a module that can be imported from\n"
        "here, whose parameters are names of the problem, which asks for a derivative. It gets\n"
        "their values as NumPy arrays; as tensors of PyTorch or arrays of JAX where it fails with\n"
        "those.",
        wrong="symback check --against backward problem.yaml",
        right="symback check --against backward:gradients problem.yaml",
        stage="command",
    ),
    Entry(
        code="E622",
        title="a function that fails, or returns too much or too little",
        why="It returns arrays, as a mapping by name or as a tuple in the order asked.",
        wrong="def backward(x):\n    return 2*y\n",
        right='def backward(x):\n    return {"dL_dx": 2*x}\n',
        stage="",
    ),
    Entry(
        code="E623",
        title="no Dask cluster",
        why="`grade --dask ADDRESS` needs joblib and dask here, and a scheduler at the address,\n"
        "`tcp://127.0.0.1:8786`.",
        wrong="symback grade --dask tcp://127.0.0.1:1 problem.yaml sheet.yaml",
        right="dask scheduler --port 8786 &\n"
        "symback grade --dask tcp://127.0.0.1:8786 problem.yaml sheet.yaml",
        stage="",
    ),
    Entry(
        code="E690",
        title="the memory is exhausted",
        why="The problem needs more memory than there is.",
        wrong="(ulimit -v 190000; symback solve chain.yaml)  # four thousand steps",
        right="symback solve chain.yaml",
        stage="",
    ),
    Entry(
        code="E691",
        title="a file was stopped",
        why="It took more time or memory than `--timeout` and `--memory` of `check` allow, or\n"
        "more than the seconds in SYMBACK_TIME_LIMIT (60 if it is not set, 0 for no limit). The\n"
        "other files were done all the same.",
        wrong="SYMBACK_TIME_LIMIT=0.05 symback solve problem.yaml",
        right="SYMBACK_TIME_LIMIT=600 symback solve problem.yaml",
        stage="",
    ),
    Entry(
        code="E692",
        title="nested too deeply",
        why="More calls stand inside each other than Python allows: formulas inside formulas, or\n"
        "a program that calls symback from deep inside itself. Give parts of formulas names.",
        wrong=_recursion(60),
        right=_recursion(1000),
        stage="",
    ),
    Entry(
        code="E699",
        title="a bug in symback",
        why="Something happened that must not happen. SYMBACK_DEBUG=1 prints where; please report\n"
        "it with the file.",
        wrong="symback solve problem.yaml",
        right="SYMBACK_DEBUG=1 symback solve problem.yaml",
        stage="",
    ),
)
