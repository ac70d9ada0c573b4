"""Whole documents in LaTeX, and what prose, matrices and long lines need in them."""
