r"""Reading LaTeX as people write derivations: `(W_2^\top \delta_2) \odot \sigma'(z_1)`."""

from symback.language.latex.reading import read_latex, read_wanted
from symback.language.latex.wanted import Wanted

__all__ = ["Wanted", "read_latex", "read_wanted"]
