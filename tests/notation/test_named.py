"""Names of steps found in results."""

from tests.notation.printed import printed


def test_several_names_may_be_worth_it_where_one_is_not():
    """x/|x| by rows has the form that it has for one vector."""
    found = printed("vjp", "x:m,n g:m,n", "x/norm(x, 2, axis=1, keepdims=True)", "x")

    rows = "sum(result*g, axis=1, keepdims=True)"
    assert found == {"dL_dx": f"(g - result*{rows})/norm(x, axis=1, keepdims=True)"}


def test_a_step_with_an_axis_of_length_1_is_recognised():
    """The reciprocal root of a row is the user's r."""
    steps = {"r": "rsqrt(mean(x**2, axis=1, keepdims=True) + 1)"}

    found = printed("vjp", "x:m,n g:m,n", "x*r", "x", steps)

    assert found == {"dL_dx": "r*(g - result*mean(result*g, axis=1, keepdims=True))"}


def test_a_step_is_put_in_every_term_at_once():
    """Where one term alone would be longer, because the others share the product, all get it."""
    density = "x**(a - 1)*(1 - x)**(b - 1)/beta(a, b)"

    found = printed("gradient", "x: a: b:", density, "x")

    assert found == {"dresult_dx": "result*((a - 1)/x - (b - 1)/(1 - x))"}


def test_a_part_of_an_array_does_not_stand_for_the_whole():
    """What is equal to a step where the step has entries, and has more, is not the step."""
    blocks = printed("hessian", "C:2 B:3", "sum(exp(s))**2", "C, B", {"s": "concat([C, B])"})
    part = printed("gradient", "s:4 w:4", "sum(y) + sum(exp(s)*w)", "s", {"y": "exp(s)[:2]"})

    assert blocks == {
        "u": "exp(s)[:2]",
        "r": "exp(s)[2:]",
        "c": "sum(exp(s))",
        "d2result_dC_dC": "2*(outer(u, u) + diag(u)*c)",
        "d2result_dC_dB": "2*outer(u, r)",
        "d2result_dB_dC": "2*outer(r, u)",
        "d2result_dB_dB": "2*(diag(r)*c + outer(r, r))",
    }
    assert part == {"dresult_ds": "exp(s)*(w + pad(ones(2), [(0, 2)]))"}
