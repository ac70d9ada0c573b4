import os
import pickle
from fractions import Fraction

import pytest

from symback.errors import InputError, LimitError, Span
from symback.language import parse
from symback.language.tree import Number
from symback.problem.load import load, load_text
from symback.problem.model import place_of

FUNCTIONS = frozenset(("relu", "sigmoid", "mean", "log", "sum", "exp", "norm", "eye"))


def faults(text, **options):
    """Code, line and column of every fault of a text."""
    with pytest.raises((InputError, LimitError)) as caught:
        load_text(text, "f.yaml", FUNCTIONS, **options)
    found = caught.value.diagnostics
    return " ".join(f"{d.code} {d.place.line}:{d.place.column}" for d in found)


def define(formulas, base=0, given="{x: [1, 2, 3], A: [[1, 2], [3, 4]]}"):
    """The trees of some formulas."""
    text = f"index_base: {base}\ngiven: {given}\ndefine:\n"
    text += "".join(f"  s{i}: '{formula}'\n" for i, formula in enumerate(formulas))
    return [step.formula.tree for step in load_text(text).define.values()]


MLP = """\
title: Two-layer perceptron
index_base: 1
given:
  x: [0.50, 0.2]
  W: {value: [[0.1, 0.4], [0.4, 0.5]], shape: [m, m], assume: symmetric, latex: '\\mathbf{W}'}
  b: {shape: [m], note: bias}
define:
  z: W @ x + b
  h: {value: relu(z), latex: 'h', note: hidden}
  v: ['h[1]', '2*h[2]']
  L: sum(h**2)
find:
  - {part: a, value: [h, z]}
  - part: b
    gradient: L
    wrt: ['W[1,2]', b]
    expect: {'W[1,2]': -0.0462, b.dL_db: [1, 2.50], W: 'dL_dz*2'}
    tolerance: {rel: 1e-6}
    points: 2.5
  - {vjp: z, cotangent: [1, 'x[2]'], wrt: x, title: pull back}
"""


def test_a_problem_is_plain_data():
    """Everything of the file is found in the model, trees 0-based, numbers exact."""
    problem = load_text(MLP, "mlp.yaml", FUNCTIONS)

    assert (problem.title, problem.index_base) == ("Two-layer perceptron", 1)
    x, weights, b = problem.given.values()
    assert (x.value[0].value, x.value[0].text, x.shape) == (Fraction(1, 2), "0.50", (2,))
    assert (weights.shape, weights.assume) == (("m", "m"), ("symmetric",))
    assert weights.latex == "\\mathbf{W}"
    assert (b.value, b.shape, b.note) == (None, ("m",), "bias")
    assert problem.dims == {"m": 2}
    assert problem.define["h"].note == "hidden"
    assert problem.define["v"].formula.tree == parse("[h[0], 2*h[1]]")
    values, gradient, vjp = problem.find
    assert [f.text for f in values.targets] == ["h", "z"]
    assert (gradient.verb, gradient.part, gradient.points.value) == ("gradient", "b", 2.5)
    assert gradient.wrt[0].tree == parse("W[0,1]")
    assert [e.part for e in gradient.expect] == [None, "b", None]
    assert gradient.expect[0].value == Number(Fraction(-231, 5000))
    assert gradient.expect[1].value[1].text == "2.50"
    assert gradient.tolerance.relative.value == Fraction(1, 10**6)
    assert vjp.cotangent.tree == parse("[1, x[1]]")


def test_places_lead_back_to_the_file():
    """A span in a tree, also of a vector written as a YAML list, has its line and column."""
    problem = load_text(MLP, "mlp.yaml", FUNCTIONS)
    vector = problem.define["v"]
    second = vector.formula.tree.items[1]

    assert place_of(problem.define["z"], Span(4, 5)).column == 10
    place = place_of(vector, second.right.span)
    assert (place.line, place.column, place.width) == (10, 18, 4)
    assert place_of(problem.find[1]).line == 14
    assert place_of(problem.given["x"]).column == 6
    assert place_of(problem.find[1].expect[2]).line == 17


