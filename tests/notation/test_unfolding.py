"""Names taken back where the whole is shorter without them."""

from tests.notation.printed import printed


def test_a_cotangent_that_is_used_once_after_all_has_no_name():
    """Two uses of a symmetric inverse become one, and then nothing is left to name."""
    found = printed("gradient", "X:m,n", "logdet(eye(n) + X.T@X)", "X")

    assert found == {"dresult_dX": "2*(X @ inv(eye(n) + X.T @ X))"}


def test_a_cotangent_that_is_used_twice_keeps_its_name():
    """The error signal of a layer is written once, for its weights and for its bias."""
    steps = {"z": "W @ x + b", "y": "sigmoid(z)"}

    found = printed("vjp", "x:n W:m,n b:m g:m", "y", "W, b", steps)

    assert found["dL_dW"] == "outer(dL_dz, x)"
    assert found["dL_db"] == "dL_dz"


def test_symmetric_facts_reach_a_named_cotangent():
    """The cotangent of C is symmetric because S is: C + C.T is 2*C."""
    steps = {"C": "W @ W.T + s*eye(n)"}
    variables = "W:n,k s: S:n,n:symmetric"

    found = printed("gradient", variables, "-(logdet(C) + trace(inv(C) @ S))/2", "W", steps)

    assert found == {"dresult_dW": "inv(C) @ (S @ inv(C) @ W - W)"}


def test_the_sign_of_an_error_is_the_users():
    """The error in sum((W@z - t)**2) is W@z - t, not its negative."""
    found = printed("gradient", "W:m,n z:n t:m", "sum((W @ z - t)**2)/2", "W, z")

    assert found["delta"] == "W @ z - t"
    assert found["dresult_dW"] == "outer(delta, z)"


def test_the_place_of_a_constant_gradient_is_kept():
    """Where a slice's gradient is one number everywhere, other entries still have none."""
    found = printed(
        "gradient", "P:3,2,2 w:2", "tanh(mean(s))*(mean(s) + norm(w))", "P", {"s": "P[:-1]"}
    )

    assert found["dresult_dP"].startswith("pad(")


def test_a_long_product_stays_in_named_parts():
    """Forty factors are not put together again, whatever that would save."""
    product = " @ ".join(["(x*A)"] * 40)

    found = printed("gradient", "x: A:n,n v:n", f"dot(v, {product} @ v)", "x")

    assert len(found) > 2
    assert all(form.count("A") <= 20 for form in found.values())
