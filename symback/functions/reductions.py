"""Sums, means, products, extrema, norms and running sums over axes."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from symback.functions.entry import Function, Kind
from symback.functions.forms import entries as forms
from symback.functions.forms.primitives import primitive
from symback.functions.late import late
from symback.functions.products import (
    guarded_product,
    guarded_running_product,
    product,
    running_product,
    spread,
)
from symback.tensor.algebra import contract, restrict
from symback.tensor.poly import Poly, add
from symback.tensor.powers import power
from symback.tensor.shifts import apart

AXES = "axis=None, keepdims=False"
#: What the order of a norm may be.
ORDERS = 'numbers from 0 on, "fro", "inf", "-inf" and "nuc"'


def _along(name: str, *more: str) -> tuple[str, ...]:
    """Return samples of a reduction with every form of its axes, and more of its own."""
    axes = ("", ", 0", ", axis=-2, keepdims=True", ", axis=None, keepdims=True")
    rows = [f"{name}(x{{2,3}}{form})" for form in axes]
    return (*rows, f"{name}(x{{2,3,2}}, axis=(0, -1))", f"{name}(x{{3}})", *more)


def _running(name: str) -> tuple[str, ...]:
    """Return samples of what runs along one axis."""
    axes = ("", ", 0", ", axis=-1", ", axis=None")
    return (*(f"{name}(x{{2,3}}{form})" for form in axes), f"{name}(x{{3}})")


def _norms() -> tuple[str, ...]:
    orders = ("", ", 1", ", 3", ", ord=7/2", ', "inf"', ', "-inf"', ", 0", ', "fro"')
    axes = (
        ", 2, 1",
        ", 1, axis=-1, keepdims=True",
        ", axis=None, keepdims=True",
        ', "inf", axis=0',
        ", 3, axis=(0, 1)",
    )
    forms = [f"norm(x{{2,3}}{form})" for form in orders + axes]
    return (*forms, "norm(x{3})", 'norm(x{1,3}, "nuc")')


def _value(name: str) -> Any:
    return late("reductions", name)


def _extremum(settings: Mapping[str, Any]) -> str:
    out, ct = spread("out", settings), spread("ct", settings)
    return f"{ct}*(x == {out})"


def _shared_extremum(settings: Mapping[str, Any]) -> str:
    """Share the cotangent among the entries that tie."""
    out, ct = spread("out", settings), spread("ct", settings)
    axis = settings["axis"]
    return f"{ct}*(x == {out})/sum(x == {out}, axis={axis}, keepdims=True)"


def _logsumexp(settings: Mapping[str, Any]) -> str:
    ct = spread("ct", settings)
    axis = settings["axis"]
    if axis is None and settings["ndim"] == 1:
        axis = 0
    if isinstance(axis, int):
        return f"{ct}*softmax(x, axis={axis})"
    return f"{ct}*exp(x - {spread('out', settings)})"


def _deviation(settings: Mapping[str, Any]) -> str:
    return f"sqrt({_variance(settings)})"


def _variance(settings: Mapping[str, Any]) -> str:
    axis, keepdims, ddof = settings["axis"], settings["keepdims"], settings["ddof"]
    centred = f"(x - mean(x, axis={axis}, keepdims=True))**2"
    if not ddof:
        return f"mean({centred}, axis={axis}, keepdims={keepdims})"
    count = f"sum(0*x + 1, axis={axis}, keepdims={keepdims})"
    return f"sum({centred}, axis={axis}, keepdims={keepdims})/({count} - {ddof})"


def _norm(settings: Mapping[str, Any]) -> str:
    order, axes = settings["ord"], f"axis={settings['axis']}, keepdims={settings['keepdims']}"
    if order in (2, "fro"):
        return f"sqrt(sum(x*x, {axes}))"
    if order == 1:
        return f"sum(abs(x), {axes})"
    if order in ("inf", "-inf"):
        return f"{'max' if order == 'inf' else 'min'}(abs(x), {axes})"
    if order == "nuc":
        return "sum(svdvals(x))"
    if order == 0:
        return f"sum(x != 0, {axes})"
    if not isinstance(order, int | Fraction) or order < 0:
        hint = f"orders are {ORDERS}"
        raise forms.ShapeFault(f"`norm` has no order {order}", hint)
    p = Fraction(order)
    return f"sum(abs(x)**({p}), {axes})**({1 / p})"


def logarithm_of_sum(x: Poly, axis: forms.Axes = None, keepdims: bool = False) -> Poly:
    """Return log(sum(exp(x), axis)); that of u + c is that of u, plus c, for a constant c."""
    axes = forms.axes_of(axis, len(x.shape))
    if isinstance(axis, int):
        axis = axes[0] if len(x.shape) > 1 else None
    x, constant = apart(x, axes)
    shape = forms.reduced(x.shape, axes, keepdims)
    settings = {"axis": axis, "keepdims": keepdims, "ndim": len(x.shape)}
    found = primitive("logsumexp", shape, (x,), **settings)
    if not constant.terms:
        return found
    kept = tuple(k for k in range(len(x.shape)) if k not in axes)
    outside = restrict(constant, kept)
    return add([found, contract(shape, [(outside, kept if keepdims else tuple(range(len(kept))))])])


def _reduction(name: str, x: Poly, axis: forms.Axes, keepdims: bool) -> Poly:
    shape = forms.reduced(x.shape, forms.axes_of(axis, len(x.shape)), keepdims)
    return primitive(name, shape, (x,), axis=axis, keepdims=keepdims, ndim=len(x.shape))


def largest(x: Poly, axis: forms.Axes = None, keepdims: bool = False) -> Poly:
    """Return the largest entry over `axis`."""
    return _reduction("max", x, axis, keepdims)


def _smallest(x: Poly, axis: forms.Axes = None, keepdims: bool = False) -> Poly:
    return _reduction("min", x, axis, keepdims)


def _prod(x: Poly, axis: forms.Axes = None, keepdims: bool = False) -> Poly:
    reduced = forms.axes_of(axis, len(x.shape))
    known = [size for place, size in enumerate(x.shape) if place in reduced]
    if not x.terms or not known:
        return x
    return _reduction("prod", x, axis, keepdims)


def _cumprod(x: Poly, axis: int | None = None) -> Poly:
    if axis is None and len(x.shape) != 1:
        x, axis = forms.ravel(x), 0
    (axis,) = forms.axes_of(axis or 0, len(x.shape))
    return primitive("cumprod", x.shape, (x,), axis=axis)


def count(x: Poly, axis: forms.Axes) -> Poly:
    """Return one over the number of entries reduced."""
    return power(forms.count_of(x, axis), -1)


def _norm_kinks(settings: Mapping[str, Any]) -> str:
    """Return the condition for the order: a 1-norm has kinks where any entry is 0."""
    if settings["ord"] in (0, 1):
        return "x == 0"
    if settings["ord"] in ("inf", "-inf"):
        extremum = "max" if settings["ord"] == "inf" else "min"
        tie = f"sum(abs(x) == {extremum}(abs(x), axis=axis, keepdims=True), axis=axis) > 1"
        return tie if extremum == "max" else f"({tie}) + (out == 0) > 0"
    return "out == 0"


ROWS: tuple[Function, ...] = (
    Function(
        name="sum",
        signature=f"x, {AXES}",
        kind=Kind.INDEX,
        summary="sum of the entries over axis",
        samples=_along("sum", "sum(x{2,3}, axis=(0, 1), keepdims=True)"),
        latex=r"\sum #1",
        text="Σ",
        build=forms.total,
        value=_value("sum"),
        numpy="np.sum(#1)",
    ),
    Function(
        name="mean",
        signature=f"x, {AXES}",
        kind=Kind.INDEX,
        summary="arithmetic mean of the entries over axis",
        samples=_along("mean"),
        latex=r"\operatorname{mean}",
        text="mean",
        build=forms.mean,
        value=_value("mean"),
        numpy="np.mean(#1)",
    ),
    Function(
        name="prod",
        signature=f"x, {AXES}",
        kind=Kind.PRIMITIVE,
        summary="product of the entries over axis",
        domain=("real",),
        samples=_along("prod"),
        latex=r"\prod #1",
        text="Π",
        vjps=(product,),
        guarded=(guarded_product,),
        build=_prod,
        value=_value("prod"),
        numpy="np.prod(#1)",
        source="PyTorch derivatives.yaml, prod",
    ),
    Function(
        name="max",
        signature=f"x, {AXES}",
        kind=Kind.PRIMITIVE,
        summary="largest entry over axis",
        samples=_along("max"),
        latex=r"\max",
        text="max",
        vjps=(_extremum,),
        guarded=(_shared_extremum,),
        kinks="sum(x == max(x, axis=axis, keepdims=True), axis=axis) > 1",
        convention="entries that share the maximum share its gradient equally",
        build=largest,
        value=_value("max"),
        numpy="np.max(#1)",
    ),
    Function(
        name="min",
        signature=f"x, {AXES}",
        kind=Kind.PRIMITIVE,
        summary="smallest entry over axis",
        samples=_along("min"),
        latex=r"\min",
        text="min",
        vjps=(_extremum,),
        guarded=(_shared_extremum,),
        kinks="sum(x == min(x, axis=axis, keepdims=True), axis=axis) > 1",
        convention="entries that share the minimum share its gradient equally",
        build=_smallest,
        value=_value("min"),
        numpy="np.min(#1)",
    ),
    Function(
        name="var",
        signature="x, axis=None, ddof=0, keepdims=False",
        kind=Kind.COMPOSITE,
        summary="mean of (x - mean(x))**2 over axis, divided by n - ddof instead of n",
        samples=_along("var", "var(x{2,3}, axis=1, ddof=1)", "var(x{2,3}, ddof=1/2)"),
        latex=r"\operatorname{var}",
        text="var",
        body=_variance,
        value=_value("var"),
        numpy="np.var(#1)",
    ),
    Function(
        name="std",
        signature="x, axis=None, ddof=0, keepdims=False",
        kind=Kind.COMPOSITE,
        summary="square root of var",
        samples=_along("std", "std(x{2,3}, axis=1, ddof=1)", "std(x{2,3}, ddof=1/2)"),
        latex=r"\operatorname{std}",
        text="std",
        body=_deviation,
        value=_value("std"),
        numpy="np.std(#1)",
    ),
    Function(
        name="logsumexp",
        signature=f"x, {AXES}",
        kind=Kind.PRIMITIVE,
        summary="log(sum(exp(x), axis))",
        samples=_along("logsumexp"),
        latex=r"\operatorname{logsumexp}",
        text="logsumexp",
        vjps=(_logsumexp,),
        build=logarithm_of_sum,
        value=_value("logsumexp"),
        numpy="np.logaddexp.reduce(#1)",
    ),
    Function(
        name="norm",
        signature="x, ord=2, axis=None, keepdims=False",
        kind=Kind.COMPOSITE,
        summary='norm of all entries: 2 (also "fro"), 1, any p > 0, "inf", "-inf" (the least), '
        '0 (how many entries are not 0), "nuc"',
        domain=("real",),
        samples=_norms(),
        latex=r"\lVert #1\rVert",
        text="‖#1‖",
        kinks=_norm_kinks,
        convention="the gradient of a norm at 0 is 0, for order 1 entry by entry;"
        " for orders inf and -inf the entries that tie share it; order 0 is piecewise constant",
        body=_norm,
        value=_value("norm"),
        numpy="np.linalg.norm(#1)",
    ),
    Function(
        name="cumsum",
        signature="x, axis=None",
        kind=Kind.INDEX,
        summary="running sums along axis",
        samples=_running("cumsum"),
        latex=r"\operatorname{cumsum}",
        text="cumsum",
        build=forms.cumsum,
        value=_value("cumsum"),
        numpy="np.cumsum(#1)",
    ),
    Function(
        name="cumprod",
        signature="x, axis=None",
        kind=Kind.PRIMITIVE,
        summary="running products along axis",
        domain=("real",),
        samples=_running("cumprod"),
        latex=r"\operatorname{cumprod}",
        text="cumprod",
        vjps=(running_product,),
        guarded=(guarded_running_product,),
        build=_cumprod,
        value=_value("cumprod"),
        numpy="np.cumprod(#1)",
    ),
)