def test_a_problem_can_be_sent_to_another_process():
    """Pickling keeps everything, places included."""
    problem = load_text(MLP, "mlp.yaml", FUNCTIONS)

    copy = pickle.loads(pickle.dumps(problem))

    assert copy == problem
    assert place_of(copy.define["L"]).line == 11


def test_without_find_a_gradient_is_asked():
    """The absent `find` is one gradient without a target."""
    (request,) = load_text("given: {x: 1}\ndefine: {L: x**2}").find

    assert (request.verb, request.targets, request.wrt) == ("gradient", None, None)


@pytest.mark.parametrize(
    ("one", "zero"),
    [
        ("x[1]", "x[0]"),
        ("x[-1]", "x[-1]"),
        ("A[1,2]", "A[0,1]"),
        ("x[1:2]", "x[0:2]"),
        ("x[2:]", "x[1:]"),
        ("x[:2]", "x[:2]"),
        ("x[:-1]", "x[:]"),
        ("x[:-2]", "x[:-1]"),
        ("x[1:3:2]", "x[0:3:2]"),
        ("x[3:1:-1]", "x[2::-1]"),
        ("x[3:2:-1]", "x[2:0:-1]"),
        ("A[:, None, 1]", "A[:, None, 0]"),
        ("sum(x[1]*A[2,:])", "sum(x[0]*A[1,:])"),
        ("x[[1, 3]]", "x[[0, 2]]"),
    ],
)
def test_subscripts_from_one(one, zero):
    """With `index_base: 1` subscripts count from 1 and slices include their stop."""
    assert define([one], base=1) == define([zero])


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("1", ()),
        ("1/3", ()),
        ("[1, pi/2]", (2,)),
        ("[[1, 2], [3, 4], [5, 6]]", (3, 2)),
        ("'[[1, 2]]'", (1, 2)),
        ("eye(3)", None),
        ("{shape: [3, n]}", (3, "n")),
        ("{shape: []}", ()),
        ("{shape: [2*n - 1]}", ("2*n - 1",)),
        ("{value: eye(n), shape: [n, n]}", ("n", "n")),
    ],
)
def test_shapes_are_read_from_values(text, shape):
    """Nested lists have their shape; an expression with a call must be evaluated first."""
    assert load_text(f"given: {{x: {text}}}\nfind: [{{value: x}}]").given["x"].shape == shape


