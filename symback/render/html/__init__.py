"""A solution as one HTML file that needs nothing else and runs nothing but its own code."""

from symback.render.html.document import fragment, html

__all__ = ["fragment", "html"]
