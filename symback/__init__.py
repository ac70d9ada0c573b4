"""Derive, show, check and grade gradients: closed forms and proved digits from a YAML problem."""

__version__ = "0.1.0"
