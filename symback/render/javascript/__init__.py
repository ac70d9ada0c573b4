"""Expressions as JavaScript that runs in a page: plain arrays and a small runtime."""

from symback.render.javascript.program import Program, javascript

__all__ = ["Program", "javascript"]