def test_dimensions_are_solved():
    """A length such as `2*n + 1` gives n its size where a value tells."""
    problem = load_text("given: {x: {value: [1, 2, 3], shape: [2*n + 1]}}\nfind: [{value: x}]")

    assert problem.dims == {"n": 1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "E104 1:1"),
        ("[]", "E111 1:1"),
        ("given: {x: 1}", "E112 1:1"),
        ("given: 3\ndefine: 4\nfind: 5", "E111 1:8 E111 2:9 E111 3:7"),
        ("given: {x: 1}\nfnid: []\ndefine: {L: x}", "E110 2:1"),
        ("define: {L: 1}", "E112 1:1"),
        ("given: {x: 1}\ntitle: [a]\nindex_base: 2\ndefine: {L: x}", "E111 2:8 E111 3:13"),
        ("given: {x: [[1, 2], [3]]}\ndefine: {L: x}", "E120 1:21"),
        ("given: {x: {value: [1], shape: [2]}}\ndefine: {L: x}", "E121 1:20"),
        ("given: {x: {value: [1], shape: [1, 1]}}\ndefine: {L: x}", "E121 1:20"),
        (
            "given:\n  x: {value: [1], shape: [n]}\n  y: {value: [1, 2], shape: [n]}\nfind: []",
            "E122 3:14 E111 4:7",
        ),
        (
            "given: {x: {value: [1, 2], shape: [2*n]}, y: {value: [1, 2], shape: [n]}}\nfind: 3",
            "E122 1:20 E111 2:7",
        ),
        ("given: {x: {note: a}}\ndefine: {L: x}", "E112 1:12"),
        ("given: {x: {shape: [x]}, y: {shape: [1.5]}}\ndefine: {L: x}", "E231 1:9 E117 1:38"),
        (
            "given: {x: {value: 1, assume: [symetric], structure: odd}}\ndefine: {L: x}",
            "E118 1:32 E118 1:54",
        ),
        (
            "given: {x: 1_000, y: .inf, z: , w: []}\ndefine: {L: x}",
            "E115 1:12 E115 1:22 E111 1:31 E116 1:36",
        ),
        ("given: {x: 1e99999}\ndefine: {L: x}", "E107 1:12"),
        ("given: {x: y}\ndefine: {L: x}", "E237 1:12"),
        ("given: {x: [[1, y]]}\ndefine: {L: x}", "E237 1:17"),
        ("given: {x: 1}\nfind: [{value: x, expect: [[1], [2*r]]}]", "E232 2:36"),
        ("given: {x: {file: a.npy}}\ndefine: {L: x}", "E130 1:19"),
        ("given: {x: {vlaue: 1}}\ndefine: {L: x}", "E112 1:12 E110 1:13"),
        ("given: {x: 1}\ndefine: {x: 1}", "E231 2:10"),
        (
            "given: {pi: 1, a b: 1, ｘ: 1, 1: 2}\nfind: [{value: pi}]",
            "E230 1:9 E230 1:16 E230 1:24 E230 1:30",
        ),
        ("given: {x: 1, L: 2, dL_dx: 3}\ndefine: {y: x}", "E235 1:21"),
        ("given: {x: 1}\ndefine: {L: x + yy}", "E232 2:17"),
        ("given: {x: 1}\ndefine: {L: dL_dx}", "E234 2:13"),
        ("given: {x: 1}\ndefine: {L: logg(x) + x(2)}", "E233 2:13 E233 2:23"),
        ("given: {x: 1}\ndefine: {a: b, b: c + x, c: a}", "E234 2:13"),
        ("given: {x: 1}\ndefine: {a: a, b: b}", "E234 2:13 E234 2:19"),
        ("given: {x: 1}\ndefine: {a: x +, b: {c: 1}}", "E202 2:16 E112 2:21 E110 2:22"),
        ("given: {a: 1, b_dc: 1, a_db: 1, c: 1}\ndefine: {L: da_db_dc}", "E235 2:13"),
        ("given: {x: [1]}\nindex_base: 1\ndefine: {L: 'x[0]'}", "E236 3:16"),
        (
            "given: {x: 1}\nfind: [{wrt: x}, {value: x, gradient: x}, 3]",
            "E113 2:8 E113 2:18 E111 2:43",
        ),
        (
            "given: {x: 1}\nfind: [{vjp: x}, {value: x, wrt: x, vector: x}]",
            "E112 2:8 E113 2:34 E113 2:45",
        ),
        ("given: {x: 1}\nfind: [{value: norm(x, 2)}]", "E114 2:20"),
        ("given: {x: 1}\ndefine: {L: norm(norm(x, 2), y, 1) + x, z: y}", "E114 2:22 E232 2:44"),
        ("given: {x: 1, y)}", "E112 1:1 E230 1:15"),
        (
            "given: {x: 1}\nfind: [{gradient: x, wrt: x + 1, expect: {x*2: 1, q: 2, x: r}}]",
            "E114 2:27 E114 2:43 E232 2:51 E232 2:60",
        ),
        (
            "given: {x: 1}\nfind: [{value: x, tolerance: -1, points: a, expect: []}]",
            "E111 2:30 E111 2:42 E116 2:53",
        ),
    ],
)
def test_faults_have_code_and_place(text, expected):
    """All faults of a file are reported at once, in its order, each where it stands."""
    assert faults(text) == expected


def test_hints_name_what_was_meant():
    """Near words are offered; a function without its brackets is recognised."""
    text = "given: {weight: 1}\ndefine: {L: wieght + relu + sigmoyd(2)}"
    with pytest.raises(InputError) as caught:
        load_text(text, "f", FUNCTIONS)

    hints = [d.hint for d in caught.value.diagnostics]
    assert hints == [
        "did you mean `weight`?",
        "`relu` is a function: write `relu(...)`",
        "did you mean `sigmoid`?",
    ]


def test_only_limits_exit_as_a_limit():
    """A file whose only fault is a limit raises LimitError, with other faults InputError."""
    with pytest.raises(LimitError):
        load_text("given: {x: 1e99999}\ndefine: {L: x}")
    with pytest.raises(InputError):
        load_text("given: {x: 1e99999}\ndefine: {L: y}")


