"""Documents through pdflatex: all problems of the project and 300 random ones, without a fault."""

import re
import shutil
import subprocess

import pytest

from symback.errors import SymbackError
from symback.explain.solve import solve
from symback.functions import table
from symback.problem.load import load_text
from symback.render.latex.document import latex_of
from tests.random_programs import random_program
from tests.shown import latex, latex_together
from tests.test_problems import PROBLEMS

pytestmark = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="needs pdflatex")

#: Points by which a line may be too wide.
TOLERATED = 5.0
FAULT = re.compile(r"^!.*|.*undefined.*|Missing character.*", re.MULTILINE)
OVERFULL = re.compile(r"Overfull \\[hv]box \(([\d.]+)pt too (?:wide|high)\).*")


def faults(tex, folder):
    """What pdflatex complains about: errors, undefined references, lines and pages too full."""
    (folder / "sheet.tex").write_text(tex, encoding="utf-8")
    command = ["pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error"]
    done = subprocess.run([*command, "sheet.tex"], cwd=folder, capture_output=True, timeout=300)
    log = (folder / "sheet.log").read_text("utf-8", "replace")
    found = [hit[0] for hit in FAULT.finditer(log)]
    found += [hit[0] for hit in OVERFULL.finditer(log) if float(hit[1]) > TOLERATED]
    return found if found or not done.returncode else [log[-2000:]]


def random_solutions(count):
    """Solutions of random programs: most are short, two have 40 steps."""
    for k in range(count):
        steps = 40 if k % 150 == 149 else 10 if k % 50 == 49 else 1 + k % 2
        program = random_program(f"sheet-{k}", steps=steps, symbolic=k % 5 == 3)
        try:
            yield solve(load_text(program.text(), functions=table()), table())
        except SymbackError:  # the shapes of a symbolic program need not fit
            assert program.symbolic


def test_all_problems_compile(tmp_path):
    """One document of every problem: no error, nothing undefined, no line too wide by 5 pt."""
    assert faults(latex_together(PROBLEMS), tmp_path) == []


@pytest.mark.slow
def test_random_problems_compile(tmp_path):
    """300 programs of up to 40 steps, numeric and symbolic, all verbs."""
    assert faults(latex_of(list(random_solutions(300))), tmp_path) == []


def test_faults_are_found(tmp_path):
    """A line that is too wide, a command that is unknown and a reference to nothing."""
    sound = latex(PROBLEMS[0])
    wide = sound.replace(r"\end{document}", r"\hbox to 40em{\hskip 60em}\end{document}")
    unknown = sound.replace(r"\end{document}", r"\nonsense\end{document}")
    dangling = sound.replace(r"\end{document}", r"\ref{nothing}\end{document}")

    assert faults(sound, tmp_path) == []
    assert all(faults(tex, tmp_path) for tex in (wide, unknown, dangling))
