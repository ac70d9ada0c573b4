r"""Reading LaTeX as people write derivations: `(W_2^\top \delta_2) \odot \sigma'(z_1)`."""

from symback.language.latex.reader import Wanted, read_latex, read_wanted

__all__ = ["Wanted", "read_latex", "read_wanted"]