@pytest.mark.parametrize("name", ["S", "N", "Q", "E", "I", "beta", "gamma", "zeta", "β", "e", "no"])
def test_names_of_other_systems_are_free(name):
    """A name is what the file says it is, also where it is called as a function elsewhere."""
    problem = load_text(f"given: {{{name}: 2}}\ndefine: {{L: {name}**2}}")

    assert list(problem.given) == [name]


def test_ten_thousand_steps_load_without_recursion():
    """A chain of any length is checked for cycles with a loop."""
    steps = "".join(f"  y{i}: y{i - 1} + 1\n" for i in range(1, 3000))

    problem = load_text(f"given: {{x: 1}}\ndefine:\n  y0: x\n{steps}")

    assert len(problem.define) == 3000


def test_values_from_files(tmp_path):
    """npy and csv files of the problem's folder are values; csv decimals are exact."""
    numpy = pytest.importorskip("numpy")
    numpy.save(tmp_path / "W.npy", numpy.ones((2, 3)))
    (tmp_path / "b.csv").write_text("0.10, 2\n3,4\n")
    file = tmp_path / "p.yaml"
    file.write_text(
        "given: {W: {file: W.npy}, b: {value: {file: b.csv}, shape: [n, 2]}}\nfind: [{value: W}]"
    )

    problem = load(file)

    assert problem.given["W"].shape == (2, 3)
    assert problem.given["b"].value[0][0] == Number(Fraction(1, 10))
    assert problem.dims == {"n": 2}


@pytest.mark.parametrize(
    "name", ["../secret.npy", "/etc/passwd", "link.npy", "absent.csv", "a.npz"]
)
def test_values_stay_in_the_folder(tmp_path, name):
    """Paths that leave the problem's folder, links out of it and other files are refused."""
    (tmp_path / "secret.npy").write_bytes(b"")
    folder = tmp_path / "folder"
    folder.mkdir()
    os.symlink(tmp_path / "secret.npy", folder / "link.npy")

    found = faults(f"given: {{x: {{file: {name}}}}}\ndefine: {{L: x}}", folder=folder)

    assert found == "E130 1:19"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.npy", b"no array"),
        ("a.csv", b"1,2\n3\n"),
        ("a.csv", b"1,b\n"),
        ("a.csv", b"\xff\xfe"),
        ("a.csv", b""),
    ],
)
def test_files_that_hold_no_numbers(tmp_path, name, content):
    """What is not a regular array of numbers is refused with its place."""
    (tmp_path / name).write_bytes(content)

    found = faults(f"given: {{x: {{file: {name}}}}}\ndefine: {{L: x}}", folder=tmp_path)

    assert found == "E131 1:19"


def test_pickled_objects_in_npy_are_refused(tmp_path):
    """An npy file of Python objects would run code when read."""
    numpy = pytest.importorskip("numpy")
    numpy.save(tmp_path / "a.npy", numpy.array([{}, 1], dtype=object), allow_pickle=True)

    found = faults("given: {x: {file: a.npy}}\ndefine: {L: x}", folder=tmp_path)

    assert found == "E131 1:19"


def test_bytes_that_are_no_text(tmp_path):
    """Another encoding than UTF-8 is named with its place; a byte-order mark is fine."""
    file = tmp_path / "p.yaml"
    file.write_bytes(b"given: {x: 1}\ntitle: caf\xe9\n")
    with pytest.raises(InputError) as caught:
        load(file)
    assert caught.value.diagnostics[0].place.column == 11

    file.write_bytes(b"\xef\xbb\xbfgiven: {x: 1}\ndefine: {L: x}\n")
    assert list(load(file).define) == ["L"]


def test_the_number_of_faults_shown_is_bounded():
    """A file of faults shows fifty, and says how many there are."""
    lines = "".join(f"  y{i}: z{i}\n" for i in range(60))
    with pytest.raises(InputError) as caught:
        load_text(f"given: {{x: 1}}\ndefine:\n{lines}", "f")

    *shown, last = caught.value.diagnostics
    assert len(shown) == 50
    assert (last.code, last.message, last.place.line) == (
        "E119",
        "10 more faults are not shown",
        53,
    )
