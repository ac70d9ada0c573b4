"""Linear algebra: products, structure of matrices, inverses, determinants, spectra."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from symback.functions import forms, forms_matrix, forms_stacks, forms_structure, spectra
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


def _triangles(name: str) -> tuple[str, ...]:
    forms = ("A{3,3}", "A{2,3}, 1", "A{3,2}, k=-1", "A{2,2,2}")
    return tuple(f"{name}({form})" for form in forms)


def _block(name: str, more: str = "") -> Callable[[Mapping[str, Any]], str]:
    """The derivative of a matrix function is its value at a block triangular matrix (Mathias)."""

    def rule(settings: Mapping[str, Any]) -> str:
        n = settings["n"]
        upper = "concat([A.T, ct], axis=1)"
        lower = "concat([0*A, A.T], axis=1)"
        return f"{name}(concat([{upper}, {lower}], axis=0){more})[:{n}, {n}:]"

    return rule


def _lower_power(settings: Mapping[str, Any]) -> str:
    exponent = settings.get("exponent", "exponent")
    return f"{exponent}*ct@matrix_power(A, {exponent} - 1).T"


def _matrix_power(settings: Mapping[str, Any]) -> str:
    exponent = settings.get("exponent")
    if exponent is None:
        return _block("matrix_power", ", exponent")({"n": settings["shape"][0]})
    return " + ".join(
        f"matrix_power(A, {k}).T@ct@matrix_power(A, {exponent - 1 - k}).T" for k in range(exponent)
    )


_PHI = "(tril(out.T@ct) - diag(diag(out.T@ct))/2)"
_CHOLESKY = f"(inv(out).T@{_PHI}@inv(out) + (inv(out).T@{_PHI}@inv(out)).T)/2"

ROWS: tuple[Function, ...] = (
    _index(
        "dot",
        "a, b",
        2,
        "sum of a[i]*b[i]; the product of matrices",
        forms.dot,
        r"#1^\top #2",
        samples=(
            "dot(a{3}, b{3})",
            "dot(A{2,3}, B{3,2})",
            "dot(A{2,3}, b{3})",
            "dot(a{2}, B{2,3})",
            "dot(a{}, B{2,3})",
        ),
    ),
    _index(
        "outer",
        "a, b",
        2,
        "the matrix a[i]*b[j]",
        forms.outer,
        r"#1 #2^\top",
        samples=("outer(a{2}, b{3})", "outer(A{2,2}, b{2})"),
    ),
    _index(
        "trace",
        "A",
        1,
        "sum of the diagonal",
        forms_structure.trace,
        r"\operatorname{tr}",
        text="tr",
        samples=("trace(A{3,3})", "trace(A{2,3})"),
    ),
    _index(
        "diag",
        "x, k=0",
        1,
        "matrix with a vector on its k-th diagonal, k-th diagonal of a matrix",
        forms_structure.diag,
        r"\operatorname{diag}",
        text="diag",
        samples=(
            "diag(x{3})",
            "diag(x{3,3})",
            "diag(x{2,3})",
            "diag(x{2}, 1)",
            "diag(x{2}, k=-1)",
            "diag(x{2,3}, 1)",
            "diag(x{3,2}, k=-1)",
        ),
    ),
    _index(
        "tril",
        "A, k=0",
        1,
        "entries on and below the k-th diagonal, zeros elsewhere",
        lambda A, k: forms_structure.triangle(A, k, lower=True),
        r"\operatorname{tril}",
        samples=_triangles("tril"),
    ),
    _index(
        "triu",
        "A, k=0",
        1,
        "entries on and above the k-th diagonal, zeros elsewhere",
        lambda A, k: forms_structure.triangle(A, k, lower=False),
        r"\operatorname{triu}",
        samples=_triangles("triu"),
    ),
    _index(
        "kron",
        "a, b",
        2,
        "Kronecker product",
        forms.kron,
        r"#1\otimes #2",
        samples=("kron(a{2}, b{3})", "kron(A{2,2}, B{2,3})", "kron(a{2}, B{2,2})"),
    ),
    _index(
        "cross",
        "a, b",
        2,
        "vector product in three dimensions, along the last axis",
        forms.cross,
        r"#1\times #2",
        samples=("cross(a{3}, b{3})", "cross(a{2,3}, b{3})"),
    ),
    _index(
        "eye",
        "n, m=None, k=0",
        0,
        "identity matrix; n rows and m columns with ones on the k-th diagonal",
        forms_structure.identity,
        "I",
        samples=("eye(3)", "eye(2, 3)", "eye(3, k=1)", "eye(2, m=3, k=-1)"),
    ),
    _index(
        "zeros",
        "*shape",
        0,
        "array of zeros: zeros(2, 3) or zeros((2, 3))",
        forms_matrix.zeros,
        r"\mathbf{0}",
        samples=("zeros(3)", "zeros(2, 3)", "zeros((2, 3))"),
    ),
    _index(
        "ones",
        "*shape",
        0,
        "array of ones: ones(2, 3) or ones((2, 3))",
        forms_matrix.ones,
        r"\mathbf{1}",
        samples=("ones(3)", "ones(2, 3)", "ones((2, 3))"),
    ),
    _index(
        "onehot",
        "i, n",
        0,
        "unit vector of length n with its 1 at i (from 0); a row for each of several i",
        forms_structure.onehot,
        r"\operatorname{onehot}",
        samples=("onehot(1, 3)", "onehot([0, 2, 0], 3)"),
    ),
    _index(
        "arange",
        "n, stop=None, step=1",
        0,
        "0, 1, ..., n - 1; or n, n + step, ... before stop",
        forms_structure.arange,
        r"\operatorname{arange}",
        samples=("arange(3)", "arange(1, 4)", "arange(5, 0, step=-2)"),
    ),
    _index(
        "einsum",
        "spec, *operands",
        1,
        'sum of products by labels: einsum("ij,jk->ik", A, B)',
        forms.einsum,
        r"\operatorname{einsum}",
        samples=(
            'einsum("ij,jk->ik", A{2,3}, B{3,2})',
            'einsum("ij->ji", A{2,3})',
            'einsum("ii->i", A{3,3})',
            'einsum("ii->", A{3,3})',
            'einsum("i,i->", a{3}, a)',
            'einsum("i,j->ij", a{2}, b{3})',
            'einsum("bij,bjk->bik", A{2,2,3}, B{2,3,2})',
            'einsum("i,ij,jk,k->", a{2}, A{2,3}, B{3,2}, b{2})',
            'einsum("ij,ij->i", A{2,3}, B{2,3})',
            'einsum("...ij,...jk->...ik", A{2,1,2}, B{2,2,1})',
            'einsum("...i,i...->...", A{2,3}, b{3})',
            'einsum("i...,...j->...ij", A{2,1,2}, B{3,1,2})',
        ),
    ),
    _primitive(
        "inv",
        "A",
        "inverse matrix, of each matrix of a stack",
        forms_stacks.of_inverse,
        forms_matrix.inverse,
        "#1^{-1}",
        samples=("inv(A{3,3})", "inv(A{1,1})", "inv(A{2,2,2})"),
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
        samples=(
            "solve(A{3,3}, b{3})",
            "solve(A{2,2}, b{2,2})",
            "solve(A{3,2}, b{3})",
            "solve(A{1,2}, b{1})",
            "solve(A{2,2,2}, b{2})",
            "solve(A{2,1,2,2}, b{2,2,1})",
        ),
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
        samples=("pinv(A{3,2})", "pinv(A{1,2})", "pinv(A{2,2})", "pinv(A{2,2,1})"),
        latex="#1^{+}",
        build=forms_matrix.pseudo_inverse,
        value=_value("pinv"),
    ),
    _primitive(
        "det",
        "A",
        "determinant, of each matrix of a stack",
        forms_stacks.of_determinant("ct*out"),
        forms_matrix.determinant,
        r"\det",
        samples=("det(A{3,3})", "det(A{1,1})", "det(A{2,2,2})"),
        domain=("invertible",),
        source="Giles, An extended collection of matrix derivative results, 2.2.4",
    ),
    _primitive(
        "logdet",
        "A",
        "logarithm of a positive determinant",
        forms_stacks.of_determinant("ct"),
        forms_matrix.log_determinant,
        r"\log\det",
        text="log det",
        samples=("logdet(A{3,3})", "logdet(A{2,2,2})"),
        domain=("spd",),
    ),
    _primitive(
        "logabsdet",
        "A",
        "logarithm of the absolute value of the determinant",
        forms_stacks.of_determinant("ct"),
        forms_matrix.log_absolute_determinant,
        r"\log|\det #1|",
        samples=("logabsdet(A{3,3})", "logabsdet(A{1,2,2,2})"),
        domain=("invertible",),
    ),
    _primitive(
        "matrix_power",
        "A, exponent",
        "product of `exponent` factors A, a number or a name; negative ones: of the inverse",
        _matrix_power,
        forms_matrix.matrix_power,
        "",
        samples=(
            *(f"matrix_power(A{{2,2}}, {n})" for n in (0, 1, 2, 3, -1, -2, 5)),
            "matrix_power(A{2,2}, exponent=-5)",
        ),
        commuting=_lower_power,
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
        samples=("expm(A{2,2})",),
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
        samples=("cosm(A{2,2})",),
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
        samples=("sinm(A{2,2})",),
        commuting="ct@cosm(A).T",
    ),
    _primitive(
        "cholesky",
        "A",
        "lower triangular L with L@L.T = (A + A.T)/2",
        _CHOLESKY,
        forms_matrix.cholesky,
        r"\operatorname{chol}",
        samples=("cholesky(A{3,3})", "cholesky(A{1,1})"),
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
        samples=tuple(f"eigvalsh(A{{{n},{n}}})" for n in (1, 2, 3)),
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
        samples=("svdvals(X{3,2})", "svdvals(X{1,3})"),
        body=forms_matrix.singular_values,
        value=_value("svdvals"),
    ),
)
