"""Linear algebra: products, structure of matrices, inverses, determinants, spectra."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symback.functions import forms, forms_matrix, spectra
from symback.functions.entry import Function, Kind, Rule
from symback.functions.late import late


def _value(name: str) -> Any:
    return late("values_linalg", name)


def _index(
    name: str, signature: str, arrays: int, summary: str, build: Any, latex: str, **columns: Any
) -> Function:
    return Function(
        name=name,
        signature=signature,
        kind=Kind.INDEX,
        summary=summary,
        arrays=arrays,
        build=build,
        latex=latex,
        value=_value(name),
        **columns,
    )


def _primitive(
    name: str, signature: str, summary: str, vjp: Rule, build: Any, latex: str, **columns: Any
) -> Function:
    return Function(
        name=name,
        signature=signature,
        kind=Kind.PRIMITIVE,
        summary=summary,
        vjps=(vjp,),
        build=build,
        latex=latex,
        value=_value(name),
        **columns,
    )


def _block(name: str) -> Rule:
    """The derivative of a matrix function is its value at a block triangular matrix (Mathias)."""

    def rule(settings: Mapping[str, Any]) -> str:
        n = settings["n"]
        upper = "concat([A.T, ct], axis=1)"
        lower = "concat([0*A, A.T], axis=1)"
        return f"{name}(concat([{upper}, {lower}], axis=0))[:{n}, {n}:]"

    return rule


def _matrix_power(settings: Mapping[str, Any]) -> str:
    exponent = settings["exponent"]
    return " + ".join(
        f"matrix_power(A, {k}).T@ct@matrix_power(A, {exponent - 1 - k}).T" for k in range(exponent)
    )


_PHI = "(tril(out.T@ct) - diag(diag(out.T@ct))/2)"
_CHOLESKY = f"(inv(out).T@{_PHI}@inv(out) + (inv(out).T@{_PHI}@inv(out)).T)/2"

ROWS: tuple[Function, ...] = (
    _index("dot", "a, b", 2, "sum of a[i]*b[i]; the product of matrices", forms.dot, r"#1^\top #2"),
    _index("outer", "a, b", 2, "the matrix a[i]*b[j]", forms.outer, r"#1 #2^\top"),
    _index("trace", "A", 1, "sum of the diagonal", forms.trace, r"\operatorname{tr}", text="tr"),
    _index(
        "diag",
        "x",
        1,
        "diagonal matrix of a vector, diagonal of a matrix",
        forms.diag,
        r"\operatorname{diag}",
        text="diag",
    ),
    _index(
        "tril",
        "A, k=0",
        1,
        "entries on and below the k-th diagonal, zeros elsewhere",
        lambda A, k: forms.triangle(A, k, lower=True),
        r"\operatorname{tril}",
        samples=("", "1", "-1"),
    ),
    _index(
        "triu",
        "A, k=0",
        1,
        "entries on and above the k-th diagonal, zeros elsewhere",
        lambda A, k: forms.triangle(A, k, lower=False),
        r"\operatorname{triu}",
        samples=("", "1", "-1"),
    ),
    _index("kron", "a, b", 2, "Kronecker product", forms.kron, r"#1\otimes #2"),
    _index("cross", "a, b", 2, "vector product in three dimensions", forms.cross, r"#1\times #2"),
    _index("eye", "n", 0, "identity matrix", lambda n: forms.identity(n), "I"),
    _index(
        "zeros",
        "*shape",
        0,
        "array of zeros: zeros(2, 3) or zeros((2, 3))",
        forms_matrix.zeros,
        r"\mathbf{0}",
    ),
    _index(
        "ones",
        "*shape",
        0,
        "array of ones: ones(2, 3) or ones((2, 3))",
        forms_matrix.ones,
        r"\mathbf{1}",
    ),
    _index(
        "onehot",
        "i, n",
        0,
        "unit vector of length n with its 1 at i (from 0)",
        lambda i, n: forms.onehot(i, n),
        r"\operatorname{onehot}",
    ),
    _index(
        "arange", "n", 0, "0, 1, ..., n - 1", lambda n: forms.arange(n), r"\operatorname{arange}"
    ),
    _index(
        "einsum",
        "spec, *operands",
        1,
        'sum of products by labels: einsum("ij,jk->ik", A, B)',
        forms.einsum,
        r"\operatorname{einsum}",
    ),
    _primitive(
        "inv",
        "A",
        "inverse matrix",
        "-(out.T@ct@out.T)",
        forms_matrix.inverse,
        "#1^{-1}",
        domain=("invertible",),
        source="Petersen, Pedersen, The Matrix Cookbook, eq. 60",
    ),
    Function(
        name="solve",
        signature="A, b",
        kind=Kind.INDEX,
        summary="x with A@x = b; for a tall A the least squares solution",
        arrays=2,
        domain=("invertible", "real"),
        latex="#1^{-1} #2",
        build=forms_matrix.solve,
        value=_value("solve"),
    ),
    Function(
        name="pinv",
        signature="A",
        kind=Kind.INDEX,
        summary="pseudo-inverse of a matrix of full rank",
        domain=("invertible",),
        latex="#1^{+}",
        build=forms_matrix.pseudo_inverse,
        value=_value("pinv"),
    ),
    _primitive(
        "det",
        "A",
        "determinant",
        "ct*out*inv(A).T",
        forms_matrix.determinant,
        r"\det",
        domain=("invertible",),
        source="Giles, An extended collection of matrix derivative results, 2.2.4",
    ),
    _primitive(
        "logdet",
        "A",
        "logarithm of a positive determinant",
        "ct*inv(A).T",
        forms_matrix.log_determinant,
        r"\log\det",
        text="log det",
        domain=("spd",),
    ),
    _primitive(
        "logabsdet",
        "A",
        "logarithm of the absolute value of the determinant",
        "ct*inv(A).T",
        forms_matrix.log_absolute_determinant,
        r"\log|\det #1|",
        domain=("invertible",),
    ),
    _primitive(
        "matrix_power",
        "A, exponent",
        "product of `exponent` factors A; of the inverse for negative exponents",
        _matrix_power,
        forms_matrix.matrix_power,
        "",
        samples=("2", "3", "-2"),
        domain=("invertible",),
    ),
    _primitive(
        "expm",
        "A",
        "matrix exponential",
        _block("expm"),
        forms_matrix.expm,
        r"\exp",
        text="expm",
        commuting="ct@out.T",
    ),
    _primitive(
        "cosm",
        "A",
        "matrix cosine",
        _block("cosm"),
        forms_matrix.cosm,
        r"\cos",
        text="cosm",
        commuting="-(ct@sinm(A).T)",
    ),
    _primitive(
        "sinm",
        "A",
        "matrix sine",
        _block("sinm"),
        forms_matrix.sinm,
        r"\sin",
        text="sinm",
        commuting="ct@cosm(A).T",
    ),
    _primitive(
        "cholesky",
        "A",
        "lower triangular L with L@L.T = (A + A.T)/2",
        _CHOLESKY,
        forms_matrix.cholesky,
        r"\operatorname{chol}",
        domain=("spd",),
        source="Murray, Differentiation of the Cholesky decomposition, 2016",
    ),
    _primitive(
        "eigvalsh",
        "A",
        "eigenvalues of (A + A.T)/2, ascending",
        spectra.eigenvalue_rule,
        forms_matrix.eigenvalues,
        r"\lambda",
        text="λ",
        domain=("symmetric",),
        kinks="two eigenvalues are equal",
        direct=spectra.of_spectrum,
    ),
    Function(
        name="svdvals",
        signature="X",
        kind=Kind.COMPOSITE,
        summary="singular values, descending",
        domain=("invertible",),
        latex=r"\sigma",
        text="σ",
        body=forms_matrix.singular_values,
        value=_value("svdvals"),
    ),
)
