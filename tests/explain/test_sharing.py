"""Parts that forms have in common."""

from symback.calculus.program import Program
from symback.explain.naming.sharing import MAX_NODES, share
from symback.functions import table
from symback.language import parse, size, substitute, write
from symback.tensor.poly import leaf


def test_of_two_equal_steps_the_second_is_the_first():
    """Equal error signals do not get each other's names, which would define neither."""
    steps = [("dL_da", parse("2*x*y/z + z")), ("dL_db", parse("2*x*y/z + z"))]

    _, _, forms = share(Program(table()), [parse("dL_da + dL_db")], steps)

    assert [write(form) for form in forms] == ["2*x*y/z + z", "dL_da"]


def scalars() -> Program:
    """Return a program with three given scalars."""
    program = Program(table())
    for name in "xyz":
        program.tensors[name] = leaf(name)
    return program


def test_parts_have_the_letters_that_people_use():
    """p for probabilities, r for residuals, G for a Gram matrix; another where one is taken."""
    program = scalars()
    for name, shape in {"a": (3,), "b": (3,), "p": (3,), "A": (3, 3)}.items():
        program.tensors[name] = leaf(name, shape)
    parts = ["softmax(2*a)", "a*b - b*b", "(A*A).T @ (A*A)", "cos(x*y + 2)"]
    trees = [parse(f"sum(sin({part}) + ({part}))") for part in parts]

    shared, _, _ = share(program, trees, [])

    assert {write(tree): name for name, tree, _ in shared} == dict(
        zip(parts, ["q", "r", "G", "c"], strict=True)
    )


def whole(shared, form):
    """Put the named parts back where their names stand."""
    for name, tree, _ in reversed(shared):
        form = substitute(form, {name: tree})
    return form


def test_what_occurs_several_times_is_named_once():
    """Long parts first, and within these what they have in common with others."""
    text = "sin(x*y + z)*(x*y + z) + cos(x*y + z)"

    shared, (form,), _ = share(scalars(), [parse(text)], [])

    assert [(name, write(tree)) for name, tree, _ in shared] == [("c", "x*y + z")]
    assert write(form) == "sin(c)*c + cos(c)"


def test_a_part_that_a_step_is_equal_to_gets_its_name():
    """The step itself stays as it is."""
    steps = [("dL_dz", parse("2*x*y + z"))]

    shared, (form,), (step,) = share(scalars(), [parse("sin(2*x*y + z)")], steps)

    assert not shared
    assert (write(form), write(step)) == ("sin(dL_dz)", "2*x*y + z")


def test_formulas_too_long_to_be_read_are_cut():
    """A sum of hundreds of different terms is a sum of partial sums; none is too long."""
    tree = parse(" + ".join(f"sin({k}*x)" for k in range(500)))

    shared, (form,), _ = share(scalars(), [tree], [])

    assert len(shared) > 5
    assert max(size(one) for one in (form, *(part for _, part, _ in shared))) <= MAX_NODES
    assert write(whole(shared, form)) == write(tree)
    assert size(tree) > MAX_NODES


def test_a_form_that_doubles_is_written_once_each_time():
    """Twenty nested products: a name for each but the last, not a million nodes."""
    form = parse("x + y")
    for _ in range(20):
        form = substitute(parse("sin(a)*a + x"), {"a": form})

    shared, (short,), _ = share(scalars(), [form], [])

    assert len(shared) == 19
    assert max(size(part) for _, part, _ in shared) < 12
    assert size(short) < 12
