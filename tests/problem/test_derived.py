import pytest

from symback.problem.derived import Derived, readings

KNOWN = ("L", "F", "x", "z2", "w", "A", "B", "a", "a_db", "b_dc", "c")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("dL_dz2", [Derived("L", ("z2",))]),
        ("dF_dx", [Derived("F", ("x",))]),
        ("d2L_dA_dB", [Derived("L", ("A", "B"))]),
        ("dF_along_v", [Derived("F", (), "v")]),
        ("d2L_dw_dw_v", [Derived("L", ("w", "w"), "v")]),
        ("da_db_dc", [Derived("a", ("b_dc",)), Derived("a_db", ("c",))]),
        ("dL_dq", []),
        ("dq_dx", []),
        ("L", []),
    ],
)
def test_readings(name, expected):
    """A derivative's name is read against the names that are declared, in every possible way."""
    assert list(readings(name, KNOWN)) == expected


def test_the_unnamed_scalar_is_called_L():
    """`dL_dx` is a name although no step is called L."""
    assert readings("dL_dx", ("x",), ("L",)) == (Derived("L", ("x",)),)
