"""The chain rule along every path of a graph of scalars, in symbols: ∂L/∂z · ∂z/∂e · ∂e/∂a."""

from __future__ import annotations

from symback.explain.drawing.paths import Paths, Slope
from symback.render.formulas import Formulas


def tells_more(paths: Paths | None) -> bool:
    """Tell whether products along paths say more than the derivative alone."""
    return paths is not None and any(len(product) != 1 for product in paths.products)


def routes_text(paths: Paths, formulas: Formulas) -> str:
    """Return the sum over the paths of products of slopes, in Unicode."""

    def slope(one: Slope) -> str:
        plain = formulas.partial_text(one.step, one.operand)
        fixed = ",".join(map(formulas.text_name, one.fixed))
        return f"({plain})|{fixed}" if fixed else plain

    return " + ".join(" · ".join(map(slope, product)) for product in paths.products)


def routes_latex(paths: Paths, formulas: Formulas) -> str:
    """Return the sum over the paths of products of slopes, in LaTeX."""

    def slope(one: Slope) -> str:
        plain = formulas.partial_latex(one.step, one.operand)
        fixed = ",".join(map(formulas.latex_name, one.fixed))
        return rf"\left.{plain}\right|_{{{fixed}}}" if fixed else plain

    return " + ".join(r" \cdot ".join(map(slope, product)) for product in paths.products)
