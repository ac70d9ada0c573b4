"""Texts made to run code, to hang, to fill the memory or to take over a terminal."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import symback

ROOT = str(Path(symback.__file__).parent.parent)
SECONDS, MEGABYTES = 2.0, 512

ALIASES = "\n".join(
    ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    + [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 10)]
)
MERGES = "\n".join(
    ["a0: &a0 {x: 1}"]
    + [f"a{i}: &a{i} {{<<: [{', '.join([f'*a{i - 1}'] * 9)}]}}" for i in range(1, 8)]
)
SINES = "".join(f"  s{i}: sin(s{i - 1})\n" for i in range(1, 400))


def formula(text):
    """A problem with one hostile formula."""
    quoted = text.replace("'", "''")
    return f"given: {{x: 2, n: 3}}\ndefine:\n  L: '{quoted}'\n"


SQUARES = "".join(f"  s{i}: s{i - 1}**2\n" for i in range(1, 31))
DOUBLES = "".join(f"  y{i}: y{i - 1} + y{i - 1}\n" for i in range(1, 65))
HINGES = "".join(f"  r{i}: relu(r{i - 1} - {i}/10)\n" for i in range(1, 15))
CYCLE = "ab,bc,cd,de,ef,fg,gh,hi,ij,ja->"

REFUSED = {
    "A1": formula("__import__('os').system('echo PWNED > PWN')"),
    "A3": formula("open('PWN','w').write('x')"),
    "A4": formula("().__class__.__base__.__subclasses__()"),
    "A5": 'given:\n  \'__import__("os").system("echo PWNED > PWN")\': 1\ndefine: {L: 1}\n',
    "A6": formula("(lambda q: open('PWN','w').write('x') and 1)(x)"),
    "A7": formula("[__import__('os').getpid()]"),
    "A8-print": formula("print('hi')"),
    "A8-class": formula("x.__class__"),
    "A9": "given: {x: !!python/object/apply:os.getpid []}\ndefine: {L: x}\n",
    "H1-tower": formula("x*9**9**9**9"),
    "H1-three": formula("9**9**9"),
    "H1-nested": formula("((9**9)**9999)**9999"),
    "H2": formula("x*1.3**6472416997"),
    "H3": formula("sin((7**(exp(exp(exp(10*e)))))+1)"),
    "H4-factorial": formula("factorial(factorial(11))"),
    "H4-mark": formula("99999999!"),
    "H4-binomial": formula("binomial(10**9, 5*10**8)"),
    "H4-prime": formula("prime(10**12)"),
    "H5": formula("x*1e999999999"),
    "H5-given": "given: {x: 1e999999999}\ndefine: {L: x}\n",
    "H5-less": formula("x*1e10000000"),
    "D1-brackets": formula("(" * 500 + "x" + ")" * 500),
    "D1-signs": formula("-" * 20_000 + "x"),
    "D1-sum": formula("+".join(["x"] * 20_000)),
    "D3-given": f"given: {{x: {'9' * 5000}}}\ndefine: {{L: x}}\n",
    "D3-formula": formula("x*" + "9" * 5000),
    "H2-value": f"given: {{s0: 1.1}}\ndefine:\n{SQUARES}",
    "D3-of-x": formula("(2*x)**999999"),
    "D3-nested": formula("(((2*x)**999)**999)**999"),
    "D3-product": formula("(2*x)**999999*(3*x)**999999"),
    "D3-negative": formula("(x/3)**(-999999)"),
    "H4-order": formula("polygamma(exp2(1e15), x)"),
    "H4-zeta": formula("zeta(1e18, x)"),
    "size": formula("x*sum(ones(10**6, 10**6))"),
    "text-for-array": formula("x*sum('x')"),
    "Y1": ALIASES,
    "Y2-mapping": "a: &a {b: *a}\n",
    "Y2-list": "a: &a [1, *a]\n",
    "Y3": "[" * 5000 + "]" * 5000,
    "Y4": MERGES,
    "X8-raw": 'title: "\x1b]0;PWN\x07 \x1b[2J"\ngiven: {x: 1}\ndefine: {L: y}\n',
    "X8-escaped": 'title: "\\e[2J"\ngiven: {x: 1}\ndefine: {L: y}\n"\\x1b[2J": 3\n',
    "X9": 'given: {x: 1}\ndefine: {L: "x[red] + [link=http://evil]x[/link]"}\n',
    "N2": formula("x + ｘ"),
    "no-folder": "given: {x: {file: ../../../../etc/passwd}}\ndefine: {L: x}\n",
}
SOLVED = {
    "H2-squares": f"given: {{s0: {{shape: []}}}}\ndefine:\n{SQUARES}",
    "H6": "given: {x: 1, y: 2, z: 3, w: 4}\ndefine: {L: (x + y + z + w + 1)**100}\n",
    "H10-det": "given: {A: {shape: [9, 9]}}\ndefine: {L: det(A)}\nfind: [{hessian: L, wrt: A}]\n",
    "H10-inv": "given: {A: {shape: [6, 6]}}\ndefine: {L: sum(inv(A))}\n",
    "H10-relu": f"given: {{r0: 3}}\ndefine:\n{HINGES}",
    "doubles": f"given: {{y0: 1.1}}\ndefine:\n{DOUBLES}",
    "D1-terms": formula("+".join(["x"] * 2000)),
    "D1-factors": formula("*".join(["x"] * 2000)),
    "cycle": f"given: {{A: {{shape: [n, n]}}}}\ndefine: {{L: 'einsum(\"{CYCLE}\"{', A' * 10})'}}\n",
    "D2": f"given: {{s0: 0.5}}\ndefine:\n{SINES}find: [{{value: s399}}]\n",
    "D3-power": formula("x*7**999"),
    "N1": "given: {S: 1, N: 2, Q: 3, E: 4, I: 5, beta: 6, gamma: 7, zeta: 8, e: 9}\n"
    "define: {L: S*N*Q*E*I*beta*gamma*zeta*e}\n",
    "X9-title": 'title: "dL/dW[i] w[red] [link=http://evil]x[/link]"\ngiven: {x: 1}\n'
    "define: {L: x**2}\n",
    "X8-title": 'title: "\\e]0;PWN\\a \\e[2J \\x9b31m \\u202e"\ngiven: {x: 1}\ndefine: {L: x**2}\n',
    "H9": "given: {e0: 1.1}\ndefine:\n"
    + "".join(f"  e{i}: e{i - 1}*sin(e{i - 1})\n" for i in range(1, 23)),
}


#: Runs a command and writes what it used: a small process of its own, for a child's memory counts
#: that of the process it was forked from.
MEASURE = """
import json, resource, subprocess, sys
code = subprocess.run(sys.argv[2:]).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as file:
    json.dump([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024], file)
