"""Laying out syntax trees as mathematics, apart from the signs that an output format uses."""
