"""Checking and grading: what is claimed against what is derived."""