sys.exit(code)
"""


def solve(folder, text):
    """Exit code, output, messages, processor seconds and megabytes of `symback solve` on a text."""
    (folder / "p.yaml").write_text(text, "utf-8")
    report = folder.with_suffix(".used")
    command = [sys.executable, "-m", "symback", "solve", "--format", "json", "p.yaml"]
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(report), *command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": ROOT},
        capture_output=True,
        timeout=30,
    )
    seconds, megabytes = json.loads(report.read_text())
    return done, seconds, megabytes


@pytest.mark.parametrize("name", REFUSED)
def test_hostile_texts_are_refused(name, tmp_path):
    """Code 2 or 3 with a place, in time and memory; nothing is executed, no file is made."""
    done, seconds, megabytes = solve(tmp_path, REFUSED[name])

    assert done.returncode in (2, 3)
    assert all(error["line"] for error in json.loads(done.stdout)["errors"])
    assert b"a bug in symback" not in done.stdout and b"Traceback" not in done.stderr
    assert b"\x1b" not in done.stdout + done.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["p.yaml"]
    assert (seconds < SECONDS, megabytes < MEGABYTES) == (True, True)


@pytest.mark.parametrize("name", SOLVED)
def test_harmless_texts_that_look_hostile_are_solved(name, tmp_path):
    """Deep chains, shared squares and odd names are mathematics; controls come out as text."""
    done, seconds, megabytes = solve(tmp_path, SOLVED[name])

    assert done.returncode == 0
    assert b"\x1b" not in done.stdout + done.stderr
    assert (seconds < SECONDS, megabytes < MEGABYTES) == (True, True)
